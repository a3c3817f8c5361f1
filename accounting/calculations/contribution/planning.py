"""What is left to book so that the months of an activity say what its facts say today.

A month that was never computed is taken; one whose facts or rule have changed since is adjusted by the
difference, and so are those after it, since they share its windows. Nothing is left when nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounting.calculations.contribution.history import Booked, Figures, History, InForce, Sums
from accounting.calculations.contribution.presence import (
    Presence,
    closes_year,
    counts_on_curve,
    months_of_year,
    year_of,
)
from accounting.calculations.contribution.replay import Played, Version, play
from accounting.calculations.contribution.scales import Part, Window
from accounting.calculations.contribution.tariffs import YEAR_MONTHS
from accounting.calculations.contribution.windows import Counted, Memory
from accounting.calculations.contribution.working import Fact, Working
from accounting.calculations.contribution.year_end import YearEnd, close_year
from cae.core.money import ZERO
from cae.core.periods import Month


@dataclass(frozen=True)
class Change:
    """One run to write for a month. Without `played`, the month gives nothing any more."""

    month: Month
    booked: Booked
    played: Played | None
    figures: Figures
    parts: tuple[Counted, ...]

    @property
    def is_first(self) -> bool:
        return not self.booked.live

    @property
    def version(self) -> int:
        """The key of the version it is computed under; of the last one when none applies any more."""
        return self.played.version.key if self.played else (self.booked.version or 0)


@dataclass(frozen=True)
class YearChange:
    """The run to write for the end of a year, and the floor it comes from."""

    year: int
    version: Version
    booked: Booked
    end: YearEnd
    figures: Figures
    months: tuple[tuple[Month, Presence], ...]

    @property
    def last_day(self) -> date:
        """The end of the year, or the day the activity left in it."""
        last = self.months[-1][0].last
        left = self.months[-1][1].left_on
        return min(last, left) if left else last


def plan(history: History, *months: Month) -> list[Change]:
    """Gives the runs to write so that these months, and those already computed in their year, are right."""
    memory = Memory()
    memory.count(history.earlier)
    waiting = sorted(history.others, key=lambda other: other.on)
    changes = []
    for one in _months_to_play(history, *months):
        while waiting and waiting[0].on <= one.last:
            other = waiting.pop(0)
            memory.count(other.parts)
            memory.take(other.year, due=other.figures.due, uncapped=other.figures.uncapped)
        played = _played(history, one, memory)
        change = _change(one, history.months.get(one, Booked()), played)
        if change is not None:
            changes.append(change)
    return changes


def play_month(history: History, month: Month, *, more: Sums | None = None) -> Played | None:
    """What a month gives as its facts stand, or would give with some more sales; nothing is booked."""
    memory = Memory()
    memory.count(history.earlier)
    for other in history.others:
        if other.on <= month.last:
            memory.count(other.parts)
            memory.take(other.year, due=other.figures.due, uncapped=other.figures.uncapped)
    for one in _months_to_play(history, month):
        if one < month:
            _played(history, one, memory)
    fact = month_fact(history, month)
    if fact is None:
        return None
    version, known = fact
    sales = dict(known.sales)
    for category, net in (more or {}).items():
        sales[category] = sales.get(category, ZERO) + net
    return next(play([(version, replace(known, sales=sales))], memory))


def _months_to_play(history: History, *months: Month) -> list[Month]:
    return sorted({*months} | {one for one, booked in history.months.items() if booked.live})


def _played(history: History, month: Month, memory: Memory) -> Played | None:
    fact = month_fact(history, month)
    return next(play([fact], memory)) if fact else None


def month_fact(history: History, month: Month) -> tuple[Version, Fact] | None:
    """What happened that month under a monthly scale; nothing when there is none, or nobody and no sale."""
    found = history.scale_on(month.last) or _last_of(history, month)
    presence = history.people.presence_on(month.last)
    if found is None or presence is None or not found.version.scale.is_monthly:
        return None
    scale = found.version.scale
    sales, costs = history.sales_of(month, scale.turnover), history.costs.get(month, {})
    if not presence.is_here(month):
        if not any(sales.values()) and not any(costs.values()):
            return None
        presence = replace(presence, granted=presence.granted | {Part.FIXED, Part.FLOOR})
    fact = Fact(
        on=month.last,
        name=str(month),
        presence=presence,
        sales=sales,
        costs=costs,
        curve_months=_curve_months(history, found.version, month) if scale.has_curve else YEAR_MONTHS,
        closes=closes_year(scale, presence, month),
    )
    return found.version, fact


def _last_of(history: History, month: Month) -> InForce | None:
    """The scale that ended within the month when the activity left in it."""
    left = history.people.left_on
    return history.scale_on(left) if left and left in month else None


def _curve_months(history: History, version: Version, month: Month) -> int:
    """How many months of its year a curve counts, this one included."""
    starts = version.scale.year_starts
    year = months_of_year(year_of(month.last, starts), starts)
    return sum(_counts(history, version, one) for one in year if one <= month)


def _counts(history: History, version: Version, month: Month) -> bool:
    presence = history.people.presence_on(month.last)
    return presence is not None and counts_on_curve(version.scale, presence, month)


def figures_of(working: Working) -> Figures:
    return Figures(working.base, working.proportional, working.fixed, working.uncapped, working.due)


def _change(month: Month, booked: Booked, played: Played | None) -> Change | None:
    if played is None and not booked.live:
        return None
    figures = figures_of(played.working) if played else Figures()
    parts = [part.counted(played.version.key) for part in played.working.parts] if played else []
    moved = tuple(differences([part for part in parts if part.window], booked.parts))
    left = figures - booked.figures
    if booked.live and not left and not moved:
        return None
    return Change(month, booked, played, left, moved)


def differences(wanted: list[Counted], held: tuple[Counted, ...]) -> Iterator[Counted]:
    """What must be added to what a subject put in its windows, window by window and version by version."""
    sums: dict[tuple[str, str, int], tuple[Decimal, Decimal]] = {}
    for sign, rows in ((1, wanted), (-1, list(held))):
        for row in rows:
            key = (row.category, row.window, row.version)
            base, paid = sums.get(key, (ZERO, ZERO))
            sums[key] = (base + sign * row.base, paid + sign * row.proportional)
    for (category, window, version), (base, paid) in sums.items():
        if base or paid:
            yield Counted(category, window, version, base, paid)


def plan_year(history: History, year: int) -> YearChange | None:
    """The top-up that brings a year, or what was worked of it, to its floor; nothing when all is said."""
    found = yearly_scale(history, year)
    if found is None:
        return None
    scale = found.version.scale
    months = [
        (month, presence)
        for month in months_of_year(year, scale.year_starts)
        if (presence := history.people.presence_on(month.last)) is not None
        and presence.is_here(month)
        and _has_code(history, month, presence, found.code)
    ]
    if not months:
        return None
    booked = history.years.get(year, Booked())
    end = close_year(scale, year, months, taken=taken_in(history, year))
    figures = Figures(uncapped=end.top_up, due=end.top_up) - booked.figures
    if not figures and (booked.live or not end.floor):
        return None
    return YearChange(year, found.version, booked, end, figures, tuple(months))


def yearly_scale(history: History, year: int) -> InForce | None:
    """The last scale of the year, if it has a floor for the year."""
    left = history.people.left_on
    for starts in {one.version.scale.year_starts for one in history.scales}:
        last = months_of_year(year, starts)[-1].last
        found = history.scale_on(min(last, left) if left else last)
        if found and found.version.scale.year_starts == starts:
            floor = found.version.scale.floor
            return found if floor and floor.per == Window.YEAR else None
    return None


def _has_code(history: History, month: Month, presence: Presence, code: str) -> bool:
    left = presence.left_on
    day = left if left and left in month else month.last
    found = history.scale_on(day)
    return found is not None and found.code == code


def taken_in(history: History, year: int) -> Decimal:
    """What the months, documents and advance of a year gave."""
    months = sum(
        (
            booked.figures.due
            for month, booked in history.months.items()
            if _year_of_month(history, month) == year
        ),
        ZERO,
    )
    return sum((other.figures.due for other in history.others if other.year == year), months)


def _year_of_month(history: History, month: Month) -> int:
    found = history.scale_on(month.last)
    return year_of(month.last, found.version.scale.year_starts if found else 1)


def year_ends_with(history: History, month: Month) -> int | None:
    """The year that this month closes, for the activity or for everybody; None when it goes on."""
    presence = history.people.presence_on(month.last)
    found = history.scale_on(month.last) or _last_of(history, month)
    if presence is None or found is None or not closes_year(found.version.scale, presence, month):
        return None
    return year_of(month.last, found.version.scale.year_starts)
