"""Who is told of a booking that another made, moved or called off, of one to approve, of a queue that ends
(COW-16, COW-19)."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cae.core.models import Notice, OutgoingEmail
from coworking.calculations.rhythms import Rhythm
from coworking.models import WaitingPlace
from coworking.selectors.bookers import Booker
from coworking.selectors.series import SeriesPlan
from coworking.services.booking_changes import cancel_booking, move_booking
from coworking.services.booking_series import book_series
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.hours import ClosureData, close_over
from coworking.services.waiting import wait_for
from coworking.states.bookings import WaitingState
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator, make_resource
from tests.factories.coworking_members import make_member
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Any:
    return make_room(name="Salle bleue")


def told(user: Any) -> list[str]:
    return [one.subject.replace("\xa0", " ") for one in Notice.objects.filter(user=user).order_by("pk")]


def test_the_holder_hears_of_what_the_team_books_moves_and_calls_off_with_the_file_for_a_calendar(
    room: Any,
) -> None:
    team, member = make_facilitator(room.place), make_member(room.place)
    user, now = make_user(person=member.person), timezone.now()
    booking = book_at(room, hours("9:00", "10:00"), of=member, actor=team)
    move_booking(booking, resource=room, wanted=hours("11:00", "12:00"), actor=team, now=now, by_team=True)
    booking.refresh_from_db()
    cancel_booking(booking, actor=team, now=now)
    assert [one.partition(" : ")[0] for one in told(user)] == [
        "Réservée pour vous",
        "Réservation déplacée",
        "Réservation annulée",
    ]
    assert all(f"/reservations/{booking.pk}/agenda.ics" in one.text for one in Notice.objects.all())
    book_at(room, hours("14:00", "15:00"), of=member, actor=user)
    assert len(told(user)) == 3, "what one does oneself is not told"
    assert not told(team)


def test_a_member_without_account_is_told_by_a_mail_whose_link_opens_the_booking(room: Any) -> None:
    team, member = make_facilitator(room.place), make_member(room.place)
    member.person.email = "lou@exemple.fr"
    member.person.save()
    booking = book_at(room, hours("9:00", "10:00"), of=member, actor=team)
    mail = OutgoingEmail.objects.get(to="lou@exemple.fr")
    assert mail.subject.replace("\xa0", " ").startswith("Réservée pour vous : Salle bleue, le ")
    assert "à votre nom" in mail.text
    page = Client().get(mail.secret)
    assert page.status_code == 200
    assert f"booking-{booking.pk}" in Client().get(mail.secret + "?agenda=1").content.decode()
    asks = [Ask(room, hours(*span)) for span in (("11:00", "12:00"), ("14:00", "15:00"))]
    book(asks, booker=Booker(member=member), data=BookingData(), actor=team)
    latest = OutgoingEmail.objects.latest("pk")
    assert (latest.to, latest.subject[:23]) == ("lou@exemple.fr", "Réservées pour vous (2)")
    assert OutgoingEmail.objects.count() == 2


def test_the_team_is_told_once_of_what_it_has_to_approve(room: Any) -> None:
    asking = make_resource(room.place, name="Salle à valider", needs_approval=True, seats=4)
    team, member = make_facilitator(room.place), make_member(room.place)
    elsewhere = make_facilitator(make_room().place)
    user = make_user(person=member.person)
    book_at(asking, hours("9:00", "10:00"), of=member, actor=user)
    assert told(team) == [f"À valider : {member} demande Salle à valider, le {day()} de 09:00 à 10:00"]
    plan = SeriesPlan(Rhythm.WEEKLY, next_monday(), next_monday() + timedelta(weeks=3), time(14), time(15))
    book_series(asking, plan, booker=Booker(member=member), data=BookingData(), actor=user)
    assert told(team)[1:] == [
        f"À valider (4) : {member} demande Salle à valider, la première fois le {day()} de 14:00 à 15:00"
    ]
    assert Notice.objects.latest("pk").url == "/reservations/a-valider/"
    assert (told(user), told(elsewhere)) == ([], [])
    book_at(asking, hours("16:00", "17:00"), of=member, actor=team)
    assert told(user) == [f"Demande reçue : Salle à valider, le {day()} de 16:00 à 17:00"]
    assert len(told(team)) == 2, "who asked knows"


def test_those_who_waited_for_a_time_that_closes_are_told_why(room: Any) -> None:
    holder, waiter, other = (make_member(room.place) for _one in range(3))
    users = [make_user(person=one.person) for one in (waiter, other)]
    now = timezone.now()
    book_at(room, hours("9:00", "10:00"), of=holder)
    book_at(room, hours("14:00", "15:00"), of=holder)
    wait_for(room, hours("9:00", "10:00"), person=waiter.person, actor=None, now=now)
    wait_for(room, hours("14:00", "15:00"), person=other.person, actor=None, now=now)
    closed = hours("8:00", "12:00")
    data = ClosureData(closed.starts, closed.ends, "Travaux")
    close_over(
        room.place,
        data=data,
        actor=None,
        cancel=lambda one, reason, actor: cancel_booking(one, actor=actor, now=now, reason=reason),
    )
    assert told(users[0]) == [f"Vous n’attendez plus Salle bleue, le {day()} de 09:00 à 10:00 : c’est fermé"]
    assert Notice.objects.get(user=users[0]).text == "Motif\xa0: Travaux"
    assert told(users[1]) == []
    states = WaitingPlace.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [WaitingState.LAPSED, WaitingState.WAITING]


def day() -> str:
    return f"{next_monday():%d/%m/%Y}"
