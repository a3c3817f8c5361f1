"""How many people a year counted, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cae.core.money import cents
from cae.core.periods import Month

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Present:
    """Somebody is there from a day to another, both counted; no end means for ever."""

    person: int
    start: date
    end: date | None = None


def heads(presences: Iterable[Present], months: Sequence[Month]) -> Decimal:
    """The average, over these months, of the people there at least a day of each, once a month each."""
    there: list[set[int]] = [set() for _month in months]
    for one in presences:
        for rank, month in enumerate(months):
            if one.start <= month.last and (one.end is None or one.end >= month.first):
                there[rank].add(one.person)
    if not months:
        return Decimal(0)
    whole = Decimal(sum(len(people) for people in there))
    return (whole / len(months)).quantize(_TENTH, ROUND_HALF_UP)


def per_head(amount: Decimal, count: Decimal) -> Decimal | None:
    """What it comes to for each; nothing where nobody was."""
    return cents(amount / count) if count else None
