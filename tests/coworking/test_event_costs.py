"""The costs of a seminar: shared to the cent by people, nights or part, due, taken back (COW-33)."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.links import create_link
from coworking.calculations.sharing import by_units
from coworking.models import Charge, Event, EventCost, EventCostShare, Registration
from coworking.selectors.event_costs import borne_by, costs_of, total_of
from coworking.services.event_costs import (
    EventCostData,
    add_cost,
    remove_cost,
    share_costs,
    take_costs_back,
)
from coworking.services.event_programme import OptionData, PartData, remove, save_option, save_part
from coworking.services.events import cancel_event
from coworking.services.registrations import cancel_registration, change_registration
from coworking.states.events import REGISTRATION_LINK, CostKey, OptionKind
from coworking.states.members import ChargeState
from tests.factories.coworking_events import a_keeper, a_place, a_registration, an_event, guest
from tests.factories.coworking_members import place_that_sells
from tests.pages import client_of, text
from tests.refusals import refused

HOME = {"address_line": "1 rue Haute", "postcode": "40700", "city": "Hagetmau"}
D = Decimal


def test_a_total_is_shared_by_units_to_the_cent() -> None:
    assert by_units(D("100.00"), [1, 1, 1]) == [D("33.34"), D("33.33"), D("33.33")]
    assert by_units(D("0.05"), [3, 0, 1]) == [D("0.04"), D("0.00"), D("0.01")]
    with pytest.raises(ValueError, match="weights"):
        by_units(D(1), [0])


def seminar(**fields: Any) -> dict[str, Any]:
    """Three registered: Ana with a guest and two nights, Ben for the workshop, Cal without address."""
    event = an_event("seminaire", guests_most=1, **fields)
    begins = event.starts_at
    part = save_part(event, None, data=PartData("Voter", begins, begins + timedelta(hours=1)), actor=None)
    night = save_option(event, None, data=OptionData("Gîte", OptionKind.LODGING), actor=None)
    return {
        "event": event,
        "part": part,
        "ana": a_registration(event, "Ana Un", guests=1, options={night.pk: 2}, **HOME),
        "ben": a_registration(event, "Ben Deux", parts=(part.pk,), options={night.pk: 1}, **HOME),
        "cal": a_registration(event, "Cal Trois"),
    }


def parts(event: Event) -> dict[str, list[tuple[str, int, Decimal]]]:
    return {
        one.cost.label: [(line.registration.first_name, line.units, line.amount) for line in one.lines]
        for one in costs_of(event)
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_costs_follow_who_comes_then_are_due_and_taken_back() -> None:
    made = seminar(place=place_that_sells())
    event, part, cal = made["event"], made["part"], made["cal"]
    add_cost(event, data=EventCostData("Repas", D("100.00"), paid_by=" Claire "), actor=None)
    add_cost(event, data=EventCostData("Gîte", D("50.00"), CostKey.NIGHTS), actor=None)
    add_cost(event, data=EventCostData("Atelier", D("30.00"), CostKey.PART, part), actor=None)
    assert parts(event) == {
        "Repas": [("Ben", 1, D("25.00")), ("Cal", 1, D("25.00")), ("Ana", 2, D("50.00"))],
        "Gîte": [("Ben", 1, D("16.67")), ("Ana", 2, D("33.33"))],
        "Atelier": [("Ben", 1, D("30.00"))],
    }
    assert total_of(borne_by(made["ben"])) == D("71.67")
    with refused(Code.NOT_ALLOWED, said="Des frais"):
        remove(part, actor=None)
    with refused(Code.VALUE_MISSING, said="Cal Trois"):
        share_costs(event, actor=None)
    # The form of the registration asks for the address since there are costs.
    keeper = a_keeper()
    page = client_of(keeper).get(reverse("coworking:registration_change", args=[cal.pk]))
    assert "Adresse à écrire sur la facture" in text(page)
    change_registration(
        cal, data=guest("Cal Trois", **HOME), version=cal.version, now=timezone.now(), actor=None
    )
    url = reverse("coworking:event_costs", args=[event.pk])
    assert "payée par Claire" in text(client_of(keeper).get(url))
    act = reverse("coworking:event_cost_act", args=[event.pk])
    answer = client_of(keeper).post(act, {"do": "share"}, follow=True)
    assert "Frais répartis" in text(answer)
    charges = Charge.objects.all()
    assert sum(one.amount for one in charges) == D("180.00")
    assert {(one.kind, one.state) for one in charges} == {("event", ChargeState.DUE)}
    ben = charges.get(label__startswith="Gîte", amount=D("16.67"))
    assert ben.working == "50,00\u00a0€ répartis, par nuit réservée\u00a0: 1"
    # Shared, they no longer follow who comes; a second act shares nothing twice.
    cancel_registration(Registration.objects.get(pk=cal.pk), now=timezone.now(), actor=None)
    assert len(parts(event)["Repas"]) == 3
    with refused(Code.ALREADY_DONE):
        share_costs(event, actor=None)
    first = EventCost.objects.get(label="Repas")
    with refused(Code.NOT_ALLOWED):
        remove_cost(first, actor=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        EventCostShare.objects.filter(cost=first).update(amount=D(1))
    _link, token = create_link(
        made["ben"], purpose=REGISTRATION_LINK, ends_at=timezone.now() + timedelta(days=1), actor=None
    )
    own = text(Client().get(reverse("coworking:registration", args=[token])))
    assert "Ma part des frais" in own
    assert "71,67" in own
    assert "Répartition reprise" in text(client_of(keeper).post(act, {"do": "take_back"}, follow=True))
    assert set(Charge.objects.values_list("state", flat=True)) == {ChargeState.WAIVED}
    assert [name for name, _units, _amount in parts(event)["Repas"]] == ["Ben", "Ana"]
    assert "Dépense retirée" in text(client_of(keeper).post(act, {"do": str(first.pk)}, follow=True))
    assert share_costs(event, actor=None) == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_what_cannot_be_noted_or_shared_changes_nothing() -> None:
    made = seminar(place=place_that_sells())
    event, elsewhere = made["event"], seminar()
    add_cost(event, data=EventCostData("Repas", D(9)), actor=None)
    wrong = (
        (EventCostData(" ", D(1)), Code.VALUE_MISSING, "label"),
        (EventCostData("repas", D(1)), Code.DUPLICATE, "label"),
        (EventCostData("Car", D(0)), Code.AMOUNT_INVALID, "amount"),
        (EventCostData("Car", D(1), "x"), Code.VALUE_INVALID, "key"),
        (EventCostData("Car", D(1), CostKey.PART), Code.VALUE_MISSING, "part"),
        (EventCostData("Car", D(1), CostKey.PART, elsewhere["part"]), Code.VALUE_MISSING, "part"),
        (EventCostData("Car", D(1), paid_by="x" * 161), Code.TEXT_TOO_LONG, "paid_by"),
    )
    for data, code, field in wrong:
        with refused(code, field):
            add_cost(event, data=data, actor=None)
    with refused(Code.ALREADY_DONE):
        take_costs_back(event, actor=None)
    with refused(Code.ALREADY_DONE):
        share_costs(elsewhere["event"], actor=None)
    add_cost(elsewhere["event"], data=EventCostData("Repas", D(9)), actor=None)
    with refused(Code.ACCOUNT_MISSING):
        share_costs(elsewhere["event"], actor=None)
    alone = an_event("seminaire", place=event.place)
    add_cost(alone, data=EventCostData("Salle", D(9)), actor=None)
    with refused(Code.VALUE_MISSING, said="Salle"):
        share_costs(alone, actor=None)
    alone = cancel_event(alone, reason="Neige", now=timezone.now(), actor=None)
    with refused(Code.ILLEGAL_MOVE):
        share_costs(alone, actor=None)
    keeper = a_keeper(a_place())
    assert client_of(keeper).get(reverse("coworking:event_costs", args=[event.pk])).status_code == 403
    form = client_of(a_keeper()).post(
        reverse("coworking:event_cost_add", args=[event.pk]), {"label": "Car", "amount": "12", "key": "part"}
    )
    assert form.status_code == 422
    assert "Choisissez la partie concernée." in text(form)
