"""What an event costs, and what each registration bears of it, as it stands or as it was written (COW-33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, Sum

from cae.core.money import ZERO
from coworking.calculations.sharing import by_units
from coworking.models import Charge, Event, EventCost, Registration
from coworking.states.events import CostKey, OptionKind, RegistrationState


@dataclass(frozen=True)
class Borne:
    """The part of one registration in one cost; `charge` once it is due."""

    cost: EventCost
    registration: Registration
    units: int
    amount: Decimal
    charge: Charge | None = None


@dataclass(frozen=True)
class CostShown:
    """A cost and who bears it; nobody yet: no lines."""

    cost: EventCost
    lines: Sequence[Borne]

    @property
    def is_billed(self) -> bool:
        """Some part of it, and no credit note takes it back."""
        return any(one.charge is not None and one.charge.is_billed_for_good for one in self.lines)


def costs_of(event: Event) -> list[CostShown]:
    """The costs of an event: what was written of those shared, what it would be today of the others."""
    rows = event.costs.select_related("part").order_by("pk")
    return [CostShown(cost, written(cost) if cost.shared_at else borne_today(cost)) for cost in rows]


def borne_by(registration: Registration) -> list[Borne]:
    """What one registration bears of the costs of its event."""
    shown = costs_of(registration.event)
    return [line for one in shown for line in one.lines if line.registration.pk == registration.pk]


def written(cost: EventCost) -> list[Borne]:
    """The shares of a cost, as they were written."""
    rows = cost.shares.select_related("registration", "charge__credit").order_by(
        "registration__sort_name", "pk"
    )
    return [Borne(cost, one.registration, one.units, one.amount, one.charge) for one in rows]


def borne_today(cost: EventCost) -> list[Borne]:
    """The cost between those registered now, by its key, to the cent."""
    rows = _counted(cost)
    if not rows:
        return []
    amounts = by_units(cost.amount, [units for _row, units in rows])
    return [Borne(cost, row, units, part) for (row, units), part in zip(rows, amounts, strict=True)]


def total_of(lines: Sequence[Borne]) -> Decimal:
    return sum((one.amount for one in lines), ZERO)


def _counted(cost: EventCost) -> list[tuple[Registration, int]]:
    """Who bears it and by how many units: people who come, nights, people of a part."""
    rows = cost.event.registrations.filter(state=RegistrationState.REGISTERED).order_by("sort_name", "pk")
    if cost.key == CostKey.NIGHTS:
        lodging = Q(options_taken__option__kind=OptionKind.LODGING)
        rows = rows.annotate(nights=Sum("options_taken__quantity", filter=lodging)).filter(nights__gt=0)
        return [(row, row.nights) for row in rows]
    if cost.key == CostKey.PART:
        rows = rows.filter(part_seats__part=cost.part_id)
    return [(row, row.seats) for row in rows]
