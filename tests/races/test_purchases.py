"""Two hands on one purchase, one document, one bank account, one order at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from accounting.models import Entry, PaymentOrder
from accounting.selectors.accounts import section_of
from cae.core.errors import Code, Refused
from invoicing.models import Purchase, PurchaseOrder, SupplierBank
from invoicing.services.purchase_inputs import CallBack, KeyContent, OrderContent, SupplierContent
from invoicing.services.purchase_moves import approve_purchase
from invoicing.services.purchase_orders import approve_order, create_order
from invoicing.services.purchase_payments import order_payment
from invoicing.services.purchases import create_purchase
from invoicing.services.split_keys import create_key
from invoicing.services.supplier_banks import confirm_bank
from invoicing.services.suppliers import create_supplier
from invoicing.states.purchases import SplitKind
from tests.factories import invoicing_purchases as make
from tests.factories.entrepreneurs import make_activity
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
HANDS = 4


def codes(results: list[object]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_a_purchase_is_posted_once(race: Race) -> None:
    purchase, who = make.make_checking(make_activity()), make.accountant()
    act = partial(approve_purchase, purchase, actor=who, at=timezone.now())
    assert codes(race([act] * HANDS)) == [Code.ILLEGAL_MOVE] * (HANDS - 1)
    assert Entry.objects.count() == 1


def test_a_purchase_is_ordered_once(race: Race) -> None:
    purchase, who = make.make_approved(make_activity()), make.accountant()
    make.make_bank(purchase.supplier)
    results = race([partial(order_payment, purchase, actor=who)] * HANDS)
    assert codes(results) == [Code.ILLEGAL_MOVE] * (HANDS - 1)
    assert PaymentOrder.objects.count() == 1


def test_one_document_is_entered_once(race: Race) -> None:
    supplier = make.make_supplier()
    content = make.content(supplier, activity=make_activity())

    def enter() -> Purchase:
        return create_purchase(content=content, form_key=uuid.uuid4(), actor=None, today=timezone.localdate())

    assert codes(race([enter] * HANDS)) == [Code.DUPLICATE] * (HANDS - 1)
    assert Purchase.objects.count() == 1


def _entered(key: uuid.UUID) -> Callable[[], Any]:
    content = make.content(make.make_supplier(), activity=make_activity())
    return partial(create_purchase, content=content, form_key=key, actor=None, today=timezone.localdate())


def _supplied(key: uuid.UUID) -> Callable[[], Any]:
    content = SupplierContent(name="Imprimerie du Port", siren="552032534")
    return partial(create_supplier, content=content, form_key=key, actor=None)


def _ordered(key: uuid.UUID) -> Callable[[], Any]:
    content = OrderContent(supplier=make.make_supplier(), purpose="Bois", lines=(make.order_line(),))
    on = timezone.localdate()
    return partial(create_order, make_activity(), content=content, form_key=key, actor=None, on=on)


def _shared(key: uuid.UUID) -> Callable[[], Any]:
    content = KeyContent(
        name="Loyer", kind=SplitKind.PEOPLE, weights=((section_of(make_activity()), Decimal(1)),)
    )
    return partial(create_key, content=content, form_key=key, starts_on=timezone.localdate(), actor=None)


@pytest.mark.parametrize("form", [_entered, _supplied, _ordered, _shared])
def test_a_form_sent_twice_at_once_makes_one_row(
    race: Race, form: Callable[[uuid.UUID], Callable[[], Any]]
) -> None:
    made = race([form(uuid.uuid4())] * HANDS)
    assert [type(one) for one in made if isinstance(one, Exception)] == []
    assert len({one.pk for one in made}) == 1


def test_bank_details_are_decided_once(race: Race) -> None:
    bank = make.make_bank(make.make_supplier(), confirmed=False)
    call = CallBack(whom="Zoé", number="0556000000", on=timezone.localdate())
    hands = [make.accountant() for _ in range(HANDS)]
    acts = [partial(confirm_bank, bank, call=call, actor=who, at=timezone.now()) for who in hands]
    assert codes(race(acts)) == [Code.ALREADY_DONE] * (HANDS - 1)
    assert SupplierBank.objects.get().decided_by in hands


def test_orders_are_numbered_without_gap(race: Race) -> None:
    activity, supplier, who = make_activity(), make.make_supplier(), make.accountant()
    drafts = [make.make_purchase_order(activity, supplier=supplier) for _ in range(HANDS)]
    race([partial(approve_order, one, on=timezone.localdate(), actor=who) for one in drafts])
    numbers = sorted(PurchaseOrder.objects.values_list("number", flat=True))
    year = timezone.localdate().year
    assert numbers == [f"BC{year}-{rank:04d}" for rank in range(1, HANDS + 1)]
