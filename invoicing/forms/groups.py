"""What the buttons of the editor do to groups: a heading with its lines moves, is copied or leaves at once.

A heading stands in the row that it opens; the lines that have none above them come first, in no group.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

# In the values of a row: its group title is asked for, though still empty.
OPENS_GROUP = "opens_group"
# What a line says of the group that it opens: a copy of it opens none.
NO_HEADING: dict[str, Any] = {"group_title": "", "choice": "", "proposed": "", OPENS_GROUP: False}

Row = dict[str, Any]


def opens(row: Row) -> bool:
    """True when the row holds a heading, of a group or of a variant."""
    return any(str(row.get(name) or "").strip() for name in ("group_title", "choice"))


def heading_of(row: Row) -> Row:
    """What the row says of the group that it opens, to be given to another."""
    return {name: row.get(name, "") for name in NO_HEADING}


def group_of(rows: Sequence[Row], place: int) -> range:
    """The places of the group in which a row stands; none before the first heading."""
    first = next((at for at in range(place, -1, -1) if opens(rows[at])), None)
    if first is None:
        return range(0)
    end = next((at for at in range(first + 1, len(rows)) if opens(rows[at])), len(rows))
    return range(first, end)


def group_after(rows: Sequence[Row], place: int, verb: str) -> tuple[list[Row], int]:
    """The rows once « up », « down », « copy » or « remove » was done to the group of a row, and the place
    where its heading, or what took its place, now stands."""
    group, found = group_of(rows, place), list(rows)
    if not group:
        return found, place
    mine = found[group.start : group.stop]
    if verb == "copy":
        # Its customer takes one variant of a choice, and its seller proposes one.
        found[group.stop : group.stop] = [mine[0] | {"proposed": ""}, *mine[1:]]
        return found, group.stop
    del found[group.start : group.stop]
    if verb == "remove":
        return found, max(min(group.start, len(found) - 1), 0)
    to = _place_beside(rows, group, up=verb == "up")
    found[to:to] = mine
    return found, to


def _place_beside(rows: Sequence[Row], group: range, *, up: bool) -> int:
    """Where a group goes among the others: past its neighbour; the first never passes lines without group."""
    beside = group.start - 1 if up else group.stop
    neighbour = group_of(rows, beside) if 0 <= beside < len(rows) else range(0)
    if not neighbour:
        return group.start
    return neighbour.start if up else group.start + len(neighbour)


def line_after(rows: Sequence[Row], place: int, step: int) -> tuple[list[Row], int]:
    """The rows once a line was moved by one step, and its place. Headings are steps of their own: a line goes
    under the next one or above its own, which stays where it is unless the line is alone under it."""
    found, row, other = list(rows), rows[place], place + step
    if step < 0 and opens(row) and place + 1 < len(rows) and not opens(rows[place + 1]):
        _exchange_headings(found, place, place + 1)
        return found, place
    if not 0 <= other < len(rows):
        return found, place
    if step > 0 and not opens(row) and opens(rows[other]):
        _exchange_headings(found, place, other)
        return found, place
    found[place], found[other] = found[other], found[place]
    if opens(row) != opens(rows[other]) and (step > 0 or not opens(row)):
        _exchange_headings(found, place, other)
    return found, other


def _exchange_headings(rows: list[Row], one: int, other: int) -> None:
    mine, theirs = heading_of(rows[one]), heading_of(rows[other])
    rows[one], rows[other] = rows[one] | theirs, rows[other] | mine


def restored(rows: Sequence[Row], removed: Sequence[Row], place: int) -> list[Row]:
    """The rows once those that were removed are back at their place, with the heading that they left."""
    found, at = list(rows), min(place, len(rows))
    if removed and opens(removed[0]) and at < len(found) and heading_of(found[at]) == heading_of(removed[0]):
        found[at] = found[at] | NO_HEADING
    found[at:at] = removed
    return found
