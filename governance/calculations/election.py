"""Elections in two rounds, on names or on lists; ties by a rule set beforehand (governance.md §2.3, 11)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from governance.calculations.draws import drawn

AGE, SENIORITY, DRAW = "age", "seniority", "draw"
# Voices, or their share weighted by college.
Score = int | Fraction


@dataclass(frozen=True)
class Standing:
    """What may part two candidates who have as many voices."""

    key: str
    born_on: date | None = None
    associate_since: date | None = None


@dataclass(frozen=True)
class Election:
    """Who is elected, in order of voices; the seats that stay empty; those whom only the tie rule parted."""

    elected: tuple[str, ...]
    seats_left: int
    parted_by_rule: tuple[str, ...] = ()


def tie_order(candidates: Sequence[Standing], rule: str, seed: str) -> tuple[str, ...]:
    """Gives the candidates in the order in which a tie lets them through: the eldest, the associate of the
    longest standing, or the first of the draw. Who has no such date comes last; the draw, which anybody can
    do again from the published seed, parts equal dates."""
    place = {key: rank for rank, key in enumerate(drawn(seed, [one.key for one in candidates]))}

    def rank(candidate: Standing) -> tuple[date, int]:
        day = {AGE: candidate.born_on, SENIORITY: candidate.associate_since}.get(rule)
        return (day or date.max, place[candidate.key])

    return tuple(candidate.key for candidate in sorted(candidates, key=rank))


def elect(
    votes: Mapping[str, Score], *, seats: int, reaches: Callable[[Score], bool], order: Sequence[str]
) -> Election:
    """Gives those whose voices reach what is needed, most voices first, up to the seats; nobody is elected
    without any. `order` parts ties."""
    place = {key: rank for rank, key in enumerate(order)}
    enough = [key for key, score in votes.items() if score and reaches(score)]
    ranked = sorted(enough, key=lambda key: (-votes[key], place[key]))
    chosen, left_out = ranked[:seats], ranked[seats:]
    parted: tuple[str, ...] = ()
    if left_out and votes[left_out[0]] == votes[chosen[-1]]:
        parted = tuple(key for key in ranked if votes[key] == votes[chosen[-1]])
    return Election(tuple(chosen), seats - len(chosen), parted)


def first_of_ranking(
    ranking: Sequence[Sequence[str]], *, seats: int, order: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Gives the first of a ranking up to the seats, and those whom only the tie rule parted at the last
    seat."""
    place = {key: rank for rank, key in enumerate(order)}
    chosen: list[str] = []
    for level in ranking:
        free = seats - len(chosen)
        if free < len(level):
            within = sorted(level, key=place.__getitem__)
            return (*chosen, *within[:free]), tuple(within) if free else ()
        chosen.extend(sorted(level, key=place.__getitem__))
    return tuple(chosen), ()
