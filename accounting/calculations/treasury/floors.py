"""Below which amount the cash of a section may not go (ACC-33)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cae.core.money import ZERO


def floor_in_force(own: Decimal | None, excess: Decimal | None, usual: Decimal) -> Decimal:
    """Gives the floor of a section: its own, else the usual one; an excess counts only where it is lower."""
    floor = usual if own is None else own
    return floor if excess is None else min(floor, excess)


def above_floors(cash: Mapping[int, Decimal], floors: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Gives what each section may still pay: its cash above its floor, negative when it is below."""
    return {key: amount - floors.get(key, ZERO) for key, amount in cash.items()}
