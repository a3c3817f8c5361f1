"""Who reads and changes a booking, a series, a wait; what leads to a place (COW-16, COW-18)."""

from __future__ import annotations

from datetime import date, time

import pytest

from cae.core.models import Document
from cae.core.permissions import can
from coworking.models import BookingSeries, Place
from coworking.permissions.predicates import place_of
from coworking.states.members import MemberOrigin
from people.states import RoleKind
from tests.factories.bookings import book_at, booked_by, hours, make_room
from tests.factories.coworking_members import HOME, make_member, place_that_sells
from tests.factories.invoicing import SIRENS
from tests.factories.kernel import make_author
from tests.factories.people import OrganisationFactory, make_user

pytestmark = pytest.mark.django_db

READS, CHANGES = "coworking.view_booking", "coworking.change_booking"


def test_a_booking_is_its_holder_s_and_that_of_who_runs_the_place() -> None:
    own, other, ghost = make_user(**HOME), make_user(**HOME), make_author()
    held = booked_by(own.person)
    runs = make_user(RoleKind.PLACE_FACILITATOR, scope=held["place"].scope)
    elsewhere = make_user(RoleKind.PLACE_FACILITATOR, scope=place_that_sells().scope)
    auditor, advisor = make_user(RoleKind.AUDITOR), make_user(RoleKind.ADVISOR)
    users = (own, other, ghost, runs, elsewhere, auditor, advisor)
    for row in (held["coming"], held["series"], held["waiting"]):
        assert [user for user in users if can(user, READS, row)] == [own, runs, auditor], row
        assert [user for user in users if can(user, CHANGES, row)] == [own, runs], row
    # A series without any booking is nobody's but of those who run its place.
    day, at = date(2026, 6, 1), time(9)
    empty = BookingSeries.objects.create(
        resource=held["room"], rhythm="weekly", first=day, last=day, starts=at, ends=time(10)
    )
    assert [user for user in users if can(user, CHANGES, empty)] == [runs]
    # Asked from outside, by somebody who has no account.
    assert [user for user in users if can(user, READS, held["hired"])] == [runs, auditor]
    assert can(own, CHANGES)
    assert can(own, "coworking.book")
    assert not can(other, "coworking.book")


def test_who_is_no_member_holds_their_own_and_who_leads_those_of_their_organisation() -> None:
    room = make_room()
    own, lead, mate, alone = (make_user(**HOME) for _one in range(4))
    booked = book_at(room, hours("9:00", "10:00"), of=own.person)
    employer = OrganisationFactory.create(siren=SIRENS[0], **HOME)
    of_employer = {"origin": MemberOrigin.ORGANISATION, "organisation": employer}
    make_member(room.place, lead.person, **of_employer, leads=True)
    member = make_member(room.place, mate.person, **of_employer)
    make_member(room.place, alone.person)
    theirs = book_at(room, hours("10:00", "11:00"), of=member)
    users = (own, lead, mate, alone)
    assert [user for user in users if can(user, CHANGES, booked)] == [own]
    assert [user for user in users if can(user, CHANGES, theirs)] == [lead, mate]


def test_what_hangs_on_a_place_leads_to_it() -> None:
    held = booked_by(make_user(**HOME).person)
    place: Place = held["place"]
    for row in ("place", "room", "coming", "rule", "waiting", "member"):
        assert place_of(held[row]) == place, row
    label = Place._meta.label_lower
    assert place_of(Document(about_type=label, about_id=str(place.pk))) == place
    assert place_of(Document(about_type=label, about_id=str(place.pk + 1))) is None
    assert place_of(Document(about_type="people.person", about_id=str(place.pk))) is None
    assert place_of(object()) is None
    # What is of no place is run by nobody, an administrator included.
    assert not can(make_user(RoleKind.ADMINISTRATOR), "coworking.keep_place", make_author())
