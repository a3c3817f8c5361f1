"""What an event called off, over or moved leaves to those who came or waited; what strangers read of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import OutgoingEmail
from coworking.models import Charge, Event, Registration, Satisfaction
from coworking.services.event_costs import EventCostData, add_cost, share_costs
from coworking.services.event_programme import PartData, PriceData, save_part, save_price
from coworking.services.event_promotion import announce, remind_of_events, say_satisfaction
from coworking.services.event_rooms import free_room, take_room
from coworking.services.event_series import SeriesData, create_series
from coworking.services.events import cancel_event, change_event, data_of, publish_event
from coworking.services.hours import ClosureData, close_over
from coworking.services.places import close_place
from coworking.services.registration_mails import CONFIRMED, LINK, OFFERED, REMINDER, TOO_LATE
from coworking.services.registrations import cancel_registration, register
from coworking.services.waiting_list import move_waiting_lists
from coworking.states.members import ChargeState
from coworking.views import event_frame
from tests.factories.coworking import make_resource
from tests.factories.coworking_events import (
    a_keeper,
    a_place,
    a_registration,
    an_event,
    came,
    event_data,
    guest,
    over,
)
from tests.factories.coworking_members import place_that_sells
from tests.pages import client_of, text
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
PARIS = ZoneInfo("Europe/Paris")
HOME: dict[str, Any] = {"address_line": "1 rue Haute", "postcode": "40700", "city": "Hagetmau"}


def mails(cause: str) -> list[str]:
    return list(OutgoingEmail.objects.filter(cause=cause).order_by("pk").values_list("to", flat=True))


def come(event: Event, name: str, **fields: Any) -> Registration:
    return register(event, data=guest(name, **fields), now=timezone.now())


def test_an_offer_lapses_without_a_word_once_called_off_and_the_team_offers_what_is_free() -> None:
    place, now = a_place(), timezone.now()
    event = an_event(place=place, capacity=1)
    keeper = client_of(a_keeper(place))
    first, second, third = come(event, "Ana Un"), come(event, "Ben Deux"), come(event, "Cal Trois")

    def act(row: Registration, do: str) -> str:
        answer = keeper.post(reverse("coworking:event_guest_act", args=[row.pk]), {"do": do}, follow=True)
        assert answer.status_code == 200
        row.refresh_from_db()
        return text(answer)

    # Full: nobody is offered what is not free.
    assert "pas assez de places libres" in act(third, "offer")
    assert third.state == "waiting"
    cancel_registration(first, now=now, actor=None)
    assert mails(OFFERED) == ["ben.deux@exemple.fr"]
    # Taken back by the team, the place goes to the next at once.
    act(second, "lapse")
    third.refresh_from_db()
    assert (second.state, third.state) == ("lapsed", "offered")
    assert mails(TOO_LATE) == ["ben.deux@exemple.fr"]
    last = come(event, "Dee Quatre")
    cancel_event(event, reason="Grève", now=now, actor=None)
    assert "ne se tient plus" in act(last, "offer")
    assert move_waiting_lists(now=now + timedelta(days=20)) == 1
    assert mails(TOO_LATE) == ["ben.deux@exemple.fr"]
    assert mails(OFFERED) == ["ben.deux@exemple.fr", "cal.trois@exemple.fr"]


def test_nothing_is_due_of_an_event_called_off_its_shared_costs_neither() -> None:
    event = an_event("seminaire", place=place_that_sells())
    save_price(event, None, data=PriceData("Plein", Decimal(30)), actor=None)
    price = event.prices.get()
    row = a_registration(event, "Ana Un", price=price, **HOME)
    add_cost(event, data=EventCostData("Car", Decimal(60)), actor=None)
    share_costs(event, actor=None)
    share = row.cost_shares.get()
    assert share.charge is not None
    assert share.charge.state == ChargeState.DUE
    cancel_event(event, reason="Grève", now=timezone.now(), actor=None)
    assert set(Charge.objects.values_list("state", flat=True)) == {ChargeState.WAIVED}
    assert Charge.objects.count() == 2


def test_a_stranger_reads_nothing_of_who_is_registered_in_a_form_sent_wrong() -> None:
    event = an_event(place=place_that_sells())
    save_price(event, None, data=PriceData("Plein", Decimal(30)), actor=None)
    begins, ends = event.starts_at, event.starts_at + timedelta(hours=1)
    part = save_part(event, None, data=PartData("Voter", begins, ends, capacity=1), actor=None)
    price = event.prices.get()
    a_registration(event, "Ana Un", price=price, parts=(part.pk,), **HOME)
    page = reverse("coworking:registration_new", args=[event.slug])
    typed = {"price": price.pk, **HOME}
    wrongs: list[dict[str, Any]] = [{"parts": [part.pk]}, {"city": ""}, {"siren": "123456789"}]
    for wrong in wrongs:
        known, newcomer = (
            Client().post(page, {"first_name": first, "last_name": last, "email": email} | typed | wrong)
            for first, last, email in (
                ("Ana", "Un", "ana.un@exemple.fr"),
                ("Eva", "Six", "eva.six@exemple.fr"),
            )
        )
        assert (known.status_code, newcomer.status_code) == (422, 422), wrong
    assert mails(LINK) == []
    assert Registration.objects.count() == 1
    # No database keeps the character that a machine puts in the address of where one comes from.
    sent = {"first_name": "Eva", "last_name": "Six", "email": "eva.six@exemple.fr"} | typed
    assert Client().post(f"{page}?de=let%00tre", sent).status_code == 302
    assert Registration.objects.get(first_name="Eva").source == "lettre"


def test_each_is_written_to_in_the_words_of_their_case() -> None:
    now = timezone.now()
    event = an_event(starts_at=now + timedelta(hours=20))
    row = a_registration(event, "Ana Un")
    Registration.objects.update(created_at=now - timedelta(days=3))
    assert remind_of_events(now=now) == 1
    # Moved after the reminder, it is reminded of again.
    later = data_of(event)
    moved: dict[str, Any] = {
        "starts_at": later.starts_at + timedelta(days=9),
        "ends_at": later.ends_at + timedelta(days=9),
    }
    event.refresh_from_db()
    change_event(event, data=replace(later, **moved), version=event.version, actor=None)
    assert remind_of_events(now=now + timedelta(days=9)) == 1
    assert mails(REMINDER) == [row.email] * 2
    announce(event, audience="registered", subject="Salle", text="À l’étage.", now=now, actor=None)
    told = OutgoingEmail.objects.get(cause="coworking.event_announced")
    assert "cette adresse est inscrite à un événement" in told.text
    assert "de la coopérative" not in told.text
    # Who is added to what is over is not told to come.
    before = len(mails(CONFIRMED))
    past = over(an_event())
    register(past, data=guest("Ben Deux"), now=now, by_team=True)
    assert len(mails(CONFIRMED)) == before


def test_only_who_was_registered_says_what_they_thought() -> None:
    event = an_event()
    gone, there = a_registration(event, "Ana Un"), a_registration(event, "Ben Deux")
    cancel_registration(gone, now=timezone.now(), actor=None)
    over(event)
    came(there)
    opinion: dict[str, Any] = {"mark": 1, "comes_again": None, "text": "", "now": timezone.now()}
    with refused(Code.NOT_ALLOWED):
        say_satisfaction(gone, **opinion)
    assert say_satisfaction(there, **opinion).mark == 1
    assert Satisfaction.objects.count() == 1


def test_the_limit_of_each_date_of_a_series_keeps_its_hour() -> None:
    starts = datetime(2027, 3, 21, 10, tzinfo=PARIS)
    data = event_data(starts_at=starts, registers_until=datetime(2027, 3, 20, 18, tzinfo=PARIS))
    made = create_series(
        data=data, rhythm=SeriesData("weekly", starts.date() + timedelta(days=7)), actor=None
    )
    limits = [one.registers_until.astimezone(PARIS) for one in made.events if one.registers_until]
    # Between the second limit and its event the clock jumps an hour.
    assert [f"{at:%d/%m %H:%M}" for at in limits] == ["20/03 18:00", "27/03 18:00"]


def test_what_is_due_of_an_event_that_moves_is_due_where_and_when_it_is_held() -> None:
    here, there = place_that_sells(), place_that_sells()
    event = an_event(place=here)
    save_price(event, None, data=PriceData("Plein", Decimal(30)), actor=None)
    row = a_registration(event, price=event.prices.get(), **HOME)
    event.refresh_from_db()
    data = data_of(event)
    far = timedelta(days=60)
    moved = replace(data, place=there, starts_at=data.starts_at + far, ends_at=data.ends_at + far)
    change_event(event, data=moved, version=event.version, actor=None)
    row.refresh_from_db()
    assert row.charge is not None
    due = Charge.objects.exclude(state=ChargeState.WAIVED)
    assert list(due) == [row.charge]
    assert (row.charge.payer.place, row.charge.day) == (there, timezone.localdate(moved.starts_at))
    assert row.charge.amount == Decimal("30.00")


def test_nothing_is_published_in_a_place_that_closed() -> None:
    place = a_place()
    draft = an_event(place=place, published=False)
    close_place(place, on=timezone.localdate(), reason="Fin du bail", actor=None)
    with refused(Code.PERIOD_CLOSED):
        publish_event(draft, now=timezone.now(), actor=None)


def test_a_place_does_not_close_over_the_room_of_an_event() -> None:
    place = a_place()
    event = an_event(place=place)
    taken = take_room(event, make_resource(place), now=timezone.now(), actor=None)
    data = ClosureData(event.starts_at - timedelta(hours=1), event.ends_at, "Travaux")
    given_back: list[Any] = []

    def cancel(booking: Any, *_said: Any) -> None:
        given_back.append(booking)

    with refused(Code.SLOT_TAKEN, "cancel", "s’y tient"):
        close_over(place, data=data, actor=None, cancel=cancel)
    assert given_back == []
    free_room(taken, now=timezone.now(), actor=None)
    assert close_over(place, data=data, actor=None, cancel=cancel).reason == "Travaux"


def test_a_whole_conference_signs_in_from_the_address_of_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    event = an_event(starts_at=timezone.now() + timedelta(minutes=20))
    row = a_registration(event)
    # So many have registered from there that no one does any more: signing in is counted apart.
    monkeypatch.setattr(event_frame, "MOST_REGISTERED", 0)
    door = reverse("coworking:event_door", args=[event.door_key])
    assert Client().post(door, {"email": row.email}).status_code == 200
    row.refresh_from_db()
    assert row.attendance == "present"
    monkeypatch.setattr(event_frame, "MOST_SIGNED_IN", 0)
    assert Client().post(door, {"email": row.email}).status_code == 429
