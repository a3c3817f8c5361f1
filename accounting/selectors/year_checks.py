"""What is looked at before a year is closed, of the cooperative and of each activity: a room registers what
it knows. One question a check, however many activities."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accounting.models import FiscalYear
from accounting.selectors.closing_checks import Checked, Missing

HouseFinder = Callable[[FiscalYear], Missing | None]
# What the activities lack that lack something, by their keys.
ActivityFinder = Callable[[FiscalYear], Mapping[int, Missing]]


@dataclass(frozen=True)
class YearCheck:
    """What blocks must be repaired before the year is ready; the rest may be accepted."""

    code: str
    label: Any
    find: Any
    blocks: bool = False
    order: int = 50


@dataclass(frozen=True)
class Lack:
    """What an activity lacks, under the name of its check."""

    code: str
    label: Any
    missing: Missing


_house: dict[str, YearCheck] = {}
_activities: dict[str, YearCheck] = {}


def register_year_check(
    code: str, *, label: Any, find: HouseFinder, blocks: bool = False, order: int = 50
) -> None:
    """Adds a line to the list of the cooperative, once; the lowest `order` comes first."""
    _register(_house, YearCheck(code, label, find, blocks, order))


def register_activity_check(code: str, *, label: Any, find: ActivityFinder, order: int = 50) -> None:
    """Adds a line to the list of each activity, once."""
    _register(_activities, YearCheck(code, label, find, order=order))


def _register(known: dict[str, YearCheck], check: YearCheck) -> None:
    if check.code in known:
        raise ValueError(f"check {check.code!r} is registered twice")
    known[check.code] = check


def _ordered(known: dict[str, YearCheck]) -> list[YearCheck]:
    return sorted(known.values(), key=lambda check: (check.order, check.code))


def year_checks(year: FiscalYear) -> list[Checked]:
    """What the rooms find of the cooperative."""
    return [Checked(check.label, check.blocks, check.find(year)) for check in _ordered(_house)]


def activity_checks() -> Sequence[tuple[str, Any]]:
    """The checks of an activity: code and name, in their order."""
    return [(check.code, check.label) for check in _ordered(_activities)]


def activity_lacks(year: FiscalYear) -> dict[int, list[Lack]]:
    """What each activity still lacks; those that lack nothing are left out."""
    found: dict[int, list[Lack]] = {}
    for check in _ordered(_activities):
        for activity, missing in check.find(year).items():
            found.setdefault(activity, []).append(Lack(check.code, check.label, missing))
    return found
