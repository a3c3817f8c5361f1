"""The calendar of an assembly: last day to convene, window of the members’ additions, last day of the forms,
window of the section meetings (GOV-19, GOV-20). A delay of n days before the assembly ends on the day D-n,
that day included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from fractions import Fraction
from math import ceil

# The assembly meets « quinze jours au plus tard après les assemblées de sections » (loi 78-763, assemblies;
# domain.md 6.2).
SECTION_MEETING_DAYS = 15


class Opening(Enum):
    """When one would open a sitting, beside the moment it is called for."""

    TOO_SOON = "too_soon"
    EARLY = "early"
    DUE = "due"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Window:
    """From a day to a day, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def days_before(assembly_on: date, days: int) -> date:
    """Gives the day D-n."""
    return assembly_on - timedelta(days=days)


def last_day_to_convene(assembly_on: date, notice_days: int) -> date:
    """Gives the last day on which the convocations may leave."""
    return days_before(assembly_on, notice_days)


def earliest_assembly(sent_on: date, notice_days: int) -> date:
    """Gives the first day on which an assembly called on a day may be held."""
    return sent_on + timedelta(days=notice_days)


def additions_window(assembly_on: date, open_days: int, close_days: int) -> Window:
    """Gives when members may add resolutions: « between D-15 and D-5 » (model statutes, art. 27)."""
    return Window(days_before(assembly_on, open_days), days_before(assembly_on, close_days))


def section_window(assembly_on: date) -> Window:
    """Gives the days on which a section may meet: from D-15 to the day of the assembly, before it begins."""
    return Window(days_before(assembly_on, SECTION_MEETING_DAYS), assembly_on)


def opening_of(starts_at: datetime, at: datetime, evening: timedelta) -> Opening:
    """Gives how an instant stands to the moment called, both in the hour of the place: never on an earlier
    day, before its hour by confirmation, not after its day, save what remains of an evening: so long after
    the moment called."""
    if at.date() < starts_at.date():
        return Opening.TOO_SOON
    if at < starts_at:
        return Opening.EARLY
    is_over = at.date() > starts_at.date() and at - starts_at > evening
    return Opening.TOO_LATE if is_over else Opening.DUE


def supporters_needed(threshold: Fraction, members: int) -> int:
    """Gives how many associates must ask for a resolution: at least that part of the voices, one at least."""
    return max(1, ceil(threshold * members))
