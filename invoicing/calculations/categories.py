"""What a document sells in each category of sale that a contribution scale knows, discounts shared out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO, share
from invoicing.calculations.totals import Adjustment


@dataclass(frozen=True, slots=True)
class Sold:
    """A line as the contribution sees it: its category of sale, its VAT, its net."""

    category: str
    vat: tuple[str, Decimal]
    net: Decimal


def nets_by_category(lines: Sequence[Sold], discounts: Iterable[Adjustment] = ()) -> dict[str, Decimal]:
    """The net of each category; a discount on the whole, kept by VAT rate, is shared between the lines of its
    rate. The nets add up to the net of the document."""
    nets: dict[str, Decimal] = {}
    for line in lines:
        nets[line.category] = nets.get(line.category, ZERO) + line.net
    for off in discounts:
        touched = [line for line in lines if line.vat == (off.category, off.rate)]
        for line, part in zip(touched, share(off.net, [abs(line.net) for line in touched]), strict=True):
            nets[line.category] -= part
    return nets
