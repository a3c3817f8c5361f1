"""Amendments by paragraph: how far each is from the text, in which order they are voted, what the adopted
ones make of it, which fall (GOV-21). Paragraphs are parted by an empty line and counted from 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

REPLACE, DELETE, INSERT = "replace", "delete", "insert"
# Among equally far ones of a paragraph: taking it away goes furthest, adding beside it least far.
_RANK = {DELETE: 0, REPLACE: 1, INSERT: 2}
_BLANK_LINE = re.compile(r"\n\s*\n")


class Change(Protocol):
    """What the functions below read of an amendment; rows of the database have it."""

    @property
    def pk(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def paragraph(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def distance(self) -> int: ...


Some = TypeVar("Some", bound=Change)


def paragraphs_of(text: str) -> list[str]:
    """Gives the paragraphs of a text, without the spaces around them."""
    parts = _BLANK_LINE.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return [part.strip() for part in parts if part.strip()]


def tidied(text: str) -> str:
    """Gives the same text written one way: paragraphs parted by one empty line."""
    return "\n\n".join(paragraphs_of(text))


def distance_of(text: str, kind: str, paragraph: int, new: str) -> int:
    """Gives how far a change is from its paragraph, in thousandths: words to add, take or change, out of the
    longer of the two. Taking the paragraph away is as far as one can go: 1000."""
    parts = paragraphs_of(text)
    before = parts[paragraph - 1].split() if 1 <= paragraph <= len(parts) else []
    added = new.split()
    after = [] if kind == DELETE else before + added if kind == INSERT else added
    longest = max(len(before), len(after))
    return _edits(before, after) * 1000 // longest if longest else 0


def _edits(before: Sequence[str], after: Sequence[str]) -> int:
    """Gives the least number of words to add, take or change (Levenshtein)."""
    row = list(range(len(after) + 1))
    for rank, old in enumerate(before, start=1):
        above, row = row, [rank]
        for place, new in enumerate(after, start=1):
            row.append(
                min(above[place] + 1, row[place - 1] + 1, above[place - 1] + (old != new)),
            )
    return row[-1]


def order(amendments: Iterable[Some]) -> list[Some]:
    """Gives the order of the votes: paragraph by paragraph, the furthest from the text first; among equals a
    deletion, then a replacement, then an addition, then the first deposited."""
    return sorted(amendments, key=lambda one: (one.paragraph, -one.distance, _RANK[one.kind], one.pk))


def adopted_text(text: str, adopted: Iterable[Change]) -> str:
    """Gives the text that the adopted amendments make: each paragraph as replaced or without it, what is
    added after it in the order of deposit. A paragraph that the text has not is left aside."""
    changes = sorted(adopted, key=lambda one: one.pk)
    parts: list[str] = _added_after(0, changes)
    for number, paragraph in enumerate(paragraphs_of(text), start=1):
        changed = next((one for one in changes if one.paragraph == number and one.kind != INSERT), None)
        if changed is None:
            parts.append(paragraph)
        elif changed.kind == REPLACE:
            parts.append(tidied(changed.text))
        parts += _added_after(number, changes)
    return "\n\n".join(parts)


def _added_after(number: int, changes: Sequence[Change]) -> list[str]:
    return [tidied(one.text) for one in changes if one.kind == INSERT and one.paragraph == number]


def fallen(won: Change, others: Iterable[Some]) -> list[Some]:
    """Gives those that have no object once `won` is adopted: the other replacements and deletions of a
    paragraph replaced or deleted, and the same addition proposed twice."""
    return [one for one in others if one.pk != won.pk and _falls(won, one)]


def _falls(won: Change, other: Change) -> bool:
    if other.paragraph != won.paragraph:
        return False
    if INSERT in (won.kind, other.kind):
        return won.kind == other.kind and tidied(won.text) == tidied(other.text)
    return True
