"""Hours as people type them: « 9h-12h30, 14h-18h » (COW-01)."""

from __future__ import annotations

import re
from datetime import time

from coworking.calculations.hours import MIDNIGHT, Opening

_HOUR = re.compile(r"(\d{1,2})\s*(?:[h:.]\s*(\d{2})?)?")
_BETWEEN = re.compile(r"\s*(?:-|–|—|→|à|a)\s*")
_PARTS = re.compile(r"\s*(?:,|;|/|\bet\b)\s*")


def openings_typed(text: str, weekday: int) -> list[Opening]:
    """Gives the openings of a weekday, as they were typed; nothing, « fermé » or « - »: none. « minuit » and
    « 24h » are the end of the day. Raises ValueError with the part that is not understood."""
    words = " ".join(text.lower().split()).replace("minuit", "24h")
    if words in ("", "-", "—", "fermé", "ferme"):
        return []
    return [_opening(part, weekday) for part in _PARTS.split(words)]


def said_openings(openings: list[Opening]) -> str:
    """The same as one types it again: « 9h-12h30, 14h-18h »."""
    return ", ".join(f"{_said(one.opens)}-{_said(one.closes, end=True)}" for one in openings)


def _opening(part: str, weekday: int) -> Opening:
    ends = _BETWEEN.split(part)
    if len(ends) != 2:
        raise ValueError(part)
    opens, closes = _hour(ends[0], part), _hour(ends[1], part, end=True)
    return Opening(weekday, opens, closes)


def _hour(word: str, part: str, *, end: bool = False) -> time:
    found = _HOUR.fullmatch(word)
    if found is None:
        raise ValueError(part)
    hour, minute = int(found[1]), int(found[2] or 0)
    if end and (hour, minute) == (24, 0):
        return MIDNIGHT
    if hour > 23 or minute > 59:
        raise ValueError(part)
    return time(hour, minute)


def _said(at: time, *, end: bool = False) -> str:
    if end and at == MIDNIGHT:
        return "24h"
    return f"{at.hour}h{at.minute:02}" if at.minute else f"{at.hour}h"
