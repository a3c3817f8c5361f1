"""How the planning of a place is drawn: units that nothing holds gathered, a day on its hours, days as lists
(COW-21)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

from django.utils.translation import ngettext

from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch, common, without
from coworking.models import Place
from coworking.selectors.opening import ZONE, openings_by_day
from coworking.selectors.planning import Row, Slot

# Hours of a day drawn at least, when nothing is open nor booked outside of them.
MORNING, EVENING = 8, 19


def gathered(rows: Sequence[Row]) -> list[Row]:
    """The rows of a pool that nothing holds become one, after those that something holds."""
    found: list[Row] = []
    for _key, group in groupby(rows, key=lambda row: row.resource.pk):
        units = list(group)
        held = [row for row in units if any(slots for _day, slots in row.days)]
        free = [row for row in units if row not in held]
        if len(free) < 2:
            found += units
            continue
        words = ngettext("%(count)d libre", "%(count)d libres", len(free)) % {"count": len(free)}
        found += [*held, Row(f"{free[0].resource} · {words}", free[0].resource, free[0].days)]
    return found


@dataclass(frozen=True)
class Grid:
    """Days, each open at all or not, and what stands in each column of a row."""

    days: list[tuple[date, bool]]
    lines: list[tuple[str, list[tuple[list[Slot], bool]]]]


def grid_of(place: Place, rows: Iterable[Row], first: date, last: date) -> Grid:
    """A column a day, a row a unit."""
    opened = openings_by_day(place, first, last)
    days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
    opens = [bool(common(opened, [whole_days(day, day, ZONE)])) for day in days]
    lines = [
        (row.label, [(slots, is_open) for (_day, slots), is_open in zip(row.days, opens, strict=True)])
        for row in rows
    ]
    return Grid(list(zip(days, opens, strict=True)), lines)


@dataclass(frozen=True)
class Bar:
    """A span on a lane: from where and how wide, in hundredths of it."""

    left: str
    width: str
    slot: Slot | None = None


@dataclass(frozen=True)
class Lane:
    row: Row
    bars: list[Bar]


@dataclass(frozen=True)
class DayDrawing:
    """A day on its hours: `marks` where each hour stands, `shut` when nobody may be there."""

    marks: list[tuple[int, str]]
    shut: list[Bar]
    lanes: list[Lane]


def drawn_day(place: Place, day: date, rows: Iterable[Row]) -> DayDrawing:
    """Gives the day from the first hour to the last one open or booked; in hundredths of that
    width, as a drawing takes them."""
    rows, whole = list(rows), whole_days(day, day, ZONE)
    opened = common(openings_by_day(place, day, day), [whole])
    slots = [slot for row in rows for _day, of_day in row.days for slot in of_day]
    used = [*opened, *(slot.span for slot in slots if slot.span != whole)]
    minutes = [_minute(at, day) for one in used for at in (one.starts, one.ends)]
    first = min([MORNING * 60, *minutes]) // 60
    last = -(-max([EVENING * 60, *minutes]) // 60)

    def bar(span: Stretch, slot: Slot | None = None) -> Bar:
        low, high = (min(max(_minute(at, day), first * 60), last * 60) for at in (span.starts, span.ends))
        return Bar(_share(low - first * 60, last - first), _share(high - low, last - first), slot)

    return DayDrawing(
        marks=[(hour, _share((hour - first) * 60, last - first)) for hour in range(first, last)],
        shut=[bar(one) for one in without([whole], opened)],
        lanes=[
            Lane(row, [bar(slot.span, slot) for _day, of_day in row.days for slot in of_day]) for row in rows
        ],
    )


def _minute(at: datetime, day: date) -> int:
    """Minutes on the clock since midnight: the hours of a day are those that its clock shows."""
    there, hour = clock_of(at, ZONE)
    return (there - day).days * 24 * 60 + hour.hour * 60 + hour.minute


def _share(minutes: int, hours: int) -> str:
    return f"{Decimal(minutes) * 100 / (hours * 60):.3f}"


def listed_days(rows: Iterable[Row]) -> list[tuple[date, list[tuple[Row, Slot]]]]:
    """The same by day, for a phone: what holds each unit, in the order of hours."""
    found: dict[date, list[tuple[Row, Slot]]] = {}
    for row in rows:
        for day, slots in row.days:
            found.setdefault(day, []).extend((row, slot) for slot in slots)
    return [(day, sorted(lines, key=lambda one: one[1].span.starts)) for day, lines in found.items()]
