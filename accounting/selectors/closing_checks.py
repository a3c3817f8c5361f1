"""What is looked at before a month is closed: a room registers what it knows, a line each with its repair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cae.core.periods import Month


@dataclass(frozen=True)
class Missing:
    """What a check found: how many, in a sentence, and where it is repaired."""

    sentence: str
    url: str
    count: int = 1
    amount: Decimal | None = None
    since: date | None = None


Finder = Callable[[Month], Missing | None]


@dataclass(frozen=True)
class Check:
    """`find` gives what a month lacks, or nothing. What blocks must be repaired; the rest may be accepted."""

    code: str
    label: Any
    find: Finder
    blocks: bool = False
    order: int = 50


@dataclass(frozen=True)
class Checked:
    """A line of the list of a month."""

    label: Any
    blocks: bool
    missing: Missing | None

    @property
    def shape(self) -> tuple[str, str]:
        """Its tone and its sign."""
        if self.missing is None:
            return "success", "✔"
        return ("danger", "✕") if self.blocks else ("warning", "▲")


_checks: dict[str, Check] = {}


def register_check(code: str, *, label: Any, find: Finder, blocks: bool = False, order: int = 50) -> None:
    """Adds a line to the list of every month, once; the lowest `order` comes first."""
    if code in _checks:
        raise ValueError(f"check {code!r} is registered twice")
    _checks[code] = Check(code, label, find, blocks, order)


def checks_of(month: Month) -> list[Checked]:
    """What the rooms find of a month: a question or two each, whatever the number of entries."""
    ordered = sorted(_checks.values(), key=lambda check: (check.order, check.code))
    return [Checked(check.label, check.blocks, check.find(month)) for check in ordered]
