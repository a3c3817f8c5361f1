"""Reads the template of a series of numbers, and writes a number with it. Pure.

Fields: {SEQ} never restarts, {SEQ_YEAR} and {SEQ_MONTH} restart; {YYYY} {YY} {MM} are the date's.
A sequence may say its width: {SEQ_YEAR:4} gives 0001. A number has at most 35 characters among
letters, digits and + - _ / (BR-FR).
"""

import re
from datetime import date

_FIELD = re.compile(r"\{(SEQ_YEAR|SEQ_MONTH|SEQ|YYYY|YY|MM)(?::(\d))?\}")
_ALLOWED = re.compile(r"[A-Za-z0-9+\-_/]{1,35}")


class BadTemplate(ValueError):
    """The template can't give unique numbers; `args[0]` is the reason, as a code."""


def check(template: str) -> None:
    """Raises BadTemplate (empty, no_sequence, ambiguous, characters) for a template that can't serve."""
    if not template:
        raise BadTemplate("empty")
    fields = [match[1] for match in _FIELD.finditer(template)]
    sequences = [field for field in fields if field.startswith("SEQ")]
    if len(sequences) != 1:
        raise BadTemplate("no_sequence" if not sequences else "ambiguous")
    year = "YYYY" in fields or "YY" in fields
    if sequences[0] == "SEQ_YEAR" and not year:
        raise BadTemplate("ambiguous")
    if sequences[0] == "SEQ_MONTH" and not (year and "MM" in fields):
        raise BadTemplate("ambiguous")
    if not _ALLOWED.fullmatch(write(template, 10**9, date(2000, 12, 31))):
        raise BadTemplate("characters")


def restarts(template: str, last: date | None, on: date) -> bool:
    """Tells whether the sequence begins again on `on`, its last number being of `last`."""
    if last is None:
        return False
    if "{SEQ_YEAR" in template:
        return last.year != on.year
    if "{SEQ_MONTH" in template:
        return (last.year, last.month) != (on.year, on.month)
    return False


def write(template: str, rank: int, on: date) -> str:
    """Gives the number of rank `rank` dated `on`."""
    dates = {"YYYY": f"{on.year:04}", "YY": f"{on.year % 100:02}", "MM": f"{on.month:02}"}
    return _FIELD.sub(lambda match: dates.get(match[1]) or f"{rank:0{match[2] or 1}}", template)
