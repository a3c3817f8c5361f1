"""Majority judgment: the whole Balinski and Laraki order, by medians taken away one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LOWER, UPPER = "lower", "upper"


def median(counts: Sequence[int], convention: str = LOWER) -> int:
    """Gives the index of the median grade; counts go from the best grade to the worst. With an even number
    of voters the lower median is the worse of the two in the middle, the upper one the better."""
    voters = sum(counts)
    place = voters // 2 if convention == LOWER else (voters - 1) // 2
    for grade, count in enumerate(counts):
        if place < count:
            return grade
        place -= count
    raise ValueError("no voter")


def value(counts: Sequence[int], convention: str = LOWER) -> tuple[int, ...]:
    """Gives the majority value: the medians met while each is taken away in its turn."""
    left = list(counts)
    found: list[int] = []
    for _turn in range(sum(counts)):
        grade = median(left, convention)
        left[grade] -= 1
        found.append(grade)
    return tuple(found)


def rank(counts: Mapping[str, Sequence[int]], convention: str = LOWER) -> list[list[str]]:
    """Gives the candidates from the best to the worst, together when every grade is the same. All must have
    as many grades: who gave none gave the worst one. Raises ValueError otherwise."""
    if len({sum(grades) for grades in counts.values()}) > 1:
        raise ValueError("not as many grades for each candidate")
    values = {key: value(grades, convention) for key, grades in counts.items()}
    return [[key for key in counts if values[key] == level] for level in sorted(set(values.values()))]
