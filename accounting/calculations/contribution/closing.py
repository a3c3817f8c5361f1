"""What closes a year of contribution: each of its months as its facts stand, then its floor (ACC-20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from accounting.calculations.contribution.history import History
from accounting.calculations.contribution.planning import Change, YearChange, plan, plan_year
from accounting.calculations.contribution.presence import year_of
from cae.core.periods import Month


@dataclass(frozen=True)
class Closing:
    """What is left to write for the year of an activity; nothing when all is said."""

    changes: tuple[Change, ...]
    end: YearChange | None

    def __bool__(self) -> bool:
        return bool(self.changes) or self.end is not None


def months_in(history: History, year: int, today: date) -> list[Month]:
    """The months that are over and that the activity spent, that year, under a monthly scale."""
    found = []
    # A year of contribution may begin in any month of the civil one.
    for month in Month(year, 1).until(Month(year + 1, 12)):
        scale = history.scale_on(month.last)
        if scale is None or not scale.version.scale.is_monthly or month.last > today:
            continue
        if year_of(month.last, scale.version.scale.year_starts) == year:
            found.append(month)
    return found


def plan_closing(history: History, year: int, today: date) -> Closing:
    """Months never computed are taken, those whose facts changed are adjusted; the floor is counted once they
    are, if the year is over for this activity."""
    changes = plan(history, *months_in(history, year, today))
    end = plan_year(settled(history, changes), year)
    return Closing(tuple(changes), end if end is not None and end.last_day <= today else None)


def settled(history: History, changes: Iterable[Change]) -> History:
    """The same history, once these changes are written."""
    months = dict(history.months)
    for change in changes:
        figures = change.booked.figures + change.figures
        months[change.month] = replace(
            change.booked, live=change.played is not None, figures=figures, version=change.version
        )
    return replace(history, months=months)
