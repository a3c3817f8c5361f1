"""Totals of a document: each line rounded to the cent, then the tax of each rate rounded once on its
summed nets.

Source: EN 16931 (BR-CO-10 to BR-CO-17, BR-S-08), CGI ann. II art. 242 nonies A (base and tax per rate).
Rates are fractions: 20 % is 0.2000.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cae.core.money import ZERO, cents


@dataclass(frozen=True, slots=True)
class PricedLine:
    """What a line needs to be worth something. A discount is a rate or an amount, never both; an option is
    worth its net and counts in no total."""

    quantity: Decimal
    unit_price: Decimal
    category: str
    rate: Decimal
    discount_rate: Decimal | None = None
    discount_amount: Decimal | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A discount or a fee on the whole document, for one category and rate; always positive."""

    net: Decimal
    category: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """What a document says of one category and rate: base and tax (BG-23)."""

    category: str
    rate: Decimal
    net: Decimal
    tax: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Totals:
    line_nets: tuple[Decimal, ...]
    breakdown: tuple[TaxGroup, ...]
    net: Decimal
    tax: Decimal
    gross: Decimal
    to_pay: Decimal


def line_gross(line: PricedLine) -> Decimal:
    """Quantity × price before any discount, rounded to the cent."""
    return cents(line.quantity * line.unit_price)


def line_net(line: PricedLine) -> Decimal:
    """Net of a line, rounded to the cent. ValueError when its discount is not between nothing and the
    line."""
    gross = line_gross(line)
    if line.discount_rate is not None and line.discount_amount is not None:
        raise ValueError("a discount is a rate or an amount")
    if gross < ZERO and (line.discount_rate or line.discount_amount):
        raise ValueError("a line taken back has no discount")
    if line.discount_rate is not None:
        if not 0 <= line.discount_rate <= 1:
            raise ValueError("a discount lies between 0 and 100 %")
        return cents(line.quantity * line.unit_price * (1 - line.discount_rate))
    if line.discount_amount is not None:
        if not ZERO <= line.discount_amount <= max(gross, ZERO):
            raise ValueError("a discount never exceeds its line")
        return gross - line.discount_amount
    return gross


def document_totals(
    lines: Sequence[PricedLine],
    *,
    discounts: Iterable[Adjustment] = (),
    fees: Iterable[Adjustment] = (),
    disbursements: Iterable[Decimal] = (),
) -> Totals:
    """Totals of a whole document. Disbursements (débours) are owed, outside net, tax and gross."""
    nets = tuple(line_net(line) for line in lines)
    bases: dict[tuple[str, Decimal], Decimal] = {}
    counted = [(line, net) for line, net in zip(lines, nets, strict=True) if not line.optional]
    moves = [(line.category, line.rate, net) for line, net in counted]
    moves += [(fee.category, fee.rate, fee.net) for fee in fees]
    moves += [(discount.category, discount.rate, -discount.net) for discount in discounts]
    for category, rate, net in moves:
        bases[category, rate] = bases.get((category, rate), ZERO) + net
    groups = [TaxGroup(category, rate, net, cents(net * rate)) for (category, rate), net in bases.items()]
    return totals_of_groups(groups, line_nets=nets, owed_besides=sum(disbursements, ZERO))


def totals_of_groups(
    groups: Iterable[TaxGroup], *, line_nets: tuple[Decimal, ...] = (), owed_besides: Decimal = ZERO
) -> Totals:
    """Adds up a breakdown already computed, highest rate first."""
    breakdown = tuple(sorted(groups, key=lambda group: (-group.rate, group.category)))
    net = sum((group.net for group in breakdown), ZERO)
    tax = sum((group.tax for group in breakdown), ZERO)
    return Totals(line_nets, breakdown, net, tax, net + tax, net + tax + owed_besides)


def without_tax(price: Decimal, rate: Decimal) -> Decimal:
    """The unit price before tax of one announced with tax, to four decimals (BT-146)."""
    return (price / (1 + rate)).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def percent(rate: Decimal) -> Decimal:
    """A fraction as printed: 0.0550 gives 5.50."""
    return cents(rate * 100)
