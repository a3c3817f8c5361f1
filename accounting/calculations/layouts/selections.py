"""Which accounts a line takes: « 42, -421, -425 », « 14-15 », « 12, ANTERIEUR »."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accounting.calculations.layouts.faults import Unreadable, Wrong

# What stands for classes 6 and 7 where things stand on a day: the result of the year, that of earlier years.
RESULT, EARLIER = "RESULTAT", "ANTERIEUR"
RESULTS = (RESULT, EARLIER)
_TERM = re.compile(r"(?P<less>-?)(?P<first>[1-8][0-9]{0,11})(?:-(?P<last>[1-8][0-9]{0,11}))?")
_WIDEST = 100


@dataclass(frozen=True)
class Selection:
    """Accounts that begin with one of `taken` and none of `left`; the results of `words`."""

    taken: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def takes(self, key: str) -> bool:
        """Tells whether an account, or a result named by its word, is counted here."""
        return key in self.words or (key.startswith(self.taken) and not key.startswith(self.left))

    def meets(self, other: Selection) -> tuple[str, ...]:
        """Prefixes whose accounts both take."""
        words = tuple(word for word in self.words if word in other.words)
        longer = {
            max(one, two, key=len)
            for one in self.taken
            for two in other.taken
            if one.startswith(two) or two.startswith(one)
        }
        shared = (prefix for prefix in longer if not prefix.startswith(self.left + other.left))
        return words + tuple(sorted(shared))


def read_selection(text: str) -> Selection:
    """Reads the accounts of a line. Raises Unreadable, which names the term."""
    taken: list[str] = []
    left: list[str] = []
    words: list[str] = []
    for term in re.split(r"[\s,;]+", text.replace("−", "-").strip(" ,;\t")):
        if term.upper() in RESULTS:
            words.append(term.upper())
            continue
        found = _TERM.fullmatch(term)
        if found is None:
            raise Unreadable(Wrong.ACCOUNTS_INVALID, term)
        (left if found["less"] else taken).extend(_prefixes(term, found["first"], found["last"]))
    if not taken and not words:
        raise Unreadable(Wrong.ACCOUNTS_INVALID, text)
    return Selection(tuple(taken), tuple(left), tuple(words))


def _prefixes(term: str, first: str, last: str | None) -> list[str]:
    if last is None:
        return [first]
    span = range(int(first), int(last) + 1)
    if len(first) != len(last) or not 0 < len(span) <= _WIDEST:
        raise Unreadable(Wrong.ACCOUNTS_INVALID, term)
    return [str(number) for number in span]
