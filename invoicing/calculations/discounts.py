"""The discount on a whole document: taken from every rate that it sells under, to the cent (BG-20).

A share kept as typed, or an amount before tax; spread over the VAT groups in proportion to what each sells,
since the tax of each rate is due on what is really paid for it (CGI art. 267-II-1°; BR-CO-11).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cae.core.money import ZERO, cents, share
from invoicing.calculations.totals import (
    Adjustment,
    PricedLine,
    TaxGroup,
    Totals,
    document_totals,
    line_net,
)

Group = tuple[str, Decimal]


def spread(
    lines: Sequence[PricedLine], *, rate: Decimal | None = None, amount: Decimal | None = None
) -> tuple[Adjustment, ...]:
    """The discount cut between the rates of the lines. ValueError when it is not between nothing and the
    document. A group that is taken back (negative) bears no part; options count for nothing."""
    if rate is not None and amount is not None:
        raise ValueError("a discount is a rate or an amount")
    bases = _bases((line.category, line.rate, line_net(line)) for line in lines if not line.optional)
    net = sum(bases.values(), ZERO)
    if rate is not None and not 0 <= rate <= 1:
        raise ValueError("a discount lies between 0 and 100 %")
    taken = cents(net * rate) if rate is not None else amount or ZERO
    if not taken:
        return ()
    if not ZERO < taken <= net:
        raise ValueError("a discount never exceeds its document")
    sold = {group: base for group, base in bases.items() if base > 0}
    parts = share(taken, list(sold.values()))
    return tuple(Adjustment(part, *group) for group, part in zip(sold, parts, strict=True) if part)


def sale_totals(
    lines: Sequence[PricedLine], *, rate: Decimal | None = None, amount: Decimal | None = None
) -> Totals:
    """The totals of a sale with the discount on its whole."""
    return document_totals(lines, discounts=spread(lines, rate=rate, amount=amount))


def given(nets: Iterable[tuple[str, Decimal, Decimal]], groups: Iterable[TaxGroup]) -> tuple[Adjustment, ...]:
    """What was taken off each rate: its lines, as (category, rate, net), less the base of its tax."""
    sold = _bases(nets)
    found = [(sold.get((group.category, group.rate), ZERO) - group.net, group) for group in groups]
    return tuple(Adjustment(off, group.category, group.rate) for off, group in found if off)


def part_of(discount: Decimal, *, lines: Decimal, chosen: Decimal) -> Decimal:
    """The discount of a rate that falls on some of its lines: all of it on all of them."""
    return cents(discount * chosen / lines) if lines else ZERO


def _bases(nets: Iterable[tuple[str, Decimal, Decimal]]) -> dict[Group, Decimal]:
    found: dict[Group, Decimal] = {}
    for category, rate, net in nets:
        found[category, rate] = found.get((category, rate), ZERO) + net
    return found
