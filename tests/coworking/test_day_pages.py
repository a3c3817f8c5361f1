"""The pages of the day of a place: its team’s, those of its door, its tablet, its wall (COW-22, COW-23)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import personal_data
from coworking.calculations.stretches import Stretch
from coworking.models import Presence, Visitor
from coworking.services.visitors import VisitorData, announce
from coworking.states.bookings import BookingState
from people.models import User
from tests.factories.bookings import make_room
from tests.factories.coworking import make_facilitator, take
from tests.factories.coworking_members import make_member, neighbour
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def page(name: str, *keys: Any) -> str:
    return reverse(f"coworking:{name}", args=keys)


@pytest.fixture
def room() -> Any:
    return make_room(name="Salle bleue")


@pytest.fixture
def place(room: Any) -> Any:
    room.place.charter = "On ne fume pas."
    room.place.save()
    return room.place


@pytest.fixture
def member(place: Any) -> Any:
    found = make_member(place, neighbour(first_name="Zélie", last_name="Marchand"))
    make_user(person=found.person)
    return found


def test_the_code_of_the_door_asks_to_sign_in_then_notes_who_comes(place: Any, member: Any) -> None:
    url = page("door", place.door_key)
    sent_on = Client().get(url)
    assert sent_on.status_code == 302
    assert f"next={url}" in sent_on["Location"]

    client = client_of(member.person.user)
    assert "Je suis là" in text(client.get(url))
    assert "Votre arrivée est notée" in text(client.post(url, {"do": "arrive"}, follow=True))
    assert Presence.objects.get().way == "door"
    assert "Votre départ est noté" in text(client.post(url, {"do": "leave"}, follow=True))
    nobody = client_of(User.objects.create_user("machine@exemple.fr"))
    assert "n’est celui de personne" in text(nobody.post(url, {"do": "arrive"}, follow=True))
    assert client.get(page("door", "autre")).status_code == 404


def test_at_the_tablet_one_is_found_by_letters_and_a_visitor_tells_who_they_are(
    place: Any, member: Any
) -> None:
    url, client = page("kiosk", place.kiosk_key), Client()
    make_facilitator(place)
    announce(place, data=VisitorData("Ana Ruiz"), expected_at=timezone.now(), actor=None, now=timezone.now())
    said = text(client.get(url, {"nom": "march"}))
    assert ("Zélie M." in said, "Marchand" in said, "Ana Ruiz" in said) == (True, False, False)
    client.post(url, {"person": member.person_id, "do": "arrive"})
    assert Presence.objects.get().way == "kiosk"
    client.post(url, {"person": member.person_id, "do": "leave"})
    assert Presence.objects.get().left_at is not None
    assert client.post(url, {"person": neighbour().pk, "do": "arrive"}).status_code == 404

    ana = Visitor.objects.get()
    assert "Acceptez les règles" in text(client.post(url, {"visitor": ana.pk, "do": "greet"}, follow=True))
    client.post(url, {"visitor": ana.pk, "do": "greet", "rules": "on"})
    ana.refresh_from_db()
    assert (ana.arrived_at is not None, ana.rules_accepted) == (True, True)

    refused = client.post(url, {"do": "visit", "name": "Luc Petit", "asked_for": "Zélie"})
    assert refused.status_code == 422
    assert ("Acceptez les règles" in text(refused), 'value="Luc Petit"' in refused.content.decode()) == (
        True,
        True,
    )
    typed = {"do": "visit", "name": "Luc Petit", "asked_for": "Zélie", "rules_accepted": "on"}
    assert client.post(url, typed).status_code == 302
    assert Visitor.objects.get(name="Luc Petit").host == member.person
    place.kiosk_key = "autre"
    place.save()
    assert client.get(url).status_code == 404


def test_the_wall_answers_304_until_something_changes(place: Any, member: Any) -> None:
    url, client = page("wall", place.wall_key), Client()
    assert "Personne pour l’instant." in text(client.get(url))
    first = client.get(url, headers={"HX-Request": "true"})
    assert b"<html" not in first.content
    known = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    assert client.get(url, headers=known).status_code == 304
    client_of(member.person.user).post(page("door", place.door_key), {"do": "arrive"})
    assert "1 personne" in text(client.get(url, headers=known))


def test_the_team_runs_the_day_from_one_page(room: Any, place: Any, member: Any) -> None:
    client, now = client_of(make_facilitator(place)), timezone.now()
    span = Stretch(now - timedelta(minutes=5), now + timedelta(minutes=30))
    booking = take(room, span.starts, span.ends, member=member, off_hours=True)
    today = page("today", place.pk)
    assert "Noter l’arrivée" in text(client.get(today))
    client.post(page("arrival", place.pk), {"booking": booking.pk})
    booking.refresh_from_db()
    assert (booking.state, Presence.objects.get().booking) == (BookingState.PRESENT, booking)
    client.post(page("presence_act", Presence.objects.get().pk))
    assert "Venus aujourd’hui, repartis" in text(client.get(today))

    announced = {"name": "Ana Ruiz", "expected_at": _typed(now + timedelta(minutes=1))}
    assert client.post(page("visitor_announce", place.pk), announced).status_code == 302
    wrong = client.post(page("visitor_announce", place.pk), announced | {"expected_at": "2019-01-01T10:00"})
    assert (wrong.status_code, "Annoncez une visite à venir" in text(wrong)) == (422, True)
    ana = Visitor.objects.get()
    for do, field in (("greet", "arrived_at"), ("leave", "left_at")):
        client.post(page("visitor_act", ana.pk), {"do": do})
        ana.refresh_from_db()
        assert getattr(ana, field) is not None
    assert "déjà notée" in text(client.post(page("visitor_act", ana.pk), {"do": "greet"}, follow=True))

    assert client.post(page("arrival", place.pk), {"person": member.person_id}).status_code == 302
    days = next(one for one in personal_data() if one.code == "coworking.days")
    assert [len(one.rows) for one in days.held(member.person, None)] == [1]
    stranger = client_of(member.person.user)
    for name in ("today", "arrival", "visitor_announce", "place_codes", "usage"):
        assert stranger.get(page(name, place.pk)).status_code == 403


def _typed(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def test_a_new_code_withdraws_the_former_and_figures_open_their_bookings(
    room: Any, place: Any, member: Any
) -> None:
    client, now = client_of(make_facilitator(place)), timezone.now()
    codes = page("place_codes", place.pk)
    assert page("door", place.door_key) in text(client.get(codes))
    client.post(codes, {"which": "door"})
    assert client.get(page("door", place.door_key)).status_code == 404
    assert "Choisissez la porte" in text(client.post(codes, {"which": "roof"}, follow=True))

    take(room, now - timedelta(hours=1), now, member=member, off_hours=True, title="Atelier")
    usage = text(client.get(page("usage", place.pk), {"mois": "2019-13"}))
    assert ("Par jour et heure" in usage, "Sans formule" in usage) == (True, True)
    counted = page("usage_bookings", place.pk)
    assert "Atelier" in text(client.get(counted, {"ressource": room.pk, "formule": "0"}))
    assert "Atelier" not in text(client.get(counted, {"jour": "9", "heure": "30"}))
    table = client.get(page("usage_table", place.pk)).content.decode("utf-8-sig")
    assert "Salle bleue" in table
