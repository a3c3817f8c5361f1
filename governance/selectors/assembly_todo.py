"""What waits for those who prepare assemblies: letters, mails that came back, questions, resolutions asked
(CAE-07)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.models import EmailState
from cae.core.questions import Pile, Tally
from governance.models import Assembly, Convocation, MemberQuestion, Resolution
from governance.models.assemblies import ORGANISER_KINDS
from governance.selectors.whose import of_kinds
from governance.states.assemblies import AssemblyState, Channel, ResolutionState


def letters_to_post() -> QuerySet[Convocation]:
    return Convocation.objects.filter(
        assembly__state=AssemblyState.CONVENED, channel=Channel.LETTER, posted_on__isnull=True
    )


def mails_lost() -> QuerySet[Convocation]:
    lost = (EmailState.FAILED, EmailState.BOUNCED)
    return Convocation.objects.filter(
        assembly__state=AssemblyState.CONVENED, channel=Channel.MAIL, email__state__in=lost
    )


def questions_waiting() -> QuerySet[MemberQuestion]:
    return MemberQuestion.objects.filter(assembly__state=AssemblyState.CONVENED, answer="")


def additions_waiting() -> QuerySet[Resolution]:
    return Resolution.objects.filter(assembly__state=AssemblyState.CONVENED, state=ResolutionState.PROPOSED)


def to_publish() -> QuerySet[Assembly]:
    return Assembly.objects.filter(state=AssemblyState.SIGNED)


def _letters(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Poster %(count)d lettre de convocation", "Poster %(count)d lettres de convocation", tally.count
    )
    yield _todo(letters_to_post(), "governance:convocation_list", label, tally, "?to_post=true")


def _lost(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Remplacer par une lettre %(count)d convocation non remise",
        "Remplacer par des lettres %(count)d convocations non remises",
        tally.count,
    )
    yield _todo(mails_lost(), "governance:convocation_list", label, tally)


def _questions(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Répondre à %(count)d question d’associé·e",
        "Répondre à %(count)d questions d’associé·es",
        tally.count,
    )
    yield _todo(questions_waiting(), "governance:assembly_detail", label, tally)


def _additions(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Instruire %(count)d résolution proposée par des associé·es",
        "Instruire %(count)d résolutions proposées par des associé·es",
        tally.count,
    )
    yield _todo(additions_waiting(), "governance:assembly_detail", label, tally)


def _publish(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for assembly in to_publish():
        label = _("Publier le procès-verbal : %(title)s") % {"title": assembly.title}
        yield Todo(label, assembly.get_absolute_url())


def _todo(rows: QuerySet[Any], name: str, label: str, tally: Tally, query: str = "") -> Todo:
    """A line that leads to the first assembly concerned."""
    first = rows.order_by("assembly__starts_at", "pk").values_list("assembly", flat=True).first()
    url = reverse(name, args=[first]) + query if first else reverse("governance:assembly_list")
    return Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


_ORGANISERS = of_kinds(*ORGANISER_KINDS)
AWAITED = (
    Awaited(
        Pile("governance.letters", lambda: (letters_to_post(), "assembly__convened_at")),
        _ORGANISERS,
        _letters,
    ),
    Awaited(
        Pile("governance.mails_lost", lambda: (mails_lost(), "email__created_at")),
        _ORGANISERS,
        _lost,
    ),
    Awaited(
        Pile("governance.questions", lambda: (questions_waiting(), "asked_at")),
        _ORGANISERS,
        _questions,
    ),
    Awaited(
        Pile("governance.additions", lambda: (additions_waiting(), "proposed_at")),
        _ORGANISERS,
        _additions,
    ),
    Awaited(
        Pile("governance.to_publish", lambda: (to_publish(), "state_since")),
        _ORGANISERS,
        _publish,
    ),
)
