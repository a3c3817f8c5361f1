"""The grid of meaning in exact figures: a reviewer’s weighted mean, and what several made of it (ENT-09)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True)
class Spread:
    """What several reviewers gave to one criterion."""

    lowest: int
    highest: int
    mean: Fraction

    @property
    def gap(self) -> int:
        return self.highest - self.lowest


def weighted_mean(marks: Mapping[Key, int], weights: Mapping[Key, int]) -> Fraction:
    """Gives Σ mark × weight / Σ weight, unrounded. Raises ValueError unless each criterion has its mark
    and the weights are positive."""
    if marks.keys() != weights.keys() or not weights:
        raise ValueError("a mark for each criterion, no more")
    if min(weights.values()) <= 0:
        raise ValueError("a weight is at least one")
    return Fraction(sum(marks[key] * weight for key, weight in weights.items()), sum(weights.values()))


def mean_of(values: Iterable[Fraction | int]) -> Fraction | None:
    """Gives the plain mean of what reviewers gave; None when nobody gave anything."""
    known = list(values)
    return sum(map(Fraction, known), Fraction(0)) / len(known) if known else None


def spread(values: Iterable[int]) -> Spread | None:
    """Gives the lowest, the highest and the mean mark of one criterion; None when nobody gave one."""
    known = list(values)
    mean = mean_of(known)
    return Spread(min(known), max(known), mean) if mean is not None else None
