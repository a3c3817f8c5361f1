"""What a payment order says to a bank, which ones cash covers, and on which days banks transfer."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cae.core.money import ZERO
from entrepreneurs.calculations.leave import easter

# European Payments Council, EPC217-08 and EPC132-08: what every bank takes, and how long.
LONGEST_NAME, LONGEST_TEXT = 70, 140
_TAKEN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
_SAID_AS = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"’": "'", "‘": "'", "\u2013": "-", "\u2014": "-", "_": "-"}
    | {"«": " ", "»": " ", "&": "+", "€": "EUR", "°": "o"}
)
_SATURDAY = 5


@dataclass(frozen=True)
class Beneficiary:
    """Who is paid, and where; the BIC may be left out."""

    name: str
    iban: str
    bic: str = ""


def bank_text(text: str, longest: int) -> str:
    """Gives a text in the letters that every bank takes, on one line, cut to its length; it neither begins
    nor ends with a bar, and holds no double one."""
    plain = unicodedata.normalize("NFKD", text.translate(_SAID_AS))
    kept = "".join(_letter(sign) for sign in plain if not unicodedata.combining(sign))
    while "//" in kept:
        kept = kept.replace("//", "/")
    return " ".join(kept.split()).strip("/ ")[:longest].rstrip("/ ")


def _letter(sign: str) -> str:
    return sign if sign in _TAKEN else " "


@dataclass(frozen=True)
class Wanted:
    """An order that asks for the cash of a section. `key` names it; `cleared`: somebody lifted its hold."""

    key: int
    section: int
    amount: Decimal
    due_on: date
    cleared: bool = False


@dataclass(frozen=True)
class Hold:
    """An order that waits: what was left in its section when its turn came."""

    key: int
    left: Decimal


def holds(wanted: Sequence[Wanted], cash: Mapping[int, Decimal]) -> dict[int, Hold]:
    """Gives the orders that the cash of their section does not cover, by key. Those that somebody cleared
    take theirs first, then the others by due date; one too large leaves what is there to the next. A section
    without cash told (shared services) holds nothing."""
    left = dict(cash)
    held: dict[int, Hold] = {}
    for one in sorted(wanted, key=lambda one: (not one.cleared, one.due_on, one.key)):
        if one.section not in left:
            continue
        if one.cleared or one.amount <= left[one.section]:
            left[one.section] -= one.amount
        else:
            held[one.key] = Hold(one.key, max(left[one.section], ZERO))
    return held


def is_transfer_day(day: date) -> bool:
    """Tells whether the European transfer system works that day (TARGET, calendar of the Eurosystem)."""
    sunday = easter(day.year)
    closed = {
        date(day.year, 1, 1),
        sunday - timedelta(days=2),
        sunday + timedelta(days=1),
        date(day.year, 5, 1),
        date(day.year, 12, 25),
        date(day.year, 12, 26),
    }
    return day.weekday() < _SATURDAY and day not in closed


def next_transfer_day(day: date) -> date:
    """Gives this day, or the first one after it on which banks transfer."""
    while not is_transfer_day(day):
        day += timedelta(days=1)
    return day
