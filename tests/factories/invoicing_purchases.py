"""Suppliers, purchases and orders in every state, made through the services."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounting.models import Account, AnalyticAccount
from accounting.selectors.accounts import section_of, shared_section
from entrepreneurs.models import Activity
from invoicing.models import Purchase, PurchaseOrder, SplitKey, Supplier, SupplierBank
from invoicing.services.purchase_inputs import (
    CallBack,
    KeyContent,
    OrderContent,
    OrderLineContent,
    PurchaseContent,
    PurchaseLineContent,
    SupplierContent,
)
from invoicing.services.purchase_moves import approve_purchase, take_purchase
from invoicing.services.purchase_orders import approve_order, create_order
from invoicing.services.purchase_payments import order_payment
from invoicing.services.purchases import create_purchase
from invoicing.services.split_keys import create_key
from invoicing.services.supplier_banks import confirm_bank, propose_bank
from invoicing.services.suppliers import create_supplier
from people.models import User
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

D = Decimal
SIRENS = ("443061841", "732829320", "552100554", "542051180")
# From the examples of the register of IBANs.
IBAN, OTHER_IBAN = "FR7630006000011234567890189", "DE89370400440532013000"


def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def account(number: str = "604000") -> Account:
    return Account.objects.get(number=number)


def make_supplier(name: str = "Imprimerie du Port", *, accepted: bool = True, **details: Any) -> Supplier:
    """A supplier that the accountant knows, unless said otherwise."""
    make_cooperative()
    known = accountant() if accepted else None
    content = SupplierContent(**{"name": name, "account": account(), "email": "port@exemple.fr"} | details)
    return create_supplier(
        content=content, form_key=uuid.uuid4(), actor=known, accepted_at=timezone.now() if accepted else None
    )


def make_bank(supplier: Supplier, iban: str = IBAN, *, confirmed: bool = True) -> SupplierBank:
    """Bank details that one accountant proposed and another confirmed."""
    bank = propose_bank(supplier, iban=iban, actor=accountant(), at=timezone.now())
    if not confirmed:
        return bank
    call = CallBack(whom="Zoé Martin", number="05 56 00 00 00", on=timezone.localdate())
    return confirm_bank(bank, call=call, actor=accountant(), at=timezone.now())


def line(net: str = "100.00", rate: str = "0.2000", **details: Any) -> PurchaseLineContent:
    values: dict[str, Any] = {"label": "Papier", "account": account()} | details
    return PurchaseLineContent(net=D(net), rate=D(rate), **values)


def content(supplier: Supplier, *lines: PurchaseLineContent, **details: Any) -> PurchaseContent:
    """A purchase whose printed total is that of its lines, unless `gross` says otherwise."""
    lines = lines or (line(),)
    found = sum((one.net + (one.net * one.rate).quantize(D("0.01")) for one in lines), D("0.00"))
    values: dict[str, Any] = {"number": "FA-1", "on": timezone.localdate(), "gross": found}
    return PurchaseContent(supplier=supplier, lines=lines, **values | details)


def make_purchase(
    activity: Activity | None = None,
    *lines: PurchaseLineContent,
    supplier: Supplier | None = None,
    actor: Any = None,
    file: tuple[str, bytes] | None = None,
    **details: Any,
) -> Purchase:
    """A purchase just received."""
    supplier = supplier or make_supplier()
    return create_purchase(
        content=content(supplier, *lines, activity=activity, **details),
        form_key=uuid.uuid4(),
        actor=actor,
        today=timezone.localdate(),
        file=file,
    )


def make_checking(activity: Activity | None = None, *lines: PurchaseLineContent, **details: Any) -> Purchase:
    """A purchase that its activity said to be for it."""
    purchase = make_purchase(activity, *lines, **details)
    return take_purchase(purchase, actor=accountant(), at=timezone.now())


def make_approved(activity: Activity | None = None, *lines: PurchaseLineContent, **details: Any) -> Purchase:
    """A purchase posted."""
    purchase = make_checking(activity, *lines, **details)
    return approve_purchase(purchase, actor=accountant(), at=timezone.now(), looked=True)


def make_ordered(activity: Activity | None = None, *lines: PurchaseLineContent, **details: Any) -> Purchase:
    """A purchase whose payment orders are planned."""
    purchase = make_approved(activity, *lines, **details)
    if not purchase.supplier.banks.exists():
        make_bank(purchase.supplier)
    return order_payment(purchase, actor=accountant())


def make_key(
    *weights: tuple[AnalyticAccount, str], starts_on: date | None = None, **details: Any
) -> SplitKey:
    values: dict[str, Any] = {"name": f"Loyer {uuid.uuid4().hex[:6]}"} | details
    return create_key(
        content=KeyContent(weights=tuple((section, D(weight)) for section, weight in weights), **values),
        form_key=uuid.uuid4(),
        starts_on=starts_on or timezone.localdate() - timedelta(days=400),
        actor=accountant(),
    )


def order_line(quantity: str = "10", price: str = "12.50", **details: Any) -> OrderLineContent:
    values: dict[str, Any] = {"label": "Planches", "rate": D("0.2000")} | details
    return OrderLineContent(quantity=D(quantity), unit_price=D(price), **values)


def make_purchase_order(
    activity: Activity, *lines: OrderLineContent, supplier: Supplier | None = None, **details: Any
) -> PurchaseOrder:
    """A draft order."""
    values: dict[str, Any] = {"purpose": "Bois pour le salon"} | details
    return create_order(
        activity,
        content=OrderContent(supplier=supplier or make_supplier(), lines=lines or (order_line(),), **values),
        form_key=uuid.uuid4(),
        actor=None,
        on=timezone.localdate(),
    )


def make_approved_order(activity: Activity, *lines: OrderLineContent, **details: Any) -> PurchaseOrder:
    order = make_purchase_order(activity, *lines, **details)
    return approve_order(order, on=timezone.localdate(), actor=accountant())


def bought_by(activity: Activity) -> dict[str, Any]:
    """What the walk visits: suppliers, purchases and orders in each state, a key."""
    supplier, other = make_supplier(), make_supplier("Papeterie Neuve", siren=SIRENS[1])
    make_bank(supplier)
    received = make_purchase(activity, supplier=supplier, purpose="Cartes de visite")
    approved = make_approved(activity, line("240.00"), supplier=supplier, number="FA-3")
    key = make_key((section_of(activity), "2"), (shared_section(), "1"))
    return {
        "supplier": other,
        "other_supplier": supplier,
        "waiting_bank": make_bank(other, OTHER_IBAN, confirmed=False),
        "received_purchase": received,
        "doubtful_purchase": make_checking(activity, supplier=supplier, number="FA-2"),
        "approved_purchase": approved,
        "ordered_purchase": make_ordered(
            None, line("90.00"), supplier=supplier, number="FA-4", split_key=key
        ),
        "credit_note": make_approved(
            activity, line("30.00"), supplier=supplier, number="AV-1", kind="credit_note"
        ),
        "draft_order": make_purchase_order(activity, supplier=supplier),
        "numbered_order": make_approved_order(activity, supplier=supplier),
        "split_key": key,
    }


def typed(supplier: Supplier, activity: Any = None, **changes: Any) -> dict[str, Any]:
    """What the page of a purchase sends."""
    found = {
        "kind": "invoice",
        "supplier": supplier.pk,
        "number": "FA-77",
        "on": timezone.localdate().isoformat(),
        "gross": "120,00",
        "currency": "EUR",
        "activity": activity.pk if activity else "",
        "form_key": str(uuid.uuid4()),
        "lines-TOTAL_FORMS": "2",
        "lines-INITIAL_FORMS": "0",
        "lines-0-label": "Papier",
        "lines-0-net": "100,00",
        "lines-0-rate": "20",
        "lines-1-rate": "20",
        "lines-1-recovery": "100",
    }
    return found | changes
