"""The words in which an activity is written down: what it sells, to whom, and how each sale ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from entrepreneurs.states.trades import Unit
from invoicing.states.sales import CreditPart, PaymentMode, SaleNature, VatDueOn


@dataclass(frozen=True)
class Article:
    """Something the activity sells."""

    label: str
    price: str
    unit: Unit = Unit.ONE
    nature: SaleNature = SaleNature.SERVICES
    vat: str = "normal"
    description: str = ""


@dataclass(frozen=True)
class Bought:
    """A line of a document."""

    article: str
    quantity: Decimal
    discount_rate: Decimal | None = None
    discount_amount: Decimal | None = None


@dataclass(frozen=True)
class Receipt:
    """Money that came; no amount means all that was due. `reversed_ago`: it was taken back that day."""

    ago: int
    amount: Decimal | None = None
    mode: PaymentMode = PaymentMode.TRANSFER
    reversed_ago: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Credit:
    """A credit note; without `ago` still a draft. `taken`: the quantity taken back, by position of line."""

    reason: str
    ago: int | None = None
    part: CreditPart = CreditPart.WHOLE
    taken: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sale:
    """An invoice and what became of it; without `ago` it was never issued."""

    customer: str
    lines: tuple[Bought, ...] = ()
    ago: int | None = None
    purpose: str = ""
    order: str = ""
    due_in: int | None = None
    receipts: tuple[Receipt, ...] = ()
    credits: tuple[Credit, ...] = ()
    discarded: bool = False
    vat_due_on: VatDueOn | str = ""


@dataclass(frozen=True)
class Plan:
    """One activity. `scale_ago`: since when it gives at the lower rate of long-standing members; `scheme`:
    the scale by the month that it is under."""

    code: str
    name: str
    trade: str
    people: tuple[str, ...]
    territory: str
    portfolio: str
    opened_ago: int
    email: str
    phone: str
    articles: dict[str, Article]
    sales: tuple[Sale, ...]
    scale_ago: int | None = None
    scheme: str = ""
    archived: tuple[str, ...] = ()
    # Customers who have asked for a price, and bought nothing yet.
    prospects: tuple[str, ...] = ()
    # Its trade in its own words, where they say more than the list.
    trade_label: str = ""


def buy(article: str, quantity: int | str = 1, *, off: str | None = None, less: str | None = None) -> Bought:
    """A line; `off` is a discount rate, `less` a discount in euros."""
    return Bought(
        article,
        Decimal(quantity),
        discount_rate=Decimal(off) if off else None,
        discount_amount=Decimal(less) if less else None,
    )


def paid(ago: int, amount: str | None = None, mode: PaymentMode = PaymentMode.TRANSFER) -> Receipt:
    return Receipt(ago, Decimal(amount) if amount else None, mode)


def bounced(ago: int, *, reversed_ago: int, reason: str) -> Receipt:
    """A cheque that the bank gave back."""
    return Receipt(ago, mode=PaymentMode.CHEQUE, reversed_ago=reversed_ago, reason=reason)
