"""Who bears what of a cost: tenants of premises by key and days, guests by units (COW-06, COW-33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cae.core.money import share


@dataclass(frozen=True)
class Presence:
    """One tenant: its key (square metres, thousandths…) and its days, both included; no end: still there."""

    weight: int
    starts_on: date
    ends_on: date | None = None

    def days_within(self, first: date, last: date) -> int:
        """How many days of those, both included, it was there."""
        starts, ends = max(self.starts_on, first), min(self.ends_on or last, last)
        return max(0, (ends - starts + timedelta(days=1)).days)


@dataclass(frozen=True)
class Part:
    """What one tenant bears: euros excl. tax."""

    days: int
    amount: Decimal


def by_units(total: Decimal, units: Sequence[int]) -> list[Decimal]:
    """Gives what each bears of a total, by how many people, nights or places they count for; the parts add up
    to it to the cent. Raises ValueError when nobody counts for anything."""
    return share(total, [Decimal(one) for one in units])


def shared(total: Decimal, first: date, last: date, tenants: Sequence[Presence]) -> list[Part]:
    """Gives what each tenant bears of a cost of these days, in their order: in proportion to key × days, a
    tenant who was not there bears nothing, the parts add up to the total to the cent. Days on which nobody
    was there are borne by all. Raises ValueError when nobody was there at all."""
    days = [tenant.days_within(first, last) for tenant in tenants]
    amounts = by_units(total, [tenant.weight * count for tenant, count in zip(tenants, days, strict=True)])
    return [Part(count, amount) for count, amount in zip(days, amounts, strict=True)]
