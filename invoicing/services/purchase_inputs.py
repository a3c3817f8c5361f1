"""What forms, readings and tests give to the services of suppliers and purchases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.models import Account, AnalyticAccount, Fund
from entrepreneurs.models import Activity
from entrepreneurs.states.trades import Unit
from invoicing.models import PurchaseOrder, PurchaseOrderLine, Quote, SplitKey, Supplier
from invoicing.states.purchases import EURO, PurchaseKind, SplitKind
from people.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierContent:
    name: str
    siren: str = ""
    vat_number: str = ""
    email: str = ""
    phone: str = ""
    address_line: str = ""
    address_line2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    payment_days: int | None = None
    payment_end_of_month: bool = False
    account: Account | None = None
    vat_rate: Decimal = Decimal("0.2000")
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBack:
    """Who was called before bank details were confirmed, at a number known before, and when."""

    whom: str
    number: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLineContent:
    label: str
    net: Decimal
    rate: Decimal
    quantity: Decimal | None = None
    account: Account | None = None
    recovery: Decimal = Decimal(1)
    section: AnalyticAccount | None = None
    order_line: PurchaseOrderLine | None = None
    fund: Fund | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseContent:
    """`tax` is the VAT as printed, nothing when it is that of the lines; `gross` the total as printed."""

    supplier: Supplier
    number: str
    on: date
    lines: tuple[PurchaseLineContent, ...]
    gross: Decimal
    tax: Decimal | None = None
    kind: str = PurchaseKind.INVOICE
    activity: Activity | None = None
    due_on: date | None = None
    received_on: date | None = None
    purpose: str = ""
    currency: str = EURO
    currency_note: str = ""
    order: PurchaseOrder | None = None
    advanced_by: Person | None = None
    split_key: SplitKey | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLineContent:
    label: str
    quantity: Decimal
    unit_price: Decimal
    rate: Decimal
    unit: str = Unit.ONE
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderContent:
    supplier: Supplier
    purpose: str
    lines: tuple[OrderLineContent, ...]
    quote: Quote | None = None
    wanted_on: date | None = None
    delivery_address: str = ""
    message: str = ""
    internal_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyContent:
    name: str
    kind: str = SplitKind.AREA
    note: str = ""
    weights: tuple[tuple[AnalyticAccount, Decimal], ...] = ()
