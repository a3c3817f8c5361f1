"""The e-invoice as typed values, one field per business term (BT) of EN 16931; frozen into `Invoice.facts`.

Amounts are `Decimal`; every rate is a percentage as printed (`Decimal("5.50")` is 5.5 %), because
that is how BT-119, BT-138 and BT-152 are written. An empty string means that the term is absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from invoicing.engines.records import from_plain, to_plain

FACTS_VERSION = 1

# The gate judges the XML before a number exists; this one obeys BR-FR-01 and BR-FR-02.
PROVISIONAL_NUMBER = "PROVISOIRE"

# Scheme of the French directory of electronic addresses, and of plain e-mail.
SCHEME_FRENCH_ROUTING = "0225"
SCHEME_EMAIL = "EM"


class DocumentKind(StrEnum):
    """BT-3, UNTDID 1001."""

    INVOICE = "380"
    CREDIT_NOTE = "381"
    DEPOSIT = "386"
    DEPOSIT_CREDIT = "503"  # a credit note on a deposit
    QUOTE = "310"  # printed only, as a proforma is: no e-invoice is made of either
    PROFORMA = "325"


class Process(StrEnum):
    """BT-23, billing mode (cadre de facturation) of the French rules."""

    GOODS = "B1"
    SERVICES = "S1"
    BOTH = "M1"
    GOODS_PAID = "B2"
    SERVICES_PAID = "S2"
    BOTH_PAID = "M2"
    GOODS_FINAL = "B4"  # a deposit is taken off
    SERVICES_FINAL = "S4"
    BOTH_FINAL = "M4"


class Treatment(StrEnum):
    """Note BAR: which French circuit the document belongs to."""

    B2B = "B2B"
    B2B_INTERNATIONAL = "B2BINT"
    B2C = "B2C"
    OUT_OF_SCOPE = "OUTOFSCOPE"
    ARCHIVE_ONLY = "ARCHIVEONLY"


class VatCategory(StrEnum):
    """BT-118 and BT-151, UNTDID 5305."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    INTRA_COMMUNITY = "K"
    EXPORT = "G"


class VatDue(StrEnum):
    """BT-8 in the words of the builder: what makes the VAT due."""

    INVOICE = "invoice"
    DELIVERY = "delivery"
    PAYMENT = "payment"


