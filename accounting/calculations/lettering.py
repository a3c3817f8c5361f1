"""Lines that answer each other: their code, what is left of them, which ones to propose.

Amounts are signed: debit positive. Source of the practice: PCG art. 944-40 and 944-41 (third parties are
followed line by line); « EcritureLet » of the FEC (LPF A47 A-1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cae.core.money import ZERO

_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Mark:
    """One line: its key, its amount, the day that orders it, and what proposals look at."""

    key: int
    signed: Decimal
    day: date
    piece: str = ""
    party: str = ""
    section: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """Lines to letter together, and why: `piece`, `amount` or `party`."""

    reason: str
    marks: tuple[Mark, ...]

    @property
    def amount(self) -> Decimal:
        return sum((mark.signed for mark in self.marks if mark.signed > ZERO), ZERO)


def code_of(rank: int) -> str:
    """The code of a lettering from its rank, 1 and on: AA, AB… ZZ, then AAA."""
    length, first = 2, 1
    while rank >= first + _LETTERS**length:
        first += _LETTERS**length
        length += 1
    rest, letters = rank - first, ""
    for _place in range(length):
        rest, letter = divmod(rest, _LETTERS)
        letters = chr(ord("A") + letter) + letters
    return letters


def total(marks: Iterable[Mark]) -> Decimal:
    return sum((mark.signed for mark in marks), ZERO)


def faces(marks: Iterable[Mark]) -> bool:
    """Both sides are there: without the other, a side answers nothing."""
    signs = {mark.signed > ZERO for mark in marks}
    return len(signs) > 1


def left_of(marks: Sequence[Mark]) -> dict[int, Decimal]:
    """What is left of each line of one lettering: the smaller side is used up on the other, the oldest day
    first; the sum of what is left is the sum of the lines."""
    left = {mark.key: ZERO for mark in marks}
    rest = total(marks)
    # The last ones of the larger side keep what the others did not need.
    for mark in sorted(marks, key=lambda mark: (mark.day, mark.key), reverse=True):
        if rest and (mark.signed > ZERO) == (rest > ZERO):
            kept = min(abs(rest), abs(mark.signed))
            left[mark.key] = kept if rest > ZERO else -kept
            rest -= left[mark.key]
    return left


def proposals(marks: Sequence[Mark]) -> Iterator[Proposal]:
    """What may be lettered among open lines of one account, the surest first; each line once."""
    free = {mark.key: mark for mark in marks}
    for find in (_of_pieces, _of_amounts, _of_parties):
        for found in list(find(list(free.values()))):
            for mark in found.marks:
                del free[mark.key]
            yield found


def _of_pieces(marks: Sequence[Mark]) -> Iterator[Proposal]:
    return _balanced("piece", [mark for mark in marks if mark.piece], lambda mark: mark.piece)


def _of_parties(marks: Sequence[Mark]) -> Iterator[Proposal]:
    return _balanced("party", [mark for mark in marks if mark.party], lambda mark: mark.party)


def _balanced(reason: str, marks: Sequence[Mark], named: Callable[[Mark], str]) -> Iterator[Proposal]:
    groups: dict[tuple[int, str], list[Mark]] = {}
    for mark in marks:
        groups.setdefault((mark.section, named(mark)), []).append(mark)
    for group in groups.values():
        if len(group) > 1 and not total(group):
            yield Proposal(reason, tuple(group))


def _of_amounts(marks: Sequence[Mark]) -> Iterator[Proposal]:
    """A debit and a credit of one amount, when neither could go with another."""
    named = [mark for mark in marks if mark.party]
    count = Counter(_likeness(mark, mark.signed) for mark in named)
    debits = {_likeness(mark, mark.signed): mark for mark in named if mark.signed > ZERO}
    for mark in named:
        like = _likeness(mark, -mark.signed)
        alone = count[_likeness(mark, mark.signed)] == count[like] == 1
        if mark.signed < ZERO and alone:
            yield Proposal("amount", (debits[like], mark))


def _likeness(mark: Mark, signed: Decimal) -> tuple[int, str, Decimal]:
    return mark.section, mark.party, signed
