"""What waits for an associate or the bureau in an assembly: papers to read, a sitting to join or to lead, a
ballot to cast (CAE-07)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.facts import Awaited, Todo, Told
from cae.core.questions import Given, Pile, Tally
from governance.models import Assembly, Associate, BureauSeat, Convocation, NamedBallot, Voice
from governance.selectors.marks import ACCOUNT, ASSOCIATE, BUREAU
from governance.selectors.votes import assemblies_to_vote_in, castable
from governance.states.assemblies import AssemblyState
from governance.states.votes import VoteState, VoteWay
from people.selectors import has_mark

# Associates read it beside what their activity asks of them.
GROUP = gettext_lazy("Vie associative")


@dataclass(frozen=True)
class _Whose:
    """Whose account, told when the question is asked."""

    person_id: Any


def silent_voices(person: Any, day: Any) -> QuerySet[Voice]:
    """Gives the voices that somebody casts, in votes open on screens, and that have said nothing."""
    return _silent(castable(_Whose(person), day))


def silent_voices_of_person(person: Any) -> QuerySet[Voice]:
    """Gives those of somebody who is no associate, and acts for none."""
    return _silent(Q(person=person))


def _silent(whose: Q) -> QuerySet[Voice]:
    said = NamedBallot.objects.filter(voice=OuterRef("pk"))
    return Voice.objects.filter(whose, ~Exists(said), vote__state=VoteState.OPEN, vote__way=VoteWay.SCREEN)


def calls_waiting(person: Any, day: Any) -> QuerySet[Convocation]:
    """Gives the convocations of those for whom somebody acts that day, to a sitting that is open, or whose
    papers nobody has opened."""
    unread = Q(assembly__state=AssemblyState.CONVENED, read_at__isnull=True)
    mine = Associate.objects.acted_by(person, day).on(day).order_by().values("pk")
    return Convocation.objects.filter(unread | Q(assembly__state=AssemblyState.OPEN), associate__in=mine)


def sittings_to_lead(person: Any, day: Any) -> QuerySet[BureauSeat]:
    """Gives the seats of somebody in the bureau of a sitting that is open, or that opens that day."""
    opens = Q(assembly__state=AssemblyState.CONVENED, assembly__starts_at__date__lte=day)
    return BureauSeat.objects.filter(opens | Q(assembly__state=AssemblyState.OPEN), person=person)


def _of_mark(code: str) -> Told:
    """For those who bear a mark, read with the roles: nobody else is asked what they can’t have."""
    return lambda user, today: {"person": user.person_id, "day": today} if has_mark(user, code) else None


def _of_person(user: Any, _today: date) -> dict[str, Any] | None:
    is_asked = user.person_id is not None and not has_mark(user, ACCOUNT)
    return {"person": user.person_id} if is_asked else None


def _votes(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    for assembly in assemblies_to_vote_in(user):
        yield Todo(
            _("Voter : %(title)s") % {"title": assembly.title},
            reverse("governance:vote_cards", args=[assembly.pk]),
            since=tally.since,
            # Before all that waits today: a vote closes within minutes.
            due=today,
            group=GROUP,
        )


def _calls(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    called = calls_waiting(user.person_id, today).order_by().values("assembly")
    for assembly in Assembly.objects.filter(pk__in=called).order_by("starts_at", "pk"):
        on = timezone.localdate(assembly.starts_at)
        words = (
            _("Suivre la séance ouverte : %(title)s")
            if assembly.is_live
            else _("Lire les documents : %(title)s")
        )
        yield Todo(
            words % {"title": assembly.title},
            reverse("governance:member_assembly", args=[assembly.pk]),
            due=on,
            group=GROUP,
        )


def _leads(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    seats = sittings_to_lead(user.person_id, today).order_by().values("assembly")
    for assembly in Assembly.objects.filter(pk__in=seats).order_by("starts_at", "pk"):
        yield Todo(
            _("Conduire la séance : %(title)s") % {"title": assembly.title},
            reverse("governance:console", args=[assembly.pk]),
            due=timezone.localdate(assembly.starts_at),
            group=GROUP,
        )


AWAITED = (
    Awaited(
        Pile(
            "governance.ballots",
            lambda: (silent_voices(Given("person"), Given("day")), "vote__opened_at"),
        ),
        _of_mark(ACCOUNT),
        _votes,
    ),
    Awaited(
        Pile(
            "governance.ballots_of_person",
            lambda: (silent_voices_of_person(Given("person")), "vote__opened_at"),
        ),
        _of_person,
        _votes,
    ),
    Awaited(
        Pile(
            "governance.calls",
            lambda: (calls_waiting(Given("person"), Given("day")), "assembly__starts_at"),
        ),
        _of_mark(ASSOCIATE),
        _calls,
    ),
    Awaited(
        Pile(
            "governance.sittings",
            lambda: (sittings_to_lead(Given("person"), Given("day")), "assembly__starts_at"),
        ),
        _of_mark(BUREAU),
        _leads,
    ),
)
