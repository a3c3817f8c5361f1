"""VAT that becomes due when a customer pays (VAT on receipts, CGI art. 269-2 c), rate by rate, to the
cent.

At any moment the tax already due is round(tax × paid so far / gross): what a payment, its reversal or a
credit note releases (or takes back) is the change of that figure. A fully paid invoice has released all
its tax. Its base follows its tax, round(net × tax due / tax), so that a whole tax has its whole net.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cae.core.money import ZERO, cents
from invoicing.calculations.totals import TaxGroup


@dataclass(frozen=True, slots=True)
class TaxRelease:
    """Tax of one category and rate that becomes due, or that is due no more when negative; its base for the
    VAT statement, which tells no release from another."""

    category: str
    rate: Decimal
    tax: Decimal
    base: Decimal = field(default=ZERO, compare=False)


def tax_due(groups: Sequence[TaxGroup], paid: Decimal) -> tuple[TaxRelease, ...]:
    """Tax due once `paid` was received on what `groups` (credit notes taken off) ask."""
    gross = sum((group.gross for group in groups), ZERO)
    return tuple(_release(group, _due(group.tax, gross, paid)) for group in groups)


def _release(group: TaxGroup, tax: Decimal) -> TaxRelease:
    whole = tax == group.tax
    base = group.net if whole else cents(group.net * tax / group.tax)
    return TaxRelease(group.category, group.rate, tax, base)


def _due(tax: Decimal, gross: Decimal, paid: Decimal) -> Decimal:
    if paid >= gross:
        return tax
    return cents(tax * max(paid, ZERO) / gross)


def change(before: Sequence[TaxRelease], after: Sequence[TaxRelease]) -> tuple[TaxRelease, ...]:
    """What becomes due between two moments, no line of zero."""
    moves: dict[tuple[str, Decimal], tuple[Decimal, Decimal]] = {}
    for sign, releases in ((-1, before), (1, after)):
        for release in releases:
            key = (release.category, release.rate)
            tax, base = moves.get(key, (ZERO, ZERO))
            moves[key] = (tax + sign * release.tax, base + sign * release.base)
    return tuple(TaxRelease(*key, tax, base) for key, (tax, base) in moves.items() if tax)
