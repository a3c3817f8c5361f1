"""Models of entries: whether they balance whatever total they are used with, and the lines that they give."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounting.calculations.entries import LineDraft
from cae.core.money import ZERO, share

DEBIT, CREDIT = "debit", "credit"
WHOLE = Decimal(1)


@dataclass(frozen=True)
class ModelPart:
    """A line of a model: `amount` in euros, or `part` of the total as a fraction; the other one is None."""

    account: str
    analytic_id: int
    side: str
    amount: Decimal | None = None
    part: Decimal | None = None
    label: str = ""


def takes_total(parts: Iterable[ModelPart]) -> bool:
    """Whether the model needs a total to be used."""
    return any(one.part is not None for one in parts)


def amount_gaps(parts: Iterable[ModelPart]) -> dict[int, Decimal]:
    """Debit less credit of the fixed amounts of each section where they differ."""
    return _gaps((one.analytic_id, one.side, one.amount) for one in parts)


def part_gaps(parts: Iterable[ModelPart]) -> dict[int, Decimal]:
    """Debit less credit of the shares of each section where they differ, in fractions of the total."""
    return _gaps((one.analytic_id, one.side, one.part) for one in parts)


def _gaps(rows: Iterable[tuple[int, str, Decimal | None]]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for section, side, value in rows:
        sums[section] = sums.get(section, ZERO) + _signed(side, value or ZERO)
    return {section: gap for section, gap in sums.items() if gap}


def _signed(side: str, value: Decimal) -> Decimal:
    return value if side == DEBIT else -value


def debit_parts(parts: Iterable[ModelPart]) -> Decimal:
    """What the shares of the debit side add up to: a whole, or nothing when the model has none."""
    return sum((one.part for one in parts if one.part is not None and one.side == DEBIT), ZERO)


def filled(parts: Sequence[ModelPart], total: Decimal | None) -> tuple[LineDraft, ...]:
    """Gives the lines of a balanced model used with this total. The total is cut between the sections first,
    then within each section on both sides, so that every section balances to the cent."""
    amounts: dict[int, Decimal] = {place: one.amount for place, one in enumerate(parts) if one.amount}
    if total is not None:
        amounts |= _cut(parts, total)
    return tuple(
        _line(one, amounts[place]) for place, one in enumerate(parts) if amounts.get(place, ZERO) > ZERO
    )


def _cut(parts: Sequence[ModelPart], total: Decimal) -> dict[int, Decimal]:
    weights: dict[int, Decimal] = {}
    for one in parts:
        if one.part is not None and one.side == DEBIT:
            weights[one.analytic_id] = weights.get(one.analytic_id, ZERO) + one.part
    if not weights:
        return {}
    of_section = dict(zip(weights, share(total, list(weights.values())), strict=True))
    found: dict[int, Decimal] = {}
    for section, amount in of_section.items():
        for side in (DEBIT, CREDIT):
            rows = {
                place: one.part
                for place, one in enumerate(parts)
                if one.part is not None and (one.analytic_id, one.side) == (section, side)
            }
            found |= zip(rows, share(amount, list(rows.values())), strict=True)
    return found


def _line(one: ModelPart, amount: Decimal) -> LineDraft:
    line = LineDraft(one.account, one.analytic_id, debit=amount, label=one.label)
    return line if one.side == DEBIT else line.swapped()
