"""A resource reserved to the members of a place, to the people of the cooperative, to the tenants of the
premises: others are told so in one sentence and do not see it free (COW-05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.permissions import can
from coworking.models import Booking, Place, Resource, Tenancy
from coworking.selectors.bookers import Booker
from coworking.selectors.finding import places_to_book, query_of
from coworking.selectors.publics import publics_of, tenancies_of_person
from coworking.services.booking_changes import move_booking
from coworking.services.resources import ResourceData, change_resource
from coworking.services.waiting import wait_for
from coworking.states.members import MemberOrigin
from coworking.states.places import ResourcePublic
from people.models import Person
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room
from tests.factories.coworking import make_facilitator, make_resource
from tests.factories.coworking_members import HOME, make_member, place_that_sells
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.invoicing import SIRENS
from tests.factories.kernel import make_author
from tests.factories.people import OrganisationFactory, make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = pytest.mark.django_db
SETTLED: dict[str, Any] = dict(HOME)
MEMBERS, HOUSE, TENANTS = (one.value for one in ResourcePublic)
BEGAN = timezone.localdate() - timedelta(days=100)


@pytest.fixture
def room() -> Resource:
    return make_room(name="Salle bleue")


def reserve(room: Resource, *publics: str) -> None:
    room.publics = list(publics)
    room.save()


def rents(room: Resource, **tenant: Any) -> Tenancy:
    return Tenancy.objects.create(place=room.place, starts_on=BEGAN, weight=1, **tenant)


def said_of(person: Person | None, place: Place) -> frozenset[str]:
    assert person is not None
    return publics_of(person, place, timezone.localdate())


def test_what_somebody_is_to_a_place(room: Resource) -> None:
    place, today = room.place, timezone.localdate()
    seller, staff, tenant, stranger = (
        make_user(RoleKind.ENTREPRENEUR, **SETTLED),
        make_user(RoleKind.ADVISOR),
        make_user(**SETTLED),
        make_user(**SETTLED),
    )
    member = make_member(place)
    rents(room, person=tenant.person)
    said = [said_of(one, place) for one in (member.person, seller.person, staff.person)]
    assert said == [{MEMBERS}, {HOUSE}, {HOUSE}]
    assert said_of(tenant.person, place) == {TENANTS}
    assert said_of(stranger.person, place) == set()
    # With an organisation, or for an activity.
    firm = OrganisationFactory.create(siren=SIRENS[0], **SETTLED)
    mate = make_member(place, origin=MemberOrigin.ORGANISATION, organisation=firm)
    assert said_of(mate.person, place) == {MEMBERS}
    rents(room, organisation=firm)
    assert said_of(mate.person, place) == {MEMBERS, TENANTS}
    owner, activity = make_entrepreneur()
    rents(room, activity=activity)
    assert TENANTS in said_of(owner.person, place)
    assert said_of(tenant.person, place_that_sells()) == set()
    # An account that is nobody is no tenant.
    assert not tenancies_of_person(None, today).exists()
    assert [can(one, "coworking.book") for one in (tenant, stranger, make_author())] == [True, False, False]
    assert list(places_to_book(tenant)) == [place]
    assert not places_to_book(stranger).exists()


def test_what_is_reserved_to_others_is_refused_wherever_one_asks(room: Resource) -> None:
    member, tenant = make_member(room.place), make_user(**SETTLED).person
    rents(room, person=tenant)
    wanted, now = hours("9:00", "10:00"), timezone.now()
    # Reserved to nobody: not what a mere tenant books.
    with refused(Code.NOT_ALLOWED, "resources", "coworkers du lieu, personnes de la coopérative"):
        book_at(room, wanted, of=tenant)
    reserve(room, TENANTS)
    assert book_at(room, wanted, of=tenant).price
    with refused(Code.NOT_ALLOWED, "resources", "occupants des locaux"):
        book_at(room, hours("11:00", "12:00"), of=member)
    with refused(Code.NOT_ALLOWED, "resources"):
        wait_for(room, wanted, person=member.person, actor=None, now=now)
    free = make_resource(room.place, name="Salle verte", seats=8, prices={"hour": "10", "other_hour": "20"})
    booking = book_at(free, hours("11:00", "12:00"), of=member)
    with refused(Code.NOT_ALLOWED, "resources"):
        move_booking(booking, resource=room, wanted=hours("11:00", "12:00"), actor=None, now=now)
    # The team books it for whom it likes.
    moved = move_booking(
        booking, resource=room, wanted=hours("11:00", "12:00"), actor=None, now=now, by_team=True
    )
    assert moved.resource == room
    assert book_at(room, hours("13:00", "14:00"), of=member, off_rules=True).member == member
    assert Booker().who is None
    data = ResourceData(name="Salle bleue", publics=["neighbours"])
    with refused(Code.VALUE_INVALID, "publics"):
        change_resource(room, data=data, version=room.version, actor=None)
    with pytest.raises(IntegrityError, match="publics_known"), transaction.atomic():
        reserve(room, "neighbours")


@pytest.mark.usefixtures("demonstration")
def test_a_page_says_why_and_shows_no_free_time(room: Resource) -> None:
    reserve(room, HOUSE)
    make_resource(room.place, name="Salle verte", prices={"hour": "10"})
    member = make_member(room.place)
    make_user(person=member.person)
    client, team = client_of(member.person.user), client_of(make_facilitator(room.place))
    asked: dict[str, Any] = query_of(hours("9:00", "11:00")) | {"place": room.place.pk}
    find, check = reverse("coworking:book_find"), reverse("coworking:book_check")
    page = client.get(find, asked).content.decode()
    assert "Salle bleue ne vous est pas ouverte" in text(client.get(find, asked))
    assert f'id="offer-{room.pk}"' not in page
    assert f'id="offer-{room.pk}"' in team.get(find, asked).content.decode()
    typed: dict[str, Any] = query_of(hours("9:00", "11:00")) | {"resources": [room.pk], "people": 2}
    checked = text(client.get(check, typed))
    assert "ne vous est pas ouverte" in checked
    assert "20,00 €" not in checked
    refusal = client.post(check, typed | {"do": "book", "title": "Conseil"})
    assert (refusal.status_code, Booking.objects.count()) == (422, 0)
    assert 'value="Conseil"' in refusal.content.decode()
    team.post(check, typed | {"do": "book", "member": member.pk})
    assert not Booking.objects.exists()
    public = text(client.get(room.place.public_url))
    assert "réservée à : personnes de la coopérative" in public
    form = {"name": "Salle bleue", "seats": 8, "publics": [MEMBERS, TENANTS], "cut_off": 0, "position": 0}
    form |= {"buffer_before": 0, "buffer_after": 0, "version": room.version}
    sent = team.post(reverse("coworking:resource_change", args=[room.pk]), form)
    assert sent.status_code == 302
    shown = text(team.get(room.get_absolute_url()))
    assert "coworkers du lieu, occupants des locaux" in shown
