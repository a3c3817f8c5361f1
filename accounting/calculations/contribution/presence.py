"""What the contribution needs to know of the people of an activity: since when, under which contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounting.calculations.contribution.scales import Part, Scale
from cae.core.periods import Month


@dataclass(frozen=True)
class Presence:
    """The people of an activity on a day. `granted`: parts that somebody waived for this activity."""

    entered_on: date
    left_on: date | None = None
    contract: str = ""
    associate: bool = False
    people: int = 1
    situations: frozenset[str] = frozenset()
    granted: frozenset[str] = frozenset()

    def months_until(self, month: Month) -> int:
        """Rank of the month since entry: the month of entry is the first, however late it began."""
        first = Month.of(self.entered_on)
        return (month.year - first.year) * 12 + month.month - first.month + 1

    def is_here(self, month: Month) -> bool:
        end = Month.of(self.left_on) if self.left_on else month
        return Month.of(self.entered_on) <= month <= end


def year_of(day: date, starts: int) -> int:
    """The year a day belongs to, named after its first day; `starts` is its first month."""
    return day.year if day.month >= starts else day.year - 1


def months_of_year(year: int, starts: int) -> list[Month]:
    first = Month(year, starts)
    months = [first]
    while len(months) < 12:
        months.append(months[-1].next())
    return months


def months_present(presence: Presence, year: int, starts: int) -> int:
    """How many months of the year the activity is there, its first and last ones counting whole."""
    return sum(presence.is_here(month) for month in months_of_year(year, starts))


def waived(scale: Scale, presence: Presence, on: date) -> frozenset[str]:
    """The parts that nobody asks for that day: franchise of the first months, situations, decisions."""
    gone = set(presence.granted)
    if scale.franchise and presence.months_until(Month.of(on)) <= scale.franchise.months:
        gone |= scale.franchise.waives
    return frozenset(gone.union(*map(scale.waived_for, presence.situations)))


def closes_year(scale: Scale, presence: Presence, month: Month) -> bool:
    """Whether the year of the scale ends with this month, or the activity leaves in it."""
    ends = month.next().month == scale.year_starts
    return ends or (presence.left_on is not None and Month.of(presence.left_on) == month)


def counts_on_curve(scale: Scale, presence: Presence, month: Month) -> bool:
    """A month whose proportional part is waived is as if it had not been worked."""
    return presence.is_here(month) and Part.PROPORTIONAL not in waived(scale, presence, month.last)
