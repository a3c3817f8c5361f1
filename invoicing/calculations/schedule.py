"""Parts of a quote that add up to it in net, in VAT of each rate and in gross, to the cent (INV-22).

A part in percent, or equal: net of each rate rounded, tax of that net rounded once. A part in euros with
tax: shared between the rates in proportion to what remains of each, net = gross / (1 + rate), tax the
difference. The balance is what remains of each rate: where the taxes of the parts and the tax of the quote
disagree, the quote wins. No part takes more of a rate than what remains of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import CENT, ZERO, cents, share
from invoicing.calculations.credit import remaining
from invoicing.calculations.totals import TaxGroup

Groups = tuple[TaxGroup, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the whole quote, as a fraction."""

    rate: Decimal


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with tax, asked exactly."""

    gross: Decimal


@dataclass(frozen=True, slots=True)
class Equal:
    """One of the equal parts of what remains; the balance is one of them."""


Asked = Share | Amount | Equal


class AboveRest(ValueError):
    """More is asked than what remains."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(f"only {left} is left")
        self.left = left


def gross_of(groups: Iterable[TaxGroup]) -> Decimal:
    return sum((group.gross for group in groups), ZERO)


def net_of(groups: Iterable[TaxGroup]) -> Decimal:
    return sum((group.net for group in groups), ZERO)


def in_share(quote: Sequence[TaxGroup], left: Sequence[TaxGroup], rate: Decimal) -> Groups:
    """A share of the quote. AboveRest beyond what remains; a cent of rounding is taken from the part."""
    wanted = {(group.category, group.rate): cents(group.net * rate) for group in quote}
    if abs(sum(wanted.values(), ZERO)) > abs(net_of(left)) + CENT * len(wanted):
        raise AboveRest(gross_of(left))
    return of_nets(left, wanted)


def equal_part(start: Sequence[TaxGroup], left: Sequence[TaxGroup], count: int) -> Groups:
    """One of `count` equal parts of what remained at the `start` of them, the last being the balance."""
    wanted = {(group.category, group.rate): cents(group.net / count) for group in start}
    return of_nets(left, wanted)


def in_gross(left: Sequence[TaxGroup], amount: Decimal) -> Groups:
    """An amount with tax. AboveRest beyond what remains. A rate that takes off bears no part of it."""
    if amount > gross_of(left):
        raise AboveRest(gross_of(left))
    open_groups = [group for group in left if group.gross > ZERO]
    parts = share(amount, [group.gross for group in open_groups])
    return tuple(_carved(group, part) for group, part in zip(open_groups, parts, strict=True) if part)


def of_nets(left: Sequence[TaxGroup], nets: Mapping[tuple[str, Decimal], Decimal]) -> Groups:
    """These nets with their tax, none beyond what remains; the last cent of a rate takes its last tax."""
    found = []
    for group in left:
        net = _towards(nets.get((group.category, group.rate), ZERO), group.net)
        tax = group.tax if net == group.net else _towards(cents(net * group.rate), group.tax)
        if net or tax:
            found.append(TaxGroup(group.category, group.rate, net, tax))
    return tuple(found)


def plan(quote: Sequence[TaxGroup], parts: Sequence[Asked]) -> list[Groups]:
    """Every part in order, then the balance. AboveRest when they ask more than the quote."""
    documents: list[Groups] = []
    left: Groups = tuple(quote)
    start, equals = left, 1 + sum(isinstance(part, Equal) for part in parts)
    for place, part in enumerate(parts):
        if isinstance(part, Equal):
            if not any(isinstance(former, Equal) for former in parts[:place]):
                start = left
            made = equal_part(start, left, equals)
        elif isinstance(part, Share):
            made = in_share(quote, left, part.rate)
        else:
            made = in_gross(left, part.gross)
        documents.append(made)
        left = remaining(left, made)
    return [*documents, left]


def by_nature(net: Decimal, left: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The net of one rate cut between the natures of sale, in proportion to what remains of each."""
    sign = -1 if net < ZERO else 1
    weights = {nature: rest * sign for nature, rest in left.items() if rest * sign > ZERO}
    if not net or not weights:
        return {}
    parts = share(net, list(weights.values()))
    return {nature: part for nature, part in zip(weights, parts, strict=True) if part}


def _carved(group: TaxGroup, gross: Decimal) -> TaxGroup:
    """The part of a rate that weighs `gross`, its net and its tax both within what remains."""
    net = min(max(cents(gross / (1 + group.rate)), gross - group.tax), group.net)
    return TaxGroup(group.category, group.rate, net, gross - net)


def _towards(amount: Decimal, limit: Decimal) -> Decimal:
    return min(amount, limit) if limit >= ZERO else max(amount, limit)


def within(left: Sequence[TaxGroup], part: Iterable[TaxGroup]) -> Groups:
    """A part planned earlier, as it stands now: none of its rates beyond what remains. AboveRest when it asks
    more than the whole rest."""
    planned = tuple(part)
    if gross_of(planned) > gross_of(left):
        raise AboveRest(gross_of(left))
    limits = {(group.category, group.rate): group for group in left}
    found = []
    for group in planned:
        limit = limits.get((group.category, group.rate))
        if limit is None:
            continue
        net = _towards(group.net, limit.net)
        tax = limit.tax if net == limit.net else _towards(group.tax, limit.tax)
        found.append(TaxGroup(group.category, group.rate, net, tax))
    return tuple(group for group in found if group.net or group.tax)
