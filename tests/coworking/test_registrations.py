"""Registering: each rule, each refusal with nothing changed, the waiting list, the choices."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, OutgoingEmail
from coworking.models import Event, Registration
from coworking.services.event_programme import (
    FieldData,
    OptionData,
    PartData,
    PriceData,
    remove,
    save_field,
    save_option,
    save_part,
    save_price,
)
from coworking.services.events import cancel_event, change_event, data_of, publish_event
from coworking.services.registration_mails import (
    CALLED_OFF,
    CONFIRMED,
    MOVED,
    OFFERED,
    TAKEN_BACK,
    TOO_LATE,
    WAITS,
)
from coworking.services.registrations import (
    accept_place,
    cancel_registration,
    change_registration,
    register,
)
from coworking.services.waiting_list import move_waiting_lists
from coworking.states.events import Audience, EventState, FieldKind, OptionKind
from people.states import RoleKind
from tests.factories.coworking_events import a_place, a_registration, an_event, came, guest, over
from tests.factories.people import make_territory, make_user

pytestmark = pytest.mark.django_db


def refused(act: Any, code: Code, field: str | None = None) -> str:
    """The sentence of a refusal that wrote nothing."""
    before = (Registration.objects.count(), OutgoingEmail.objects.count(), AuditEntry.objects.count())
    with pytest.raises(Refused) as caught, transaction.atomic():
        act()
    assert (caught.value.code, caught.value.field) == (code, field)
    after = (Registration.objects.count(), OutgoingEmail.objects.count(), AuditEntry.objects.count())
    assert before == after, "a refusal wrote something"
    return str(caught.value)


def come(event: Event, name: str = "Nina Roche", *, actor: Any = None, **fields: Any) -> Registration:
    return register(event, data=guest(name, **fields), now=timezone.now(), actor=actor)


def mails(cause: str) -> list[str]:
    return list(OutgoingEmail.objects.filter(cause=cause).order_by("pk").values_list("to", flat=True))


def test_one_registers_without_account_and_is_told_so_once() -> None:
    event = an_event(place=a_place(), capacity=3, guests_most=2)
    row = come(event, guests=1, phone="06 01 02 03 04")
    assert (row.state, row.seats, row.amount) == ("registered", 2, 0)
    mail = OutgoingEmail.objects.get(cause=CONFIRMED)
    assert mail.to == "nina.roche@exemple.fr"
    assert "/inscription/" in mail.text
    assert "Hagetmau" in mail.text
    same = refused(lambda: come(event, email="NINA.roche@exemple.fr"), Code.DUPLICATE, "email")
    assert "déjà inscrite" in same
    few = refused(lambda: come(event, "Leo Petit", guests=1), Code.SLOT_TAKEN, "guests")
    assert few == "Il reste 1 place, accompagnant·es compris."
    refused(lambda: come(event, "Leo Petit", guests=3), Code.VALUE_INVALID, "guests")
    refused(lambda: come(event, "Leo Petit", email="leo"), Code.VALUE_INVALID, "email")
    refused(lambda: come(event, "Léo "), Code.VALUE_MISSING, "last_name")
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.filter(pk=row.pk).update(guests=3)


def test_what_is_past_cancelled_late_or_not_told_of_says_what_to_do() -> None:
    draft, late = an_event(published=False), an_event(registers_until=timezone.now() + timedelta(hours=1))
    Event.objects.filter(pk=late.pk).update(registers_until=timezone.now() - timedelta(days=1))
    assert "pas encore publié" in refused(lambda: come(draft), Code.NOT_ALLOWED)
    assert "écrivez à l’équipe" in refused(lambda: come(late), Code.DATE_INVALID)
    assert "dit les prochains" in refused(lambda: come(over(an_event())), Code.DATE_INVALID)
    gone = cancel_event(an_event(), reason="Grève", now=timezone.now(), actor=None)
    assert "en propose d’autres" in refused(lambda: come(gone), Code.NOT_ALLOWED)
    full = an_event(capacity=1, has_waiting_list=False)
    come(full)
    assert "une autre date" in refused(lambda: come(full, "Leo Petit"), Code.NOT_ALLOWED)
    # The team adds who came all the same, as long as there is a place.
    assert a_registration(over(an_event()), "Leo Petit").state == "registered"


def test_closed_events_are_open_to_members_or_to_one_territory() -> None:
    landes, nantes = make_territory("Landes"), make_territory("Nantes")
    chalosse = make_territory("Chalosse", parent=landes)
    inside, local = (
        an_event(audience=Audience.MEMBERS),
        an_event(audience=Audience.TERRITORY, territory=landes),
    )
    member = make_user(RoleKind.ENTREPRENEUR, territory=chalosse)
    away = make_user(RoleKind.ENTREPRENEUR, territory=nantes)
    candidate = make_user(RoleKind.CANDIDATE, territory=landes)
    assert "connectez-vous" in refused(lambda: come(inside), Code.NOT_ALLOWED)
    refused(lambda: come(inside, actor=candidate), Code.NOT_ALLOWED)
    refused(lambda: come(local, actor=away), Code.NOT_ALLOWED)
    assert come(inside, actor=away).state == come(local, actor=member).state == "registered"


def test_who_is_noted_present_no_longer_cancels() -> None:
    event = an_event(starts_at=timezone.now() + timedelta(minutes=30), capacity=1)
    row, waits = came(come(event)), come(event, "Ben Deux")
    refused(lambda: cancel_registration(row, now=timezone.now(), actor=None), Code.NOT_ALLOWED)
    row.refresh_from_db()
    waits.refresh_from_db()
    assert (row.state, waits.state) == ("registered", "waiting")
    assert mails(TAKEN_BACK) == []


def test_a_place_freed_is_offered_to_the_first_whom_it_holds_then_to_the_next() -> None:
    event = an_event(capacity=2, guests_most=1, offer_hours=5)
    first, second = come(event, "Ana Un"), come(event, "Ben Deux")
    couple, alone, last = (
        come(event, "Cal Trois", guests=1),
        come(event, "Dee Quatre"),
        come(event, "Eve Cinq"),
    )
    assert [row.state for row in (first, second, couple, alone, last)] == ["registered"] * 2 + ["waiting"] * 3
    assert len(mails(WAITS)) == 3
    now = timezone.now()
    cancel_registration(first, now=now, actor=None)
    assert mails(TAKEN_BACK) == ["ana.un@exemple.fr"]
    # One place: the couple waits on, the next one is offered it.
    assert mails(OFFERED) == ["dee.quatre@exemple.fr"]
    alone.refresh_from_db()
    assert alone.offered_until == now + timedelta(hours=5)
    # It is taken: a newcomer waits.
    assert come(event, "Fay Six").state == "waiting"
    assert move_waiting_lists(now=now + timedelta(hours=4)) == 0
    assert move_waiting_lists(now=now + timedelta(hours=6)) == 1
    assert mails(TOO_LATE) == ["dee.quatre@exemple.fr"]
    assert mails(OFFERED)[1:] == ["eve.cinq@exemple.fr"]
    last.refresh_from_db()
    late = last.offered_until + timedelta(minutes=1)
    refused(lambda: accept_place(last, now=late, actor=None), Code.LINK_EXPIRED)
    assert accept_place(last, now=now + timedelta(hours=7), actor=None).state == "registered"
    refused(lambda: accept_place(last, now=now, actor=None), Code.ILLEGAL_MOVE)
    refused(lambda: cancel_registration(first, now=now, actor=None), Code.ILLEGAL_MOVE)
    refused(lambda: cancel_registration(second, now=event.ends_at, actor=None), Code.DATE_INVALID)
    # Two places more: the couple first.
    held = Event.objects.get(pk=event.pk)
    data = data_of(held)
    change_event(held, data=replace(data, capacity=4), version=held.version, actor=None)
    couple.refresh_from_db()
    assert couple.state == "offered"


def test_an_event_that_moves_or_is_cancelled_tells_those_who_come() -> None:
    event = an_event(capacity=1)
    come(event)
    come(event, "Leo Petit")
    data = data_of(event)
    refused(
        lambda: change_event(event, data=replace(data, title=" "), version=1, actor=None),
        Code.VALUE_MISSING,
        "title",
    )
    moved = change_event(event, data=replace(data, venue="La Filature"), version=1, actor=None)
    assert (moved.revision, moved.version) == (1, 2)
    assert mails(MOVED) == ["nina.roche@exemple.fr"]
    assert "La Filature" in OutgoingEmail.objects.get(cause=MOVED).text
    stale = replace(data, venue="Ailleurs")
    refused(lambda: change_event(event, data=stale, version=1, actor=None), Code.STALE_FORM)
    refused(
        lambda: cancel_event(moved, reason=" ", now=timezone.now(), actor=None), Code.VALUE_MISSING, "reason"
    )
    gone = cancel_event(moved, reason="L’intervenante est malade.", now=timezone.now(), actor=None)
    assert gone.state == EventState.CANCELLED
    assert sorted(mails(CALLED_OFF)) == ["leo.petit@exemple.fr", "nina.roche@exemple.fr"]
    refused(lambda: publish_event(gone, now=timezone.now(), actor=None), Code.ILLEGAL_MOVE)


def test_parts_meals_prices_and_questions_are_counted_and_asked() -> None:
    event = an_event("seminaire", guests_most=1)
    begins = event.starts_at
    hour = timedelta(hours=1)
    talk = save_part(event, None, data=PartData("Voter", begins, begins + hour, capacity=1), actor=None)
    beside = save_part(event, None, data=PartData("Coopérer", begins, begins + hour), actor=None)
    after = save_part(event, None, data=PartData("Clore", begins + hour, begins + 2 * hour), actor=None)
    meal = save_option(event, None, data=OptionData("Déjeuner", OptionKind.MEAL, capacity=2), actor=None)
    fare = save_price(event, None, data=PriceData("Solidaire", quota=1), actor=None)
    members = save_price(event, None, data=PriceData("Membres", members_only=True), actor=None)
    trade = save_field(
        event,
        None,
        data=FieldData("Votre métier ?", FieldKind.CHOICE, ("Bois", "Mots"), is_required=True),
        actor=None,
    )
    # What is typed with breaks and spaces is one line, and the same name twice is refused as such.
    typed = save_price(event, None, data=PriceData(" Petit\n  budget "), actor=None)
    talk = save_part(event, talk, data=PartData("Voter\n", begins, begins + hour, capacity=1), actor=None)
    assert (typed.label, talk.title) == ("Petit budget", "Voter")
    again = PriceData("petit  budget")
    refused(lambda: save_price(event, None, data=again, actor=None), Code.DUPLICATE, "label")
    remove(typed, actor=None)
    good: dict[str, Any] = {
        "parts": (talk.pk, after.pk),
        "options": {meal.pk: 1},
        "answers": {trade.pk: "Bois"},
        "price": fare,
    }

    def bad(code: Code, field: str | None, **changes: Any) -> str:
        return refused(lambda: come(event, "Leo Petit", **(good | changes)), code, field)

    row = come(event, **good)
    assert set(row.part_seats.values_list("part", flat=True)) == {talk.pk, after.pk}
    assert row.answers.get().text == "Bois"
    other = make_user(RoleKind.ENTREPRENEUR)
    rest = {"price": members, "actor": other, "parts": ()}
    assert "en même temps" in bad(Code.VALUE_INVALID, "parts", **(rest | {"parts": (talk.pk, beside.pk)}))
    assert "Voter" in bad(Code.SLOT_TAKEN, "parts", **(rest | {"parts": (talk.pk,)}))
    bad(Code.VALUE_INVALID, "parts", **(rest | {"parts": (99999,)}))
    bad(Code.SLOT_TAKEN, "price", parts=())
    bad(Code.VALUE_MISSING, "price", price=None)
    bad(Code.NOT_ALLOWED, "price", price=members, parts=())
    bad(Code.VALUE_MISSING, f"field-{trade.pk}", **(rest | {"answers": {}}))
    bad(Code.VALUE_INVALID, f"field-{trade.pk}", **(rest | {"answers": {trade.pk: "Fer"}}))
    bad(Code.VALUE_INVALID, f"option-{meal.pk}", **(rest | {"options": {meal.pk: 2}}))
    bad(Code.SLOT_TAKEN, f"option-{meal.pk}", **(rest | {"options": {meal.pk: 2}, "guests": 1}))
    changed = change_registration(
        row, data=guest(**(good | {"parts": (beside.pk,)})), version=1, now=timezone.now(), actor=None
    )
    assert list(changed.part_seats.values_list("part", flat=True)) == [beside.pk]
    for chosen in (beside, meal, fare, trade):
        refused(lambda chosen=chosen: remove(chosen, actor=None), Code.NOT_ALLOWED)
    remove(talk, actor=None)
    assert event.parts.count() == 2


def test_a_price_is_computed_here_and_sold_by_a_place() -> None:
    event = an_event("atelier", guests_most=1)
    refused(
        lambda: save_price(event, None, data=PriceData("Plein", Decimal("20.00")), actor=None),
        Code.ACCOUNT_MISSING,
        "amount",
    )
    refused(
        lambda: save_price(event, None, data=PriceData("Plein", Decimal("-1.00")), actor=None),
        Code.AMOUNT_INVALID,
        "amount",
    )
