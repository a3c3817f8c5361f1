"""What the pages hand to the services: typed contents, with nothing that the server computes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from entrepreneurs.models import Activity
from entrepreneurs.states.trades import Unit
from invoicing.calculations.totals import PricedLine
from invoicing.models import (
    CatalogueItem,
    Customer,
    DisbursementProof,
    InvoiceDisbursement,
    InvoiceLine,
    Mention,
    VatRate,
)
from invoicing.states.parts import Billing, InstalmentKind
from invoicing.states.sales import CustomerKind, DocumentLanguage, MentionNote, MentionPlace, SaleNature


@dataclass(frozen=True)
class CustomerContent:
    name: str
    kind: str = CustomerKind.FIRM
    siren: str = ""
    siret: str = ""
    vat_number: str = ""
    contact_name: str = ""
    email: str = ""
    phone: str = ""
    address_line: str = ""
    address_line2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    electronic_address: str = ""
    purchase_order_required: bool = False
    service_code: str = ""
    language: str = DocumentLanguage.FRENCH
    payment_days: int | None = None
    payment_end_of_month: bool = False
    delivery_address: str = ""
    note: str = ""


@dataclass(frozen=True)
class ContactContent:
    name: str
    function: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ItemContent:
    """An item of the catalogue; `vat_code` names a rate through its successive values."""

    label: str
    unit_price: Decimal
    vat_code: str
    reference: str = ""
    category: str = ""
    description: str = ""
    unit: str = Unit.ONE
    price_includes_tax: bool = False
    nature: str = SaleNature.SERVICES
    cost: Decimal | None = None


@dataclass(frozen=True)
class LineContent:
    label: str
    quantity: Decimal
    unit_price: Decimal
    vat_rate: VatRate
    unit: str = Unit.ONE
    nature: str = SaleNature.SERVICES
    description: str = ""
    discount_rate: Decimal | None = None
    discount_amount: Decimal | None = None
    # Opens a group, which lasts until the next title.
    group_title: str = ""
    # Of a quote only: the customer chooses it or not.
    optional: bool = False
    # Of a quote only: this line opens a variant of this choice; `optional`: not the one proposed.
    choice: str = ""
    item: CatalogueItem | None = None
    # Of a quote shared line by line: the key of the activity that does it.
    borne_by: int | None = None

    def priced(self) -> PricedLine:
        return PricedLine(
            quantity=self.quantity,
            unit_price=self.unit_price,
            category=self.vat_rate.category,
            rate=self.vat_rate.rate,
            discount_rate=self.discount_rate,
            discount_amount=self.discount_amount,
            optional=self.optional,
        )


@dataclass(frozen=True)
class InstalmentContent:
    """A line of a schedule: a share of the quote, an amount with tax, or neither: an equal part."""

    kind: str = InstalmentKind.INTERIM
    label: str = ""
    rate: Decimal | None = None
    amount: Decimal | None = None
    on: date | None = None


@dataclass(frozen=True)
class ScheduleContent:
    """How a quote is meant to be invoiced; `retention_rate` empty: the usual rate."""

    billing: str = Billing.ONCE
    deposit_at_once: bool = False
    retention_rate: Decimal | None = None
    instalments: tuple[InstalmentContent, ...] = ()


@dataclass(frozen=True)
class DisbursementContent:
    """What was paid in the name of the customer. `proof`: of an invoice, at the latest when it is issued."""

    label: str
    amount: Decimal
    proof: DisbursementProof | None = None


@dataclass(frozen=True)
class DraftContent:
    """A quote or an invoice as typed. `vat_due_on` empty: derived from what is sold and from the option of
    the cooperative."""

    customer: Customer
    lines: tuple[LineContent, ...] = ()
    purpose: str = ""
    order_reference: str = ""
    vat_due_on: str = ""
    discount_rate: Decimal | None = None
    discount_amount: Decimal | None = None
    internal_note: str = ""
    mentions: tuple[Mention, ...] = ()
    disbursements: tuple[DisbursementContent, ...] = ()
    # Of an invoice.
    delivered_on: date | None = None
    due_on: date | None = None
    # Of a quote.
    valid_until: date | None = None
    starts_on: date | None = None
    payment_days: int | None = None
    schedule: ScheduleContent = ScheduleContent()


@dataclass(frozen=True)
class PartContent:
    """What the draft of a part of a quote may say of itself: its amounts come from the quote."""

    purpose: str = ""
    order_reference: str = ""
    internal_note: str = ""
    due_on: date | None = None
    delivered_on: date | None = None


@dataclass(frozen=True)
class LineCredit:
    """A line of an issued invoice, and how many of its units are taken back."""

    line: InvoiceLine
    quantity: Decimal


@dataclass(frozen=True)
class DisbursementCredit:
    """A disbursement of an issued invoice, and how much of it is given back."""

    row: InvoiceDisbursement
    amount: Decimal


@dataclass(frozen=True)
class LookContent:
    """How the documents of an activity look, its logo apart."""

    colour: str
    layout: str
    photos: bool = False
    header: str = ""
    footer: str = ""
    terms_of_sale: str = ""


@dataclass(frozen=True)
class MentionContent:
    """A notice of the library: its words, and when it applies; what is left empty holds always."""

    title: str
    text: str
    source: str = ""
    place: str = MentionPlace.BOTH
    trade: str = ""
    nature: str = ""
    vat_category: str = ""
    vat_code: str = ""
    audience: str = ""
    on_debits: bool = False
    note: str = MentionNote.GENERAL
    compulsory: bool = True
    activity: Activity | None = None
    to_confirm: bool = False
