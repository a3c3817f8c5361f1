"""What was read in a supplier's electronic invoice: one record for CII and UBL, one field per business term
(BT) of EN 16931, as its maker wrote it.

Amounts are `Decimal`, rates are percentages as printed; an empty string or None means that the term is
absent. Nothing here is ours to correct: what does not add up is said beside it (`Doubt`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from invoicing.engines.records import from_plain, to_plain

READING_VERSION = 1

# ISO 6523 codes of the French registers, and of the French directory of electronic addresses.
SCHEME_SIREN, SCHEME_SIRET, SCHEME_DIRECTORY = "0002", "0009", "0225"
_SIREN_DIGITS, _SIRET_DIGITS = 9, 14

# UNTDID 1001: what gives money back; the amounts of such a document stay positive.
CREDIT_NOTE_TYPES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)


class Syntax(StrEnum):
    CII = "cii"
    UBL_INVOICE = "ubl-invoice"
    UBL_CREDIT_NOTE = "ubl-creditnote"


class Unreadability(StrEnum):
    """Why a file gives no invoice. Each has its sentence in `selectors/reading_words.py`."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    PROGRAMME = "programme"
    UNKNOWN_FORMAT = "unknown_format"
    DAMAGED_PDF = "damaged_pdf"
    LOCKED_PDF = "locked_pdf"
    NO_DATA = "no_data"
    PICTURE = "picture"
    BROKEN_XML = "broken_xml"
    DOCTYPE = "doctype"
    ORDER = "order"
    OLD_ZUGFERD = "old_zugferd"
    OTHER_XML = "other_xml"
    SCHEMA = "schema"
    TERM_MISSING = "term_missing"
    TERM_INVALID = "term_invalid"


class DoubtCode(StrEnum):
    """What makes a reader look twice, without refusing. Sentences in `selectors/reading_words.py`."""

    UNKNOWN_PROFILE = "unknown_profile"
    LINES_SUM = "lines_sum"
    NET_SUM = "net_sum"
    TAX_SUM = "tax_sum"
    BASES_SUM = "bases_sum"
    GROSS_SUM = "gross_sum"
    DUE_SUM = "due_sum"
    NO_LINES = "no_lines"
    OTHER_CURRENCY = "other_currency"
    DUE_BEFORE_DATE = "due_before_date"
    ATTACHMENTS_LEFT = "attachments_left"


