"""Single transferable vote: Droop quota, surpluses carried over by exact fractions (weighted inclusive
Gregory method), the last one out when nobody reaches the quota."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Turn:
    """One step of the count: the tally of those still in, who enters or leaves."""

    tally: tuple[tuple[str, Fraction], ...]
    elected: tuple[str, ...] = ()
    excluded: str = ""


@dataclass(frozen=True)
class Transferable:
    quota: int
    elected: tuple[str, ...]
    turns: tuple[Turn, ...]


def droop_quota(ballots: int, seats: int) -> int:
    return ballots // (seats + 1) + 1


@dataclass
class _Paper:
    """A ballot and what is left of its weight."""

    choices: tuple[str, ...]
    weight: Fraction = Fraction(1)

    def first_of(self, still: set[str]) -> str:
        return next((key for key in self.choices if key in still), "")


def _tally(papers: Sequence[_Paper], still: Sequence[str]) -> dict[str, Fraction]:
    found = dict.fromkeys(still, Fraction(0))
    for paper in papers:
        if key := paper.first_of(set(still)):
            found[key] += paper.weight
    return found


def _carry_over(papers: Sequence[_Paper], still: Sequence[str], key: str, kept: Fraction) -> None:
    """Leaves to each ballot of an elected candidate the part that was not needed."""
    for paper in papers:
        if paper.first_of(set(still)) == key:
            paper.weight *= kept


def _ranked(
    still: Sequence[str], tallies: Sequence[Mapping[str, Fraction]], place: Mapping[str, int]
) -> list[str]:
    """The strongest first: by the latest tally, then by those before, then by the tie rule."""
    return sorted(still, key=lambda key: (*(tally[key] for tally in tallies), -place[key]), reverse=True)


def count(
    ballots: Sequence[Sequence[str]], *, seats: int, candidates: Sequence[str], order: Sequence[str]
) -> Transferable:
    """Gives the elected in the order in which they entered. A tie on who leaves falls on the one who had
    fewer voices at the latest earlier step that parts them, then on the last of `order`."""
    papers = [_Paper(tuple(ballot)) for ballot in ballots if ballot]
    quota = droop_quota(len(papers), seats)
    place = {key: rank for rank, key in enumerate(order)}
    still, elected = list(candidates), list[str]()
    turns: list[Turn] = []
    while still and len(elected) < seats:
        tally = _tally(papers, still)
        shown = tuple(tally.items())
        before = [dict(turn.tally) for turn in reversed(turns)]
        ranked = _ranked(still, [tally, *before], place)
        if len(still) <= seats - len(elected):
            turns.append(Turn(shown, tuple(ranked)))
            elected.extend(ranked)
            break
        first = ranked[0]
        if tally[first] >= quota:
            turns.append(Turn(shown, (first,)))
            _carry_over(papers, still, first, (tally[first] - quota) / tally[first])
            elected.append(first)
            still.remove(first)
            continue
        turns.append(Turn(shown, excluded=ranked[-1]))
        still.remove(ranked[-1])
    return Transferable(quota, tuple(elected), tuple(turns))
