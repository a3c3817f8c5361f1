"""Who bears what of a supplier's invoice: net, VAT of each rate and total, exact to the cent (INV-49).

A line that names a section is borne by it; the others are spread by the weights of the purchase. Cents go to
the largest remainders, group by group: a group has one account, one rate, one share of VAT recovered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from cae.core.money import CENT, ZERO, cents, share


class RateWithoutLine(ValueError):
    """The document prints VAT at a rate that no line bears."""

    def __init__(self, rate: Decimal) -> None:
        super().__init__(f"no line at {rate}")
        self.rate = rate


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line as the books see it. `recovery`: the fraction of its VAT that the cooperative recovers."""

    account: str
    net: Decimal
    rate: Decimal
    recovery: Decimal = Decimal(1)
    section_id: int | None = None
    # The grant that pays it.
    fund_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one section bears of one group."""

    section_id: int
    account: str
    rate: Decimal
    recovery: Decimal
    net: Decimal
    tax: Decimal = ZERO
    fund_id: int | None = None

    @property
    def deductible(self) -> Decimal:
        return cents(self.tax * self.recovery)

    @property
    def cost(self) -> Decimal:
        """What the account of cost takes: the net, and the VAT that is not recovered."""
        return self.net + self.tax - self.deductible


@dataclass(frozen=True, slots=True)
class Borne:
    """What one section bears of the whole."""

    net: Decimal = ZERO
    tax: Decimal = ZERO

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax


def split(
    lines: Sequence[CostLine], taxes: Mapping[Decimal, Decimal], weights: Mapping[int, Decimal]
) -> tuple[Cell, ...]:
    """Gives the cells of a purchase. Raises RateWithoutLine for VAT that no line bears, ValueError when a
    line names no section and there is no weight."""
    cells = _nets(lines, weights)
    for rate, tax in taxes.items():
        places = [place for place, cell in enumerate(cells) if cell.rate == rate]
        if not places:
            if tax:
                raise RateWithoutLine(rate)
            continue
        parts = in_proportion(tax, [cells[place].net for place in places])
        for place, part in zip(places, parts, strict=True):
            cells[place] = replace(cells[place], tax=part)
    return tuple(cells)


def _nets(lines: Sequence[CostLine], weights: Mapping[int, Decimal]) -> list[Cell]:
    groups: dict[CostLine, Decimal] = {}
    for line in lines:
        key = replace(line, net=ZERO)
        groups[key] = groups.get(key, ZERO) + line.net
    nets: dict[Cell, Decimal] = {}
    for group, net in groups.items():
        if group.section_id is not None:
            parts = {group.section_id: net}
        else:
            parts = dict(zip(weights, share(net, list(weights.values())), strict=True))
        for section_id, part in parts.items():
            cell = Cell(section_id, group.account, group.rate, group.recovery, ZERO, fund_id=group.fund_id)
            nets[cell] = nets.get(cell, ZERO) + part
    return [replace(cell, net=net) for cell, net in nets.items()]


def in_proportion(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Gives `total` cut in proportion to amounts, some of which may be below zero (a discount): largest
    remainders when none is, else by rounding what has been given so far; the parts add up to `total`."""
    whole = sum(weights, ZERO)
    if whole > ZERO and all(weight >= ZERO for weight in weights):
        return share(total, weights)
    if not whole:
        return [total, *[ZERO] * (len(weights) - 1)]
    parts, reached, given = [], ZERO, ZERO
    for weight in weights:
        reached += weight
        so_far = cents(total * reached / whole)
        parts.append(so_far - given)
        given = so_far
    return parts


def borne_by_section(cells: Sequence[Cell]) -> dict[int, Borne]:
    """Gives what each section bears, in the order in which sections come."""
    found: dict[int, Borne] = {}
    for cell in cells:
        held = found.get(cell.section_id, Borne())
        found[cell.section_id] = Borne(held.net + cell.net, held.tax + cell.tax)
    return found


@dataclass(frozen=True, slots=True)
class Printed:
    """Net and VAT of one rate as a document prints them."""

    rate: Decimal
    net: Decimal
    tax: Decimal


def computed_taxes(lines: Sequence[tuple[Decimal, Decimal]]) -> list[Printed]:
    """Gives net and VAT of each rate from the (net, rate) of lines, the highest rate first; VAT is rounded
    once a rate."""
    nets: dict[Decimal, Decimal] = {}
    for net, rate in lines:
        nets[rate] = nets.get(rate, ZERO) + net
    return [Printed(rate, nets[rate], cents(nets[rate] * rate)) for rate in sorted(nets, reverse=True)]


def with_printed_tax(found: Sequence[Printed], tax: Decimal, *, lines: int) -> list[Printed] | None:
    """Gives the same once they make the VAT that the document prints: a supplier who rounds each line is off
    by a cent a line at most; beyond, None."""
    gap = tax - sum((one.tax for one in found), ZERO)
    if abs(gap) > CENT * max(lines, 1):
        return None
    if not gap:
        return list(found)
    taxed = [place for place, one in enumerate(found) if one.rate]
    if not taxed:
        return None
    widest = max(taxed, key=lambda place: (abs(found[place].net), -place))
    return [replace(one, tax=one.tax + gap) if place == widest else one for place, one in enumerate(found)]
