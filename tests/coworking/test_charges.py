"""Who pays a place, and what is due to it (COW-13, COW-15)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import Code, IllegalMove, Refused
from coworking.models import Charge, Payer
from coworking.services.charges import hold_charge, make_charge, release_charge, waive_charge
from coworking.services.payers import (
    payer_of_activity,
    payer_of_customer,
    payer_of_organisation,
    payer_of_person,
)
from coworking.states.members import ChargeKind, ChargeState
from invoicing.models import Customer
from people.states import OrganisationKind
from tests.factories.coworking_members import HOME, neighbour, owed, place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import SIRENS, firm
from tests.factories.people import OrganisationFactory, make_person

pytestmark = pytest.mark.django_db


def test_a_payer_is_made_once_of_whoever_pays() -> None:
    place = place_that_sells()
    activity, person = make_activity(), neighbour()
    firm_of_siren = OrganisationFactory.create(siren=SIRENS[0], **HOME)
    city = OrganisationFactory.create(kind=OrganisationKind.PUBLIC_BODY, siren=SIRENS[1], **HOME)
    for _again in range(2):
        assert payer_of_activity(place, activity, actor=None).is_inside
        of_person = payer_of_person(place, person, actor=None)
        of_firm = payer_of_organisation(place, firm_of_siren, actor=None)
        of_city = payer_of_organisation(place, city, actor=None)
    assert Payer.objects.count() == 4
    assert Customer.objects.filter(activity=place.activity).count() == 3
    assert of_person.customer is not None
    assert of_person.customer.is_private_person
    assert of_firm.customer is not None
    assert (of_firm.customer.organisation, of_firm.customer.siren) == (firm_of_siren, SIRENS[0])
    assert of_city.customer is not None
    assert of_city.customer.kind == "public_body"
    # A customer that the place already had is the one; merged, the record that was kept.
    other = firm(place.activity, siren=SIRENS[2])  # type: ignore[arg-type]
    assert payer_of_organisation(place, other.organisation, actor=None).customer == other  # type: ignore[arg-type]
    Customer.objects.filter(pk=of_city.customer.pk).update(merged_into=other, archived_at=other.created_at)
    of_city.customer.refresh_from_db()
    assert payer_of_customer(place, of_city.customer, actor=None).customer == other


def test_who_cannot_pay_is_told_why_and_nothing_is_made() -> None:
    place, silent = place_that_sells(), place_that_sells(activity=None)
    stranger = firm(make_activity())
    for ask, code in (
        (lambda: payer_of_person(silent, neighbour(), actor=None), Code.NOT_ALLOWED),
        (lambda: payer_of_activity(silent, make_activity(), actor=None), Code.NOT_ALLOWED),
        (lambda: payer_of_activity(place, place.activity, actor=None), Code.VALUE_INVALID),  # type: ignore[arg-type]
        (lambda: payer_of_person(place, make_person(), actor=None), Code.VALUE_MISSING),
        (lambda: payer_of_organisation(place, OrganisationFactory.create(), actor=None), Code.VALUE_MISSING),
        (lambda: payer_of_customer(place, stranger, actor=None), Code.VALUE_INVALID),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == code
    assert not Payer.objects.exists()
    assert not Customer.objects.filter(activity=place.activity).exists()


def test_a_charge_is_held_released_and_given_up_for_a_reason() -> None:
    place = place_that_sells()
    charge = owed(payer_of_person(place, neighbour(), actor=None))
    assert (charge.state, charge.amount, charge.scope_id) == (
        ChargeState.DUE,
        Decimal("12.00"),
        place.scope_id,
    )
    with pytest.raises(Refused) as refused:
        hold_charge(charge, reason=" ", actor=None)
    assert refused.value.field == "reason"
    charge = hold_charge(charge, reason="Montant à vérifier", actor=None)
    assert (charge.state, charge.reason) == (ChargeState.HELD, "Montant à vérifier")
    charge = release_charge(charge, actor=None)
    assert (charge.state, charge.reason) == (ChargeState.DUE, "")
    with pytest.raises(IllegalMove):
        release_charge(charge, actor=None)
    with pytest.raises(Refused):
        waive_charge(charge, reason="", actor=None)
    assert waive_charge(charge, reason="Geste pour la panne", actor=None).state == ChargeState.WAIVED
    with pytest.raises(IllegalMove):
        hold_charge(charge, reason="Trop tard", actor=None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"label": "  "}, "label"),
        ({"label": "x" * 201}, "label"),
        ({"amount": Decimal(0)}, "amount"),
        ({"kind": "gift"}, "kind"),
        ({"vat_code": "none"}, "vat_code"),
    ],
)
def test_a_charge_that_says_nothing_is_refused(wrong: dict[str, Any], field: str) -> None:
    payer = payer_of_person(place_that_sells(), neighbour(), actor=None)
    right: dict[str, Any] = {"kind": ChargeKind.OTHER, "label": "Impressions", "amount": Decimal(3)}
    with pytest.raises(Refused) as refused:
        make_charge(payer, day=date(2026, 3, 1), actor=None, **right | wrong)
    assert refused.value.field == field
    assert not Charge.objects.exists()
