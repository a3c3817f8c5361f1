"""Whether a sale is covered on a day: rules on plain values, no words (ENT-42)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Stop(StrEnum):
    """Why a quote waits for the answer of the team."""

    NONE = "none"  # no cover was ever recorded
    LAPSED = "lapsed"  # the last one has ended
    OUTSIDE = "outside"  # a cover is in force, but not for this trade
    ABOVE = "above"  # the amount is above what the cover takes


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """A cover as the rule reads it. `own`: of this activity, not of the whole cooperative."""

    key: int
    starts_on: date
    ends_on: date | None
    takes_trade: bool
    own: bool = True
    job_limit: Decimal | None = None

    def is_in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Standing:
    """What covers say of a day: the cover that answers, or why none does and since when."""

    cover: int | None = None
    stop: Stop | None = None
    since: date | None = None
    limit: Decimal | None = None


def standing(covers: Iterable[CoverFacts], *, on: date, amount: Decimal | None = None) -> Standing:
    """Prefers a cover of the activity to that of the house, then the one that lasts longest."""
    known = list(covers)
    in_force = [one for one in known if one.is_in_force(on)]
    taking = [one for one in in_force if one.takes_trade]
    if taking:
        fits = [one for one in taking if amount is None or one.job_limit is None or amount <= one.job_limit]
        if fits:
            best = max(fits, key=lambda one: (one.own, one.ends_on or date.max, one.key))
            return Standing(cover=best.key)
        return Standing(stop=Stop.ABOVE, limit=max(one.job_limit or Decimal(0) for one in taking))
    ended = [one.ends_on for one in known if one.takes_trade and one.ends_on is not None and one.ends_on < on]
    if ended:
        return Standing(stop=Stop.LAPSED, since=max(ended))
    return Standing(stop=Stop.OUTSIDE if in_force else Stop.NONE)


def is_demanded(demand: str, needs_cover: bool) -> bool:
    """Tells whether a sale of this trade asks for a cover at all, by what the cooperative decided."""
    return demand == "always" or (demand == "by_trade" and needs_cover)
