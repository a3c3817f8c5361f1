"""What was typed to join a place or to hire a room is forgotten once it serves nothing more (PEO-38)."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cae.core.facts import personal_data
from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.permanence import ERASED, erasing
from coworking.models import Booking, Hire, SignUp
from coworking.services.booking_changes import refuse_booking
from coworking.services.erasing_members import forget_hires
from coworking.services.hiring import HireData, ask_to_hire
from coworking.services.signups import SignUpData, ask_to_join
from coworking.states.bookings import BookingState
from tests.factories.bookings import hours, make_room
from tests.factories.coworking_members import make_plan, neighbour, place_that_sells

pytestmark = pytest.mark.django_db
LEA = "lea@exemple.fr"


def test_a_hire_that_came_to_nothing_is_forgotten_one_that_is_held_is_not() -> None:
    room = make_room(is_public=True, cut_off=60)
    data = HireData(
        name="Léa Marchand",
        email=LEA,
        phone="06 01 02 03 04",
        address_line="1 rue du Port",
        postcode="33190",
        city="La Réole",
        title="Anniversaire de Léa",
        message="Avec un chien",
    )
    now, today = timezone.now(), timezone.localdate()
    refused, held = (
        ask_to_hire(room, hours(*span), data=data, shown=None, form_key=None, now=now)
        for span in (("9:00", "10:00"), ("11:00", "12:00"))
    )
    refuse_booking(refused, reason="Pas de chien, Léa", actor=None, now=now)
    assert forget_hires(on=today + timedelta(days=300)) == 0
    assert forget_hires(on=today + timedelta(days=500)) == 1
    assert forget_hires(on=today + timedelta(days=500)) == 0
    row, hire = Booking.objects.get(pk=refused.pk), Hire.objects.get(booking=refused)
    assert (row.state, row.name, row.email, row.phone) == (BookingState.REFUSED, ERASED, "", "")
    assert (row.title, row.reason) == (ERASED, ERASED)
    assert (hire.address_line, hire.city, hire.message) == ("", "", "")
    assert not PersonalLink.objects.filter(about_id=str(row.pk)).exists()
    assert OutgoingEmail.objects.filter(to=LEA).exclude(about_id=str(held.pk)).count() == 0
    assert Booking.objects.get(pk=held.pk).name == "Léa Marchand"


def test_the_request_of_somebody_erased_keeps_its_answer_and_no_name() -> None:
    place, person = place_that_sells(), neighbour()
    today = timezone.localdate()
    typed = SignUpData(
        plan=make_plan(place, is_public=True),
        starts_on=today,
        first_name="Lucie",
        last_name="Garat",
        email="lucie@exemple.fr",
        payment="transfer",
        phone="06 01 02 03 04",
        trade="Relieuse",
        message="Je viens avec mon vélo",
    )
    row = ask_to_join(place, data=typed, form_key=uuid.uuid4(), now=timezone.now(), person=person, actor=None)
    subject = next(one for one in personal_data() if one.code == "coworking.members")
    assert subject.erase is not None
    with erasing():
        assert subject.erase(person, today) == 1
        assert subject.erase(person, today) == 0
    row = SignUp.objects.get(pk=row.pk)
    assert (row.first_name, row.last_name, row.phone, row.message) == (ERASED, ERASED, "", "")
    assert (row.trade, row.plan_id, row.state) == (ERASED, typed.plan.pk, "asked")
    assert not OutgoingEmail.objects.filter(about_id=str(row.pk), text__contains="Lucie").exists()
