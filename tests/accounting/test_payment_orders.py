"""Payment orders: planned once a source, held while cash is low, let go with a reason (INV-57)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounting.calculations.payment_orders import Beneficiary
from accounting.models import PaymentOrder
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.payments import holds_of
from accounting.services.payment_orders import clear_hold, plan_payment, withdraw_payment
from accounting.states.books import AccountRole
from accounting.states.payments import OrderState
from cae.core.errors import Code
from people.states import RoleKind
from tests.accounting.paying import refused
from tests.factories.entrepreneurs import make_activity
from tests.factories.payments import (
    IBAN,
    OTHER_IBAN,
    TODAY,
    make_batch,
    make_cash,
    make_order,
)
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db

_NAMES = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


# Planning


def test_a_planned_payment_keeps_what_the_bank_will_print() -> None:
    order = make_order(
        name="Zoé « L’Œuvre » Dupré",
        label="Note de frais n° 12 — février",
        iban="FR76 3000 6000 0112 3456 7890 189",
    )
    assert order.name == "Zoe L'OEuvre Dupre"
    assert order.label == "Note de frais no 12 - fevrier"
    assert (order.iban, order.bic, order.state) == (IBAN, "AGRIFRPPXXX", OrderState.PLANNED)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"iban": "FR7630006000011234567890188"}, Code.VALUE_INVALID, "iban"),
        ({"iban": "SA0380000000608010167519"}, Code.VALUE_INVALID, "iban"),
        ({"iban": ""}, Code.VALUE_INVALID, "iban"),
        ({"name": " ! "}, Code.VALUE_MISSING, "name"),
        ({"label": "«»"}, Code.VALUE_MISSING, "label"),
        ({"amount": "0.00"}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": "-3.00"}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": "3.005"}, Code.AMOUNT_INVALID, "amount"),
    ],
)
def test_a_wrong_payment_is_refused_at_its_field(changes: dict[str, str], code: Code, field: str) -> None:
    refused(code, lambda: make_order(**changes), field=field)  # type: ignore[arg-type]


def test_a_source_is_never_paid_twice_unless_the_first_order_was_withdrawn() -> None:
    source = make_person()
    first = make_order(source=source)
    refused(Code.DUPLICATE, lambda: make_order(source=source))
    withdraw_payment(first, reason="la note était fausse", actor=None)
    assert make_order(source=source).state == OrderState.PLANNED
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentOrder.objects.create(
            name="A",
            iban=IBAN,
            amount=1,
            section=shared_section(),
            account=AccountRole.CLAIMANT,
            label="B",
            due_on=TODAY,
            source=source,
        )


def test_the_database_keeps_where_the_money_goes_and_how_much() -> None:
    order = make_order()
    for change in ({"iban": OTHER_IBAN}, {"name": "Un autre"}, {"amount": Decimal(9)}, {"account": "bank"}):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            PaymentOrder.objects.filter(pk=order.pk).update(**change)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        order.delete()


# Cash


def test_an_order_is_held_while_its_activity_has_not_the_cash() -> None:
    section = section_of(make_activity())
    make_cash(section, "150.00")
    first, large, small = (
        make_order("100.00", section=section),
        make_order("60.00", section=section, due_on=TODAY + timedelta(days=1)),
        make_order("50.00", section=section, due_on=TODAY + timedelta(days=2)),
    )
    held = holds_of([first, large, small], TODAY)
    assert {key: hold.left for key, hold in held.items()} == {large.pk: Decimal("50.00")}
    refusal = refused(Code.AMOUNT_ABOVE_DUE, lambda: make_batch(first, large), field="orders")
    assert "50,00" in str(refusal)
    assert make_batch(first, small).total == Decimal("150.00")
    # What is on its way is no longer there to be spent.
    assert holds_of([large], TODAY)[large.pk].left == Decimal("0.00")


def test_the_shared_services_are_never_held() -> None:
    assert holds_of([make_order("90000.00")], TODAY) == {}


def test_a_hold_is_lifted_with_a_reason_which_stays() -> None:
    section = section_of(make_activity())
    order, user = make_order(section=section), make_user(RoleKind.ACCOUNTANT)
    refused(Code.VALUE_MISSING, lambda: clear_hold(order, reason=" ", actor=user), field="reason")
    cleared = clear_hold(order, reason="encaissement attendu demain", actor=user)
    assert (cleared.cleared_reason, cleared.cleared_by) == ("encaissement attendu demain", user)
    refused(Code.ALREADY_DONE, lambda: clear_hold(order, reason="encore", actor=user))
    batch = make_batch(order)
    refused(Code.ILLEGAL_MOVE, lambda: clear_hold(order, reason="encore", actor=user))
    assert batch.count == 1
    shared = make_order("1.00")
    refused(Code.VALUE_INVALID, lambda: clear_hold(shared, reason="par prudence", actor=user))


def test_a_planned_payment_is_locked_by_its_source() -> None:
    """A source that is gone pays nothing."""
    person = make_person()
    person.delete()
    with pytest.raises(type(person).DoesNotExist):
        plan_payment(
            Beneficiary("A", IBAN),
            amount=Decimal(1),
            section=shared_section(),
            account=AccountRole.CLAIMANT,
            label="B",
            due_on=TODAY,
            source=person,
            actor=None,
        )
