"""« Mes lieux » on the first page of those who have something in a place (COW-12)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from coworking.models import Pass
from coworking.selectors.own_panel import own_places_panel
from coworking.services.booking_changes import cancel_booking
from coworking.states.members import PlanKind, SubscriptionState
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking_members import make_member, make_plan, neighbour
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_the_first_page_tells_what_one_holds_in_places_and_the_next_booking(
    django_assert_max_num_queries: Any,
) -> None:
    room, today = make_room(name="Salle bleue"), timezone.localdate()
    member: Any = make_member(room.place)
    user = make_user(person=member.person)
    plan = make_plan(room.place, "Poste résident")
    member.subscriptions.create(
        plan=plan, starts_on=today, payer=member.payer, state=SubscriptionState.ACTIVE
    )
    sold = make_plan(room.place, "Carnet", kind=PlanKind.PASS, units=10, valid_days=90)
    Pass.objects.create(
        member=member,
        plan=sold,
        payer=member.payer,
        bought_on=today,
        until=today + timedelta(days=9),
        units=Decimal(10),
        left=Decimal(3),
    )
    later = book_at(room, hours("14:00", "15:00"), of=member)
    booking = book_at(room, hours("9:00", "10:00"), of=member)
    book_at(room, hours("11:00", "12:00"), of=make_member(room.place))
    page = text(client_of(user).get(reverse("portal:home")))
    for words in (
        "Mes lieux",
        f"Salle bleue · {room.place} le {next_monday():%d/%m/%Y} de 09:00 à 10:00",
        f"Poste résident · {room.place}",
        f"Carnet · {room.place} restent 3",
    ):
        assert words in page
    assert "de 14:00" not in page, "the next one alone"
    cancel_booking(booking, actor=user, now=timezone.now())
    with django_assert_max_num_queries(7):
        panel = own_places_panel(user, user, today)
    assert panel is not None
    assert (panel.url, panel.rows[0].url) == ("/mes-lieux/", later.get_absolute_url())


def test_who_has_nothing_in_a_place_reads_nothing_of_it() -> None:
    nobody = make_user()
    assert own_places_panel(nobody, nobody, timezone.localdate()) is None
    entrepreneur = make_user(RoleKind.ENTREPRENEUR)
    assert "Mes lieux" not in text(client_of(entrepreneur).get(reverse("portal:home")))


def test_who_books_without_being_a_member_reads_the_next_booking_alone() -> None:
    room = make_room(name="Salle bleue")
    entrepreneur = make_user(RoleKind.ENTREPRENEUR, person=neighbour())
    booking = book_at(room, hours("9:00", "10:00"), of=entrepreneur.person)
    page = text(client_of(entrepreneur).get(reverse("portal:home")))
    assert f"Mes lieux Tout voir Salle bleue · {room.place}" in page
    panel = own_places_panel(entrepreneur, entrepreneur, timezone.localdate())
    assert panel is not None
    assert ([row.url for row in panel.rows], panel.url) == (
        [booking.get_absolute_url()],
        reverse("coworking:own_booking_list"),
    )