class Unreadable(Exception):
    """The file gives no invoice: why, and what the tool said of it (a term, the first fault)."""

    def __init__(self, reason: Unreadability, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = " ".join(detail.split())[:300]


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing to look at; `written` and `found` are the two figures that disagree."""

    code: DoubtCode
    written: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAddress:
    line_one: str = ""  # BT-35, BT-50
    line_two: str = ""  # BT-36, BT-51
    line_three: str = ""  # BT-162, BT-163
    postcode: str = ""  # BT-38, BT-53
    city: str = ""  # BT-37, BT-52
    country: str = ""  # BT-40, BT-55


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadParty:
    name: str = ""  # BT-27, BT-44
    trade_name: str = ""  # BT-28, BT-45
    registration: str = ""  # BT-30, BT-47
    registration_scheme: str = ""
    establishment: str = ""  # BT-29, BT-46 under scheme 0009: SIRET
    vat_number: str = ""  # BT-31, BT-48
    electronic_address: str = ""  # BT-34, BT-49
    electronic_scheme: str = ""
    address: ReadAddress = ReadAddress()
    contact_name: str = ""  # BT-41, BT-56
    phone: str = ""  # BT-42, BT-57
    email: str = ""  # BT-43, BT-58

    @property
    def shown_name(self) -> str:
        return self.name or self.trade_name

    @property
    def siren(self) -> str:
        """The French number of the firm, wherever it was written; empty when it is written nowhere."""
        registration = _digits(self.registration)
        if len(registration) == _SIREN_DIGITS and self.registration_scheme in (SCHEME_SIREN, ""):
            return registration
        siret = next((d for d in (_digits(self.establishment), registration) if len(d) == _SIRET_DIGITS), "")
        if siret:
            return siret[:_SIREN_DIGITS]
        vat = "".join(self.vat_number.split()).upper()
        if vat.startswith("FR") and len(vat) == _SIREN_DIGITS + 4 and vat[4:].isdigit():
            return vat[4:]
        directory = self.electronic_address[:_SIREN_DIGITS]
        if (
            self.electronic_scheme in (SCHEME_DIRECTORY, SCHEME_SIREN)
            and len(_digits(directory)) == _SIREN_DIGITS
        ):
            return directory
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAdjustment:
    """An allowance or a charge, of a line or of the whole (BG-20, BG-21, BG-27, BG-28)."""

    amount: Decimal
    is_charge: bool = False
    reason: str = ""
    category: str = ""
    vat_rate: Decimal | None = None

    @property
    def signed(self) -> Decimal:
        return self.amount if self.is_charge else -self.amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLine:
    position: str = ""  # BT-126
    label: str = ""  # BT-153
    description: str = ""  # BT-154
    quantity: Decimal | None = None  # BT-129
    unit: str = ""  # BT-130
    unit_price: Decimal | None = None  # BT-146
    price_quantity: Decimal | None = None  # BT-149
    net: Decimal  # BT-131
    category: str = ""  # BT-151
    vat_rate: Decimal | None = None  # BT-152
    order_line: str = ""  # BT-132
    reference: str = ""  # BT-155, of the seller
    period_start: date | None = None  # BT-134
    period_end: date | None = None  # BT-135
    adjustments: tuple[ReadAdjustment, ...] = ()  # BG-27, BG-28
    # Of the French and German extensions: a heading or a detail of another line counts in no total.
    parent: str = ""
    sort: str = ""

    @property
    def counts(self) -> bool:
        return self.sort not in ("GROUP", "INFORMATION")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTax:
    """One VAT category and rate (BG-23)."""

    category: str = ""  # BT-118
    rate: Decimal | None = None  # BT-119
    base: Decimal | None = None  # BT-116
    tax: Decimal  # BT-117
    exemption_reason: str = ""  # BT-120
    exemption_code: str = ""  # BT-121


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTotals:
    lines: Decimal | None = None  # BT-106
    allowances: Decimal | None = None  # BT-107
    charges: Decimal | None = None  # BT-108
    net: Decimal  # BT-109
    tax: Decimal | None = None  # BT-110
    gross: Decimal  # BT-112
    prepaid: Decimal | None = None  # BT-113
    rounding: Decimal | None = None  # BT-114
    due: Decimal  # BT-115


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNote:
    text: str = ""  # BT-22
    code: str = ""  # BT-21


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPreceding:
    number: str  # BT-25
    issued_on: date | None = None  # BT-26


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPayment:
    code: str = ""  # BT-81
    label: str = ""  # BT-82
    iban: str = ""  # BT-84
    account_name: str = ""  # BT-85
    bic: str = ""  # BT-86


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadInvoice:
    number: str  # BT-1
    type_code: str  # BT-3
    issued_on: date  # BT-2
    currency: str  # BT-5
    seller: ReadParty  # BG-4
    buyer: ReadParty  # BG-7
    totals: ReadTotals  # BG-22
    due_on: date | None = None  # BT-9
    delivered_on: date | None = None  # BT-72
    period_start: date | None = None  # BT-73
    period_end: date | None = None  # BT-74
    process: str = ""  # BT-23
    buyer_reference: str = ""  # BT-10
    order_reference: str = ""  # BT-13
    contract_reference: str = ""  # BT-12
    payee: str = ""  # BT-59
    payment_reference: str = ""  # BT-83
    payment_terms: str = ""  # BT-20
    payments: tuple[ReadPayment, ...] = ()  # BG-16
    lines: tuple[ReadLine, ...] = ()  # BG-25
    taxes: tuple[ReadTax, ...] = ()  # BG-23
    adjustments: tuple[ReadAdjustment, ...] = ()  # BG-20, BG-21
    notes: tuple[ReadNote, ...] = ()  # BG-1
    preceding: tuple[ReadPreceding, ...] = ()  # BG-3

    @property
    def is_credit_note(self) -> bool:
        return self.type_code in CREDIT_NOTE_TYPES

    @property
    def iban(self) -> str:
        """The first account that the supplier asks to be paid on, without its spaces."""
        return next(("".join(p.iban.split()).upper() for p in self.payments if p.iban), "")

    @property
    def bic(self) -> str:
        return next(("".join(p.bic.split()).upper() for p in self.payments if p.iban), "")

    @property
    def tax_total(self) -> Decimal:
        """BT-110; left out of an invoice without VAT, it is the sum of the groups."""
        if self.totals.tax is not None:
            return self.totals.tax
        return sum((tax.tax for tax in self.taxes), Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that travels inside the invoice."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What one file gave."""

    syntax: Syntax
    profile: str
    invoice: ReadInvoice
    warnings: tuple[Doubt, ...] = ()
    attachments: tuple[Attached, ...] = ()
    xml: bytes = b""

    def to_json(self) -> dict[str, Any]:
        """What is kept of the reading: all but the bytes, which the file itself holds."""
        return {
            "version": READING_VERSION,
            "syntax": self.syntax.value,
            "profile": self.profile,
            "invoice": to_plain(self.invoice),
            "warnings": to_plain(self.warnings),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Read:
        """Does: gives a kept reading back, without its files. Refuses (ValueError): another version, a term
        that is unknown or malformed."""
        if data.get("version") != READING_VERSION:
            raise ValueError(f"reading of version {data.get('version')!r}, expected {READING_VERSION}")
        return cls(
            syntax=Syntax(data["syntax"]),
            profile=str(data["profile"]),
            invoice=from_plain(ReadInvoice, data["invoice"]),
            warnings=tuple(from_plain(Doubt, doubt) for doubt in data["warnings"]),
        )


def _digits(text: str) -> str:
    """The text without its spaces when it holds nothing but digits."""
    packed = "".join(text.split())
    return packed if packed.isdigit() and packed.isascii() else ""
