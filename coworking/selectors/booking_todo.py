"""What waits about bookings: those to approve, places offered to who waited, series to confirm (COW-16,
19)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Happening, Todo
from cae.core.questions import Given, GivenKeys, Pile, Tally
from coworking.calculations.hours import whole_days
from coworking.models import Booking, WaitingPlace
from coworking.selectors.availability import range_of
from coworking.selectors.booking_words import happening_of, span_words
from coworking.selectors.finding import own_bookings
from coworking.selectors.opening import ZONE
from coworking.states.bookings import BookingState, WaitingState
from people.selectors.persons import reach_of
from people.selectors.rights import held_kinds, scopes_followed_by
from people.states import RoleKind

_RUNNERS = (RoleKind.PLACE_FACILITATOR,)
# Whoever holds one of these runs the places within its reach.
RUNNER_KINDS = (RoleKind.PLACE_FACILITATOR, RoleKind.COOPERATIVE_LIFE)


def _run(user: Any, today: date) -> dict[str, Any] | None:
    """The places that one facilitates."""
    return None if held_kinds(user, today).isdisjoint(_RUNNERS) else reach_of(user, _RUNNERS, today)


def asked_bookings() -> QuerySet[Booking]:
    reached = Q(Given("everybody", BooleanField())) | Q(place__scope__in=GivenKeys("scopes"))
    return Booking.objects.filter(reached, state=BookingState.ASKED)


def asked_of(user: Any) -> QuerySet[Booking]:
    """Those that wait for the team of the places that this person runs."""
    rows = Booking.objects.filter(state=BookingState.ASKED).select_related(
        "place", "resource", "unit", "member__person", "person"
    )
    followed: frozenset[int] | None = frozenset()
    for kind in RUNNER_KINDS:
        reached = scopes_followed_by(user, kind=kind)
        if reached is None or RoleKind.ADMINISTRATOR in held_kinds(user):
            followed = None
            break
        followed = (followed or frozenset()) | reached
    rows = rows if followed is None else rows.filter(place__scope__in=followed)
    return rows.order_by("during")


def _asked(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    words = ngettext("Valider une réservation", "Valider %(count)d réservations", tally.count) % {
        "count": tally.count
    }
    yield Todo(words, reverse("coworking:booking_queue"), tally.since, count=tally.count)


def _self(user: Any, _today: date) -> dict[str, Any] | None:
    return {"person": user.person_id} if user.person_id is not None else None


def offers_to_person() -> QuerySet[WaitingPlace]:
    return WaitingPlace.objects.filter(person=Given("person"), state=WaitingState.OFFERED)


def _offered(user: Any, _today: date, _tally: Tally) -> Iterator[Todo]:
    rows = WaitingPlace.objects.filter(person=user.person_id, state=WaitingState.OFFERED)
    for one in rows.select_related("resource"):
        yield Todo(
            _("Prendre la place proposée : %(name)s, %(span)s")
            % {"name": one.resource, "span": span_words(one.during)},
            reverse("coworking:waiting", args=[one.pk]),
            since=one.state_since.date(),
        )


BOOKINGS_AWAITED = (
    Awaited(Pile("coworking.asked", lambda: (asked_bookings(), "created_at")), _run, _asked),
    Awaited(Pile("coworking.offered", lambda: (offers_to_person(), "state_since")), _self, _offered),
)


def bookings_in_calendar(user: Any, since: date, until: date) -> list[Happening]:
    """One’s own bookings, for one’s calendar; those called off are taken out of it."""
    window = range_of(whole_days(since, until, ZONE))
    rows = own_bookings(user).filter(during__overlap=window).exclude(state=BookingState.REFUSED)
    return [happening_of(one) for one in rows]
