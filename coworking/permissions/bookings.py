"""The rights on bookings, those who wait, planning: one’s own, those of the places that one runs."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone
from rules.predicates import Predicate

from coworking.models import Booking, BookingSeries, WaitingPlace
from coworking.permissions.predicates import opens_places, reads_books, reads_places, runs_place
from coworking.selectors.bookers import COWORKER
from coworking.selectors.publics import TENANT
from people.models import User
from people.permissions import has_role
from people.selectors import has_mark
from people.states import RoleKind

is_of_the_cooperative = has_role(RoleKind.ENTREPRENEUR, RoleKind.PROJECT_HOLDER, RoleKind.ASSOCIATE)


@rules.predicate
def works_in_a_place(user: User, obj: Any = None) -> bool:
    """One is a coworker somewhere today."""
    return has_mark(user, COWORKER)


@rules.predicate
def rents_premises(user: User, obj: Any = None) -> bool:
    """One is a tenant of the premises of some place today."""
    return has_mark(user, TENANT)


@rules.predicate
def holds_booking(user: User, obj: Any = None) -> bool:
    """One’s own, or of somebody of the organisation whose others one leads; without object: yes."""
    if obj is None:
        return True
    if user.person_id is None:
        return False
    if isinstance(obj, BookingSeries):
        obj = obj.bookings.select_related("member").first()
        if obj is None:
            return False
    if isinstance(obj, WaitingPlace):
        return obj.person_id == user.person_id
    return _holds(user, obj)


def _holds(user: User, booking: Booking) -> bool:
    member = booking.member
    if member is None:
        return booking.person_id is not None and booking.person_id == user.person_id
    if member.person_id == user.person_id:
        return True
    return (
        member.organisation_id is not None
        and type(member)
        .objects.in_force(timezone.localdate())
        .filter(
            person=user.person_id,
            place=member.place_id,
            organisation=member.organisation_id,
            leads=True,
        )
        .exists()
    )


PERMISSIONS: dict[str, Predicate] = {
    # For oneself, wherever one works or belongs; the team of a place too.
    "coworking.book": works_in_a_place | rents_premises | is_of_the_cooperative | runs_place,
    "coworking.book_for": runs_place,
    # Who comes, when and at what price is no business of the rest of the team.
    "coworking.view_booking": holds_booking | runs_place | opens_places | reads_books,
    "coworking.change_booking": holds_booking | runs_place,
    "coworking.cancel_booking": holds_booking | runs_place,
    "coworking.approve_booking": runs_place,
    "coworking.arrive": holds_booking | runs_place,
    "coworking.run_day": runs_place,
    "coworking.read_planning": works_in_a_place | is_of_the_cooperative | runs_place | reads_places,
    "coworking.keep_rules": runs_place,
}
