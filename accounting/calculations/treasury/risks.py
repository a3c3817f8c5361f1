"""What threatens the cash of the cooperative most: late customers, late grants, activities that go under
(ACC-32). One measure for all: euros that miss, times the days that they miss."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounting.calculations.treasury.forecast import Flow, FlowKind, Forecast
from cae.core.money import ZERO

MOST = 10


class RiskKind(StrEnum):
    CUSTOMER = "customer"
    GRANT = "grant"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Risk:
    """An amount that misses, since or from a day, and its weight: euros times days."""

    kind: RiskKind
    name: str
    amount: Decimal
    on: date
    weight: Decimal
    section: int


def late_payers(section: int, flows: Iterable[Flow], today: date) -> Iterator[Risk]:
    """Customers and funders whose day is over, each with all that they owe a section."""
    late: dict[tuple[RiskKind, str], list[Flow]] = defaultdict(list)
    for row in flows:
        kind = {FlowKind.CUSTOMER: RiskKind.CUSTOMER, FlowKind.GRANT: RiskKind.GRANT}.get(row.kind)
        if kind is not None and row.due_on is not None and row.due_on < today:
            late[kind, row.party].append(row)
    for (kind, name), rows in late.items():
        days = [(row.due_on or today, row.amount) for row in rows]
        weight = sum((amount * (today - due).days for due, amount in days), ZERO)
        amount = sum((amount for _due, amount in days), ZERO)
        yield Risk(kind, name, amount, min(due for due, _amount in days), weight, section)


def going_under(section: int, name: str, found: Forecast, floor: Decimal) -> Risk | None:
    """An activity that ends a month below zero or its floor: by how much at worst, over which days."""
    least = max(floor, ZERO)
    below = [one for one in found.months if one.closing < least]
    if not below:
        return None
    weight = sum(((least - one.closing) * one.month.last.day for one in below), ZERO)
    worst = max(least - one.closing for one in below)
    return Risk(RiskKind.UNDER, name, worst, below[0].month.first, weight, section)


def largest(risks: Iterable[Risk], most: int = MOST) -> list[Risk]:
    """The heaviest first; of equals, by name."""
    return sorted(risks, key=lambda one: (-one.weight, one.kind, one.name))[:most]
