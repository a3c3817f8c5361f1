"""Whose payslip each page of a file is: by the number it names, or the whole name that it bears (ACC-28).

Nobody ever receives a page that may be another's: a page without anybody known stops the whole file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

# « Matricule : 00012 », « Matricule n° 12 »; what follows is a number of ours.
_LABELLED = re.compile(r"\bMATRICULE\b[\s:]*(?:N[°O]?\s*)?([A-Z0-9][A-Z0-9_.-]*)")
_LONGEST_WORDS = 60


class SlipFaultKind(StrEnum):
    NO_TEXT = "no_text"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    CONFLICT = "conflict"
    TWICE = "twice"
    FILED = "filed"
    MISSING = "missing"


class SlipFault(Exception):
    """What is wrong, on which page, about whom."""

    def __init__(self, kind: SlipFaultKind, page: int = 0, about: str = "", count: int = 1) -> None:
        super().__init__(kind)
        self.kind, self.page, self.about, self.count = kind, page, about, count


@dataclass(frozen=True)
class Payee:
    """Somebody who may have a payslip: their number, their names as they may be printed."""

    key: int
    number: str
    names: tuple[str, ...]
    # The same as `plain` makes them: written once for all the pages.
    printed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Part:
    """The pages of one person, counted from 1."""

    key: int
    first: int
    last: int


def plain(text: str) -> str:
    """Capitals without accents, one space between words."""
    spread = unicodedata.normalize("NFKD", text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE"))
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return " ".join(bare.upper().split())


def split(
    pages: Sequence[str], people: Iterable[Payee], *, expected: Collection[int], filed: Collection[int]
) -> list[Part]:
    """The parts of a file, in its order. Raises SlipFault: a page of nobody, of two people, a person twice or
    filed already, somebody expected who is not there."""
    known = [replace(one, printed=tuple(plain(name) for name in one.names)) for one in people]
    by_key = {one.key: one for one in known}
    parts: list[Part] = []
    for rank, text in enumerate(pages, start=1):
        found = plain(text)
        if not found:
            _follow(parts, rank)
            continue
        key = _whose(found, rank, known)
        if parts and parts[-1].key == key:
            parts[-1] = Part(key, parts[-1].first, rank)
            continue
        if key in {part.key for part in parts}:
            raise SlipFault(SlipFaultKind.TWICE, rank, str(by_key[key]))
        if key in filed:
            raise SlipFault(SlipFaultKind.FILED, rank, str(by_key[key]))
        parts.append(Part(key, rank, rank))
    missing = [one for one in known if one.key in expected and one.key not in {part.key for part in parts}]
    missing = [one for one in missing if one.key not in filed]
    if missing:
        raise SlipFault(SlipFaultKind.MISSING, 0, str(missing[0]), len(missing))
    return parts


def _follow(parts: list[Part], rank: int) -> None:
    """A blank page is the back of the one before."""
    if not parts:
        raise SlipFault(SlipFaultKind.NO_TEXT, rank)
    parts[-1] = Part(parts[-1].key, parts[-1].first, rank)


def _whose(text: str, rank: int, known: Sequence[Payee]) -> int:
    named = [one for one in known if any(_bears(text, name) for name in one.printed)]
    labelled = set(_LABELLED.findall(text))
    if labelled:
        numbered = [one for one in known if one.number in labelled]
        return _numbered(text, rank, numbered, named, labelled)
    if not named:
        raise SlipFault(SlipFaultKind.UNKNOWN, rank, text[:_LONGEST_WORDS])
    if len(named) > 1:
        raise SlipFault(SlipFaultKind.AMBIGUOUS, rank, " / ".join(str(one) for one in named))
    return named[0].key


def _numbered(
    text: str, rank: int, numbered: Sequence[Payee], named: Sequence[Payee], labelled: Collection[str]
) -> int:
    """The number decides; a name beside it must be of the same person."""
    if not numbered:
        raise SlipFault(SlipFaultKind.UNKNOWN, rank, ", ".join(sorted(labelled)))
    if len(numbered) > 1:
        raise SlipFault(SlipFaultKind.AMBIGUOUS, rank, " / ".join(str(one) for one in numbered))
    one = numbered[0]
    if one not in named:
        other = str(named[0]) if named else text[:_LONGEST_WORDS]
        raise SlipFault(SlipFaultKind.CONFLICT, rank, f"{one.number} · {other}")
    return one.key


def _bears(text: str, name: str) -> bool:
    """The whole name, between spaces or signs: « Jean Martin » is not in « Jean Martinez »."""
    if name not in text:
        return False
    return re.search(rf"(?<![A-Z0-9'-]){re.escape(name)}(?![A-Z0-9'-])", text) is not None
