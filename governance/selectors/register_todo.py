"""What waits on the register: requests to process and to decide, one’s own draft to send."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import permissions
from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from governance.models import Admission, Associate, Representative, VotingRightEvent
from governance.selectors.admissions import DECIDER_KINDS
from governance.selectors.whose import of_kinds, of_person
from governance.states.assemblies import HELD
from governance.states.register import AdmissionState, RightsEventKind, SubscriptionState
from people.selectors import held_kinds
from people.states import RoleKind

# Beyond these one reads the register.
MOST = 5
WRITER_KINDS = (RoleKind.CO_MANAGER, RoleKind.HUMAN_RESOURCES, RoleKind.COOPERATIVE_LIFE)


def _decides(user: Any, today: date) -> dict[str, Any] | None:
    """For those who process requests, of others than themselves."""
    if held_kinds(user, today).isdisjoint(DECIDER_KINDS):
        return None
    return {"person": user.person_id} if permissions.can(user, "governance.decide_admission") else None


def _of_others(state: str) -> QuerySet[Admission]:
    return Admission.objects.filter(state=state).exclude(person_id__isnull=False, person_id=Given("person"))


def _voted() -> QuerySet[Admission]:
    """Put to a vote of an assembly that is over."""
    return _of_others(AdmissionState.TO_VOTE).filter(resolution__assembly__state__in=HELD)


def _to_process(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Instruire %(count)d demande de sociétariat",
        "Instruire %(count)d demandes de sociétariat",
        tally.count,
    )
    url = reverse("governance:admission_list") + f"?state={AdmissionState.SUBMITTED}"
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _to_decide(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Noter la décision sur %(count)d demande mise au vote",
        "Noter la décision sur %(count)d demandes mises au vote",
        tally.count,
    )
    url = reverse("governance:admission_list") + f"?state={AdmissionState.TO_VOTE}"
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _writes(user: Any, today: date) -> dict[str, Any] | None:
    """For those who write the right to vote of others than themselves."""
    if held_kinds(user, today).isdisjoint(WRITER_KINDS):
        return None
    return {"person": user.person_id}


def _paid_since() -> QuerySet[VotingRightEvent]:
    """The suspensions that last although what they were for is wholly paid."""
    back = VotingRightEvent.objects.filter(
        associate=OuterRef("associate"), kind=RightsEventKind.RETURN, at__gte=OuterRef("at")
    )
    return (
        VotingRightEvent.objects.filter(
            ~Exists(back),
            kind=RightsEventKind.SUSPENSION,
            subscription__state=SubscriptionState.PAID,
            associate__left_on__isnull=True,
        )
        .exclude(associate__person_id__isnull=False, associate__person_id=Given("person"))
        .order_by()
    )


def _to_return(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext(
        "Rendre le droit de vote à %(count)d associé·e, qui a tout payé",
        "Rendre le droit de vote à %(count)d associé·es, qui ont tout payé",
        tally.count,
    )
    url = reverse("governance:associate_list") + "?rights=suspended"
    yield Todo(words % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _drafts() -> QuerySet[Admission]:
    return Admission.objects.filter(state=AdmissionState.DRAFT, person_id=Given("person"))


def _to_send(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    url = reverse("governance:own_situation")
    yield Todo(_("Envoyer ma demande pour devenir associé·e"), url, since=tally.since, count=tally.count)


def _unrepresented() -> QuerySet[Associate]:
    """The legal persons for which nobody acts from today on."""
    named = Representative.objects.filter(associate=OuterRef("pk"), ends_on__isnull=True)
    return Associate.objects.filter(~Exists(named), person__isnull=True, left_on__isnull=True).order_by()


def _to_represent(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    rows = _unrepresented().select_related("organisation").order_by("pk")
    for row in rows[:MOST]:
        yield Todo(_("Nommer qui représente %(name)s") % {"name": row}, row.get_absolute_url())


AWAITED = (
    Awaited(
        Pile("governance.admissions", lambda: (_of_others(AdmissionState.SUBMITTED), "submitted_on")),
        _decides,
        _to_process,
    ),
    Awaited(
        Pile("governance.admissions_voted", lambda: (_voted(), "submitted_on")),
        _decides,
        _to_decide,
    ),
    Awaited(Pile("governance.rights_to_return", lambda: (_paid_since(), "at")), _writes, _to_return),
    Awaited(
        Pile("governance.unrepresented", lambda: (_unrepresented(), "admitted_on")),
        of_kinds(*WRITER_KINDS),
        _to_represent,
    ),
    Awaited(Pile("governance.own_admission", lambda: (_drafts(), "state_since")), of_person, _to_send),
)
