"""The pages of bookings: date first, the price before one confirms, what is refused keeps what was typed."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import happenings_of, todos_of
from cae.core.models import OutgoingEmail
from cae.core.search import search
from coworking.models import Booking, BookingRule, BookingSeries, Visitor, WaitingPlace
from coworking.selectors.finding import query_of
from coworking.selectors.opening import ZONE
from coworking.services.booking_checks import stretch_on
from coworking.services.booking_rules import RuleData, set_rule
from coworking.services.hours import ClosureData, close_over
from coworking.states.bookings import BookingState
from coworking.states.places import ResourceKind
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator, make_place, make_resource
from tests.factories.coworking_members import make_member, make_plan, neighbour
from tests.factories.people import make_user
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def page(name: str, *keys: Any) -> str:
    return reverse(f"coworking:{name}", args=keys)


@pytest.fixture
def room() -> Any:
    return make_room(name="Salle bleue")


@pytest.fixture
def member(room: Any) -> Any:
    found = make_member(room.place)
    make_user(person=found.person)
    return found


@pytest.fixture
def client(member: Any) -> Client:
    return client_of(member.person.user)


def typed(room: Any, starts: str, ends: str, **more: Any) -> dict[str, Any]:
    return query_of(hours(starts, ends)) | {"resources": [room.pk], "people": 2, "do": "book"} | more


def shown_in(response: Any) -> str:
    found = re.search(r'name="shown"\s+value="([^"]*)"', response.content.decode())
    assert found
    return found.group(1)


def test_date_first_then_what_is_free_then_its_price_then_it_is_booked(client: Client, room: Any) -> None:
    other = make_resource(room.place, name="Salle verte", seats=2)
    first = client.get(page("book_find"), {"day": next_monday().isoformat()})
    assert "Salle bleue" in text(first)
    link = re.search(r'href="(/reserver/verifier/[^"]+)">09:00–18:00</a>', first.content.decode())
    assert link
    assert shown_in(client.get(unescape(link[1]))) == "90.00", "a free span is chosen by its link"
    asked = query_of(hours("9:00", "11:00")) | {"place": room.place.pk, "people": 4}
    found = client.get(page("book_find"), asked)
    assert "20,00 €" in text(found)
    assert "Salle verte" not in text(found), "too small"
    assert client.get(page("book_find"), asked | {"starts": "12:00"}).status_code == 422
    check = client.get(f"{page('book_check')}?{urlencode(typed(room, '9:00', '11:00'), doseq=True)}")
    assert shown_in(check) == "20.00"
    sent = typed(
        room,
        "9:00",
        "11:00",
        title="Atelier",
        guests="Ana Ruiz <ana@exemple.fr>\n\nLuz",
        shown=shown_in(check),
    )
    answer = client.post(page("book_check"), sent)
    booking = Booking.objects.get()
    assert answer.headers["Location"] == booking.get_absolute_url()
    assert sorted(Visitor.objects.values_list("name", "email")) == [
        ("Ana Ruiz", "ana@exemple.fr"),
        ("Luz", ""),
    ]
    seen = text(client.get(booking.get_absolute_url()))
    assert "Ana Ruiz" in seen
    assert "20,00 €" in seen
    file = client.get(page("booking_file", booking.pk))
    assert b"SUMMARY:Atelier" in file.content
    # Several at once, in one basket.
    both = typed(room, "14:00", "15:00", resources=[room.pk, other.pk], shown="10.00")
    basket = client.post(page("book_check"), both, follow=True)
    assert "Salle verte" in text(basket)
    listed = client.get(page("own_booking_list"))
    assert "Salle verte" in text(listed)


@pytest.mark.parametrize(
    ("change", "said", "has_near"),
    [
        ({}, "ces heures sont déjà prises", True),
        ({"starts": "20:00", "ends": "21:00"}, "ces heures ne sont pas ouvertes", True),
        ({"starts": "14:00", "ends": "15:00"}, "ces heures ne sont pas ouvertes", True),
        ({"starts": "23:00", "ends": "00:00"}, "ces heures ne sont pas ouvertes", True),
        ({"day": "2027-03-28", "starts": "02:30", "ends": "04:00"}, "02:30 n’existe pas", False),
        ({"starts": "11:00", "ends": "12:00", "shown": "0.01"}, "Le prix a changé", False),
        ({"starts": "11:00", "ends": "10:00"}, "La fin vient avant le début", False),
        ({"starts": "11:00", "ends": "12:00", "people": "99"}, "accueille 8 personnes au plus", False),
        ({"rhythm": "daily", "until": "2099-01-01"}, "104 dates au plus", False),
        ({"rhythm": "daily"}, "jusqu’à quand la série dure", False),
    ],
)
def test_what_is_refused_is_one_sentence_and_keeps_what_was_typed(
    client: Client, member: Any, change: dict[str, str], said: str, has_near: bool
) -> None:
    room = member.place.resources.get()
    book_at(room, hours("9:00", "10:00"), of=member)
    closed = hours("14:00", "16:00")
    close_over(room.place, data=ClosureData(closed.starts, closed.ends, "Travaux"), actor=None)
    sent = typed(room, "9:00", "10:00", title="Mon atelier", guests="Ana", shown="10.00") | change
    if "day" in change or "starts" not in change or change["starts"] != "11:00":
        sent.pop("shown")
    before = Booking.objects.count()
    answer = client.post(page("book_check"), sent)
    assert answer.status_code == 422
    body = text(answer)
    assert said in body
    assert 'value="Mon atelier"' in answer.content.decode()
    assert ("Libre au plus près" in body) is has_near
    assert Booking.objects.count() == before
    assert not Visitor.objects.exists()


def test_too_short_is_answered_by_what_is_long_enough(client: Client, room: Any) -> None:
    desk = make_resource(
        room.place, ResourceKind.DESK, name="Bureau", step=240, shortest=240, prices={"half_day": "10"}
    )
    answer = client.post(page("book_check"), typed(desk, "10:00", "11:00", people=1))
    assert answer.status_code == 422
    assert "Bureau se réserve pour 4 h au moins." in text(answer)
    assert "de 09:00 à 13:00" in text(answer)
    set_rule(desk, None, data=RuleData(until_hour=time(12)), actor=None)
    again = text(client.post(page("book_check"), typed(desk, "10:00", "11:00", people=1)))
    assert "de 09:00 à 13:00" not in again, "no rule is broken by what is proposed"


def test_the_page_opens_on_the_place_where_one_works_and_its_next_open_day(client: Client, room: Any) -> None:
    make_room(make_place("Aaa, une autre"), name="Ailleurs")
    claire = make_user(RoleKind.ENTREPRENEUR, person=neighbour())
    make_member(room.place, claire.person)
    client.force_login(claire)
    saturday = next_monday() - timedelta(days=2)
    closed = stretch_on(saturday, time(0), time(0), next_monday())
    close_over(room.place, data=ClosureData(closed.starts, closed.ends, "Pont"), actor=None)
    for at, day in (
        (time(18), next_monday() + timedelta(days=1)),
        (time(12), saturday - timedelta(days=1)),
    ):
        with time_machine.travel(datetime.combine(saturday - timedelta(days=1), at, ZONE)):
            shown = client.get(page("book_find"))
        assert f'value="{day.isoformat()}"' in shown.content.decode()
        assert "Salle bleue" in text(shown)
        assert "Ailleurs" not in text(shown)
    # What is left of today begins at the next step of the clock.
    with time_machine.travel(datetime.combine(next_monday() + timedelta(days=1), time(12, 7), ZONE)):
        assert "12:15–18:00" in text(client.get(page("book_find")))


def test_a_series_shows_each_date_and_books_the_free_ones(client: Client, room: Any, member: Any) -> None:
    monday = next_monday()
    book_at(room, hours("9:00", "10:00", monday + timedelta(days=7)), of=member)
    until = (monday + timedelta(days=21)).isoformat()
    asked = typed(room, "9:00", "10:00", rhythm="weekly", until=until, do="check")
    check = client.post(page("book_check"), asked)
    body = text(check)
    assert "4 dates demandées" in body
    assert "déjà prise" in body
    assert "Réserver 3 dates" in body
    answer = client.post(page("book_check"), asked | {"do": "book", "shown": shown_in(check)}, follow=True)
    series = BookingSeries.objects.get()
    assert series.bookings.count() == 3
    assert answer.redirect_chain[-1][0] == series.get_absolute_url()
    client.post(series.get_absolute_url(), {"do": "cancel"})
    assert set(series.bookings.values_list("state", flat=True)) == {BookingState.CANCELLED}


def test_moved_by_a_button_then_called_off(client: Client, room: Any, member: Any) -> None:
    booking = book_at(room, hours("9:00", "11:00"), of=member)
    address = page("booking_move", booking.pk)
    assert "Plus tard" in text(client.get(address))
    later = {"resource": room.pk, "version": 1, "shown": "20.00"}
    client.post(address, later | query_of(hours("9:15", "11:15")))
    booking.refresh_from_db()
    assert booking.during.lower == hours("9:15", "11:15").starts
    wrong = client.post(address, later | {"version": 2} | query_of(hours("9:00", "12:00")))
    assert wrong.status_code == 422
    assert "Le prix a changé" in text(wrong)
    assert "reste due" not in text(client.get(page("booking_cancel", booking.pk)))
    client.post(page("booking_cancel", booking.pk), {"reason": "Malade"})
    booking.refresh_from_db()
    assert (booking.state, booking.reason) == (BookingState.CANCELLED, "Malade")


def test_who_sees_and_does_what(room: Any, member: Any) -> None:
    booking = book_at(room, hours("9:00", "10:00"), of=member)
    stranger = client_of(make_user())
    neighbour = client_of(make_user(RoleKind.ENTREPRENEUR))
    elsewhere = client_of(make_facilitator(make_room().place))
    team = client_of(make_facilitator(room.place))
    assert stranger.get(page("book_find")).status_code == 403
    assert neighbour.get(page("book_find")).status_code == 200
    for name in ("booking", "booking_move", "booking_cancel", "booking_file"):
        assert stranger.get(page(name, booking.pk)).status_code == 404
        assert neighbour.get(page(name, booking.pk)).status_code == 404
        assert team.get(page(name, booking.pk)).status_code == 200
    assert neighbour.post(page("booking_act", booking.pk), {"do": "miss"}).status_code == 404
    assert elsewhere.post(page("booking_act", booking.pk), {"do": "miss"}).status_code == 404
    assert elsewhere.get(page("booking_list", room.place.pk)).status_code == 403
    # Others see that it is taken, not by whom.
    seen = neighbour.get(page("planning", room.place.pk), {"jour": next_monday().isoformat()})
    assert "pris" in text(seen)
    assert member.person.last_name not in text(seen)
    for view in ("jour", "semaine", "mois", "tableau"):
        shown = team.get(page("planning", room.place.pk), {"vue": view, "jour": next_monday().isoformat()})
        assert shown.status_code == 200
        assert ("1 réservation" if view == "mois" else member.person.last_name) in text(shown)


def test_the_team_books_for_somebody_approves_and_frees(room: Any, member: Any) -> None:
    facilitator = make_facilitator(room.place)
    team = client_of(facilitator)
    sent = typed(room, "19:00", "20:00", member=member.pk, off_rules="on", shown="10.00")
    team.post(page("book_check"), sent)
    booking = Booking.objects.get()
    assert (booking.member, booking.off_hours, booking.created_by) == (member, True, facilitator)
    make_plan(room.place)
    assert (
        team.post(
            page("booking_rule_set", room.pk), {"notice": "0", "needs_approval": "on", "longest": "120"}
        ).status_code
        == 302
    )
    assert "2 h au plus" in text(team.get(page("booking_rules", room.pk)))
    rule = BookingRule.objects.get()
    with refused("value_invalid", "longest"):  # type: ignore[arg-type]
        set_rule(room, None, data=RuleData(longest=5), actor=None)
    asked = book_at(room, hours("9:00", "10:00"), of=member)
    assert asked.state == BookingState.ASKED
    assert "Valider une réservation" in [one.label for one in todos_of(facilitator, timezone.localdate())]
    assert "Salle bleue" in text(team.get(page("booking_queue")))
    team.post(page("booking_act", asked.pk), {"do": "approve"})
    other = book_at(room, hours("10:00", "11:00"), of=member)
    team.post(page("booking_refuse", other.pk), {"reason": "Réunion"})
    states = dict(Booking.objects.values_list("pk", "state"))
    assert (states[asked.pk], states[other.pk]) == (BookingState.BOOKED, BookingState.REFUSED)
    team.post(page("booking_rule_remove", rule.pk))
    assert not BookingRule.objects.exists()
    assert [hit for group in search(facilitator, member.person.last_name) for hit in group.hits]


def test_in_the_queue_then_offered(client: Client, room: Any, member: Any) -> None:
    other = make_member(room.place)
    taken = book_at(room, hours("9:00", "10:00"), of=other)
    join = query_of(hours("9:00", "10:00")) | {"resource": room.pk}
    answer = client.post(page("wait_join"), join)
    waiting = WaitingPlace.objects.get()
    assert answer.headers["Location"] == page("waiting", waiting.pk)
    assert client_of(make_user()).get(page("waiting", waiting.pk)).status_code == 404
    team = client_of(make_facilitator(room.place))
    team.post(page("booking_cancel", taken.pk), {"reason": "Désistement"})
    assert "Réserver pour 10,00 €" in text(client.get(page("waiting", waiting.pk)))
    today = timezone.localdate()
    assert any("Prendre la place" in one.label for one in todos_of(member.person.user, today))
    client.post(page("waiting", waiting.pk), {"do": "take"})
    assert Booking.objects.filter(member=member, state=BookingState.BOOKED).count() == 1
    seen = happenings_of(member.person.user, today, today + timedelta(days=60))
    assert [one.title for one in seen] == [f"Salle bleue · {room.place}"]


def test_a_secret_address_is_read_without_account_and_withdrawn(room: Any, member: Any) -> None:
    book_at(room, hours("9:00", "10:00"), of=member, title="Conseil")
    team = client_of(make_facilitator(room.place))
    opened = team.post(page("feeds", room.place.pk), {"do": "open", "resource": room.pk})
    token = re.search(r"/agendas/([\w-]+)\.ics", opened.content.decode())
    assert token
    address = page("feed", token.group(1))
    assert b"SUMMARY:Conseil" in Client().get(address).content
    team.post(page("feeds", room.place.pk), {"do": "close", "resource": room.pk})
    assert Client().get(address).status_code == 404


def test_a_visitor_hires_a_room_and_follows_it_by_a_link(room: Any) -> None:
    address = page("hire", room.place.slug)
    assert Client().get(address).status_code == 404, "nothing is hired from outside yet"
    room.is_public = True
    room.save()
    visitor = Client()
    assert visitor.get(address).status_code == 200
    span = query_of(hours("9:00", "11:00")) | {"resource": room.pk, "people": "3", "do": "price"}
    priced = visitor.post(address, span)
    assert "40,00 €" in text(priced)
    assert priced.status_code == 200
    who = {
        "name": "Léa Marchand",
        "email": "lea@exemple.fr",
        "kind": "private_person",
        "address_line": "1 rue du Port",
        "postcode": "33190",
        "city": "La Réole",
        "do": "ask",
        "form_key": str(uuid4()),
    }
    changed = visitor.post(address, span | who | {"shown": "4.00"})
    assert (changed.status_code, Booking.objects.count()) == (422, 0)
    assert "Le prix a changé" in text(changed)
    assert 'value="Léa Marchand"' in changed.content.decode()
    sent = visitor.post(address, span | who | {"shown": shown_in(changed)})
    assert "Demande envoyée" in text(sent)
    booking = Booking.objects.get()
    assert (booking.state, booking.price) == (BookingState.ASKED, Decimal("40.00"))
    link = OutgoingEmail.objects.get(to="lea@exemple.fr").secret
    own = link[link.index("/location/") :]
    assert "1 rue du Port" not in text(visitor.get(own))
    assert "Salle bleue" in text(visitor.get(own))
    visitor.post(own, {"do": "cancel"})
    booking.refresh_from_db()
    assert booking.state == BookingState.CANCELLED
    assert visitor.get("/location/faux/").status_code in (403, 404, 410)


def test_the_check_says_at_once_what_is_refused_with_the_nearest_spans_that_are_not(
    client: Client, room: Any, member: Any
) -> None:
    set_rule(room, None, data=RuleData(longest=120, from_hour=time(10)), actor=None)

    def check(starts: str, ends: str, **more: Any) -> tuple[str, str]:
        answer = client.get(page("book_check"), typed(room, starts, ends, do="check") | more)
        assert answer.status_code == 200
        return text(answer), answer.content.decode()

    said, _html = check("10:00", "12:00")
    assert ("libre" in said, "pas possible" in said) == (True, False)
    said, html = check("10:00", "14:00")
    assert "Salle bleue se réserve pour 2 h au plus." in said
    assert ("pas possible" in said, 'value="book"' in html) == (True, False)
    link = re.search(r'href="([^"]+)">le [^<]+ de 10:00 à 12:00</a>', html)
    assert link
    assert "pas possible" not in text(client.get(unescape(link[1]))), "what it offers is free"
    said, html = check("8:00", "9:00")
    assert "se réserve de 10:00 à 24:00" in said
    said, html = check("10:00", "12:00", people=99)
    assert "accueille 8 personnes au plus" in said
    assert "Être prévenu·e" not in said
    other = make_member(room.place)
    book_at(room, hours("10:00", "12:00"), of=other)
    said, _html = check("10:00", "11:00")
    assert "ces heures sont déjà prises" in said
    assert "Être prévenu·e" in said, "what is taken may be given back"
