"""Condorcet by the method of Schulze: duels, strongest paths, ranking."""

from __future__ import annotations

from collections.abc import Sequence

WINNING_VOTES, MARGINS = "winning_votes", "margins"
# A ranking: levels from the best; candidates left out come last together.
Ranking = Sequence[Sequence[str]]
Duels = dict[tuple[str, str], int]
Strength = tuple[int, int]
NONE: Strength = (0, 0)


def duels(candidates: Sequence[str], ballots: Sequence[Ranking]) -> Duels:
    """Gives how many voters put the first before the second, for each ordered pair."""
    found = {(one, other): 0 for one in candidates for other in candidates if one != other}
    for ballot in ballots:
        place = {key: level for level, keys in enumerate(ballot) for key in keys}
        last = len(ballot)
        for one, other in found:
            found[one, other] += place.get(one, last) < place.get(other, last)
    return found


def _strength(found: Duels, one: str, other: str, convention: str) -> Strength:
    """By winning votes, and fewer losing votes as a second key; or by the margin."""
    won, lost = found[one, other], found[other, one]
    if won <= lost:
        return NONE
    return (won - lost, 0) if convention == MARGINS else (won, -lost)


def paths(candidates: Sequence[str], found: Duels, convention: str) -> dict[tuple[str, str], Strength]:
    """Gives the strength of the strongest path of each ordered pair (Floyd and Warshall)."""
    best = {pair: _strength(found, *pair, convention) for pair in found}
    for middle in candidates:
        for one in candidates:
            for other in candidates:
                if len({one, middle, other}) == 3:
                    through = min(best[one, middle], best[middle, other])
                    best[one, other] = max(best[one, other], through)
    return best


def rank(candidates: Sequence[str], found: Duels, convention: str = WINNING_VOTES) -> list[list[str]]:
    """Gives the levels of the ranking from the duels: at each one, those whom nobody left beats by a stronger
    path."""
    best = paths(candidates, found, convention)
    left = list(candidates)
    levels: list[list[str]] = []
    while left:
        level = [
            key for key in left if all(best[other, key] <= best[key, other] for other in left if other != key)
        ]
        levels.append(level)
        left = [key for key in left if key not in level]
    return levels
