"""Colleges of a Scic, each counted apart, then weighted: exact fractions (governance.md §2.3, 8 to 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from governance.calculations.majority import ADOPTED, NO_VOTE_EXPRESSED, REJECTED
from governance.calculations.rules import DecisionRule

PROPORTIONAL, WINNER = "proportional", "winner_takes_college"
LOST, SHARED = "lost", "shared"
OUTSIDE, INSIDE = "outside", "inside"
# Loi 47-1775 art. 19 octies: at least three colleges, each from 10 to 50 % of the voices.
LEAST_COLLEGES, LEAST_WEIGHT, MOST_WEIGHT, WHOLE = 3, 10, 50, 100
SUM_NOT_WHOLE = "sum_not_100"


@dataclass(frozen=True)
class CollegeCount:
    """The heads of one college. `base` is what its share is a part of; nobody spoke where `heads` is 0."""

    key: str
    weight: int
    adopts: int
    rejects: int
    base: int

    @property
    def heads(self) -> int:
        return self.adopts + self.rejects


@dataclass(frozen=True)
class CollegeShare:
    """What one college brings: its share of pour, and that share of its weight."""

    key: str
    share: Fraction
    weighted: Fraction


@dataclass(frozen=True)
class Weighed:
    """The sum of the colleges, over all weights or over those of the colleges that spoke."""

    shares: tuple[CollegeShare, ...]
    weighted_for: Fraction
    percent_for: Fraction
    outcome: str
    heads_for: int
    heads_against: int


def weigh(
    colleges: Sequence[CollegeCount],
    rule: DecisionRule,
    *,
    report: str = PROPORTIONAL,
    empty: str = LOST,
) -> Weighed:
    """Gives Σ weight × share, compared with the threshold as fractions. A college that is tied has not
    adopted: where the winner takes it, its weight goes against. `empty` says what becomes of the weight of
    a college without a vote: lost, or shared out among the others."""
    shares = tuple(_share(college, report) for college in colleges)
    total = sum((share.weighted for share in shares), Fraction(0))
    over = sum(college.weight for college in colleges if empty == LOST or college.heads)
    percent = total * WHOLE / over if over else Fraction(0)
    spoke = any(college.heads for college in colleges)
    limit = rule.threshold * WHOLE
    carried = percent > limit if rule.strict else percent >= limit
    return Weighed(
        shares,
        total,
        percent,
        NO_VOTE_EXPRESSED if not spoke else ADOPTED if carried else REJECTED,
        sum(college.adopts for college in colleges),
        sum(college.rejects for college in colleges),
    )


def _share(college: CollegeCount, report: str) -> CollegeShare:
    if not college.heads or not college.base:
        return CollegeShare(college.key, Fraction(0), Fraction(0))
    share = Fraction(college.adopts, college.base)
    if report == WINNER:
        share = Fraction(int(college.adopts > college.rejects))
    return CollegeShare(college.key, share, share * college.weight)


def weight_errors(weights: Sequence[int]) -> list[str]:
    """Gives what the law forbids to a Scic in a set of weights of colleges, in per cent; their sum is always
    the whole."""
    checks = {
        "fewer_than_3_colleges": len(weights) < LEAST_COLLEGES,
        "below_10": any(weight < LEAST_WEIGHT for weight in weights),
        "above_50": any(weight > MOST_WEIGHT for weight in weights),
        SUM_NOT_WHOLE: sum(weights) != WHOLE,
    }
    return [code for code, wrong in checks.items() if wrong]