class NoteCode(StrEnum):
    """BT-21, subject code of a note, UNTDID 4451."""

    GENERAL = "AAI"
    REGULATORY = "REG"
    RECOVERY_INDEMNITY = "PMT"
    LATE_PENALTIES = "PMD"
    EARLY_PAYMENT_DISCOUNT = "AAB"
    TREATMENT = "BAR"
    TAX = "TXD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    line_one: str  # BT-35, BT-50
    line_two: str = ""  # BT-36, BT-51
    line_three: str = ""  # BT-162, BT-163
    postcode: str = ""  # BT-38, BT-53
    city: str = ""  # BT-37, BT-52
    country: str = "FR"  # BT-40, BT-55, ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    name: str  # BT-27, BT-44: legal name
    address: Address
    trade_name: str = ""  # BT-28, BT-45: for the seller, the name of the activity
    siren: str = ""  # BT-30, BT-47, scheme 0002
    siret: str = ""  # BT-29, BT-46, scheme 0009
    vat_number: str = ""  # BT-31, BT-48
    legal_info: str = ""  # BT-33, seller only: form, variable capital, RCS
    electronic_address: str = ""  # BT-34, BT-49
    electronic_scheme: str = SCHEME_FRENCH_ROUTING  # BT-34-1, BT-49-1
    contact_name: str = ""  # BT-41, BT-56
    phone: str = ""  # BT-42, BT-57
    email: str = ""  # BT-43, BT-58
    website: str = ""  # printed only


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    text: str  # BT-22
    code: NoteCode = NoteCode.GENERAL  # BT-21


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedingInvoice:
    number: str  # BT-25
    issued_on: date  # BT-26


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMeans:
    code: str = "30"  # BT-81, UNTDID 4461: credit transfer
    label: str = "Virement"  # BT-82
    iban: str = ""  # BT-84
    account_name: str = ""  # BT-85
    bic: str = ""  # BT-86
    reference: str = ""  # BT-83; the number of the document when empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """Discount on a line (BG-27)."""

    amount: Decimal  # BT-136, positive
    base: Decimal | None = None  # BT-137
    rate: Decimal | None = None  # BT-138
    reason: str = "Remise"  # BT-139


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDiscount:
    """Discount on the whole document for one VAT rate (BG-20)."""

    amount: Decimal  # BT-92, positive
    category: VatCategory  # BT-95
    vat_rate: Decimal  # BT-96
    base: Decimal | None = None  # BT-93
    rate: Decimal | None = None  # BT-94
    reason: str = "Remise"  # BT-97


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    position: int  # BT-126
    label: str  # BT-153
    quantity: Decimal  # BT-129
    unit_price: Decimal  # BT-146: net price, never negative, four decimals at most
    net: Decimal  # BT-131: quantity × price − discounts
    category: VatCategory  # BT-151
    vat_rate: Decimal  # BT-152
    unit: str = "C62"  # BT-130, UN/ECE Rec 20: C62 unit, HUR hour, DAY, KGM, MTR, KMT, LS package…
    description: str = ""  # BT-154
    discounts: tuple[Discount, ...] = ()  # BG-27
    period_start: date | None = None  # BT-134
    period_end: date | None = None  # BT-135
    group_title: str = ""  # printed only: opens a group until the next title
    optional: bool = False  # of a quote, printed only: in no total
    choice: str = ""  # of a quote, printed only: the line opens a variant of this choice
    photo_id: int | None = None  # of a quote, printed only: the picture of its article
    photo_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VatBreakdown:
    """One VAT category and rate of the document (BG-23)."""

    category: VatCategory  # BT-118
    rate: Decimal  # BT-119
    base: Decimal  # BT-116
    tax: Decimal  # BT-117
    exemption_reason: str = ""  # BT-120
    exemption_code: str = ""  # BT-121, VATEX


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    lines: Decimal  # BT-106
    net: Decimal  # BT-109
    tax: Decimal  # BT-110
    gross: Decimal  # BT-112
    due: Decimal  # BT-115
    discounts: Decimal = Decimal("0.00")  # BT-107
    prepaid: Decimal = Decimal("0.00")  # BT-113


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """What the customer keeps until it is released; said in the terms of payment (BT-20) of the XML."""

    rate: Decimal
    amount: Decimal
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A line of the schedule of a quote, printed only."""

    label: str
    gross: Decimal
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursement:
    """Paid in the name of the customer, asked back to the cent: outside the sale, and counted by the XML
    (disbursed.py)."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the document is drawn, printed only: what was issued keeps its face. Facts older than this have
    the look of the house."""

    colour: str = "#1f5f5b"
    layout: str = "classic"
    header: str = ""  # under the name of the activity
    footer: str = ""
    logo_id: int | None = None
    logo_sha256: str = ""
    terms_sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EInvoice:
    kind: DocumentKind  # BT-3
    issued_on: date  # BT-2
    process: Process  # BT-23
    treatment: Treatment  # note BAR
    seller: Party  # BG-4
    buyer: Party  # BG-7
    lines: tuple[Line, ...]  # BG-25
    vat: tuple[VatBreakdown, ...]  # BG-23
    totals: Totals  # BG-22
    number: str = PROVISIONAL_NUMBER  # BT-1
    currency: str = "EUR"  # BT-5
    due_on: date | None = None  # BT-9
    delivered_on: date | None = None  # BT-72
    deliver_to: Address | None = None  # BG-15, when it is not the address of the buyer, or must be said
    vat_due: VatDue | None = None  # BT-8
    buyer_reference: str = ""  # BT-10: « service exécutant » of a public customer
    order_reference: str = ""  # BT-13: order of the customer, « engagement juridique »
    contract_reference: str = ""  # BT-12: « numéro de marché »
    payment_terms: str = ""  # BT-20
    purpose: str = ""  # note AAI: what the document is about
    notes: tuple[Note, ...] = ()  # BG-1: PMT, PMD, AAB and free ones; BAR and AAI are added from above
    payment: PaymentMeans | None = None  # BG-16
    preceding: tuple[PrecedingInvoice, ...] = ()  # BG-3
    discounts: tuple[DocumentDiscount, ...] = ()  # BG-20
    revision: int = 1  # of a quote, as the two below: printed only
    valid_until: date | None = None
    starts_on: date | None = None
    language: str = "fr"  # of the labels, printed only; the notices of the law stay in French
    look: Look = Look()
    part: str = ""  # printed only: which part of its quote the document asks for
    situation: int | None = None
    quote_number: str = ""  # printed only
    retention: Retention | None = None
    schedule: tuple[Instalment, ...] = ()  # of a quote
    disbursements: tuple[Disbursement, ...] = ()  # in no total but the amount due

    def to_json(self) -> dict[str, Any]:
        """The values as JSON types, without loss: `EInvoice.from_json` gives back an equal object."""
        return {"version": FACTS_VERSION, **to_plain(self)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> EInvoice:
        """Does: reads frozen facts back. Refuses (ValueError): other version, unknown or malformed term."""
        values = dict(data)
        version = values.pop("version", None)
        if version != FACTS_VERSION:
            raise ValueError(f"facts of version {version!r}, expected {FACTS_VERSION}")
        return from_plain(cls, values)

    @property
    def is_credit_note(self) -> bool:
        return self.kind in (DocumentKind.CREDIT_NOTE, DocumentKind.DEPOSIT_CREDIT)

    @property
    def is_quote(self) -> bool:
        return self.kind is DocumentKind.QUOTE

    @property
    def asks_payment(self) -> bool:
        """Neither a quote nor a proforma is paid."""
        return self.kind not in (DocumentKind.QUOTE, DocumentKind.PROFORMA)

    @property
    def disbursed(self) -> Decimal:
        return sum((one.amount for one in self.disbursements), Decimal("0.00"))

    @property
    def payable(self) -> Decimal:
        """What is to be paid by the due date: what the customer keeps comes later."""
        return self.totals.due - (self.retention.amount if self.retention else Decimal("0.00"))

    def note(self, code: NoteCode) -> str:
        """The first note under a subject code, or an empty string."""
        return next((n.text for n in self.notes if n.code is code), "")


def routing_address(siren: str, suffix: str) -> str:
    """The electronic address of one activity of the cooperative: `SIREN_SUFFIX` (scheme 0225)."""
    return f"{siren}_{suffix}" if suffix else siren
