"""A resolution: the base, the voices needed, the verdict (governance.md §2.3 and 2.4). Integers only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from governance.calculations.rules import DecisionRule

FOR, AGAINST, ABSTENTION, BLANK, NULL = "pour", "contre", "abstention", "blanc", "nul"
ADOPTED, REJECTED = "adopted", "rejected"
NO_VOTE_EXPRESSED = "no_vote_expressed"


@dataclass(frozen=True)
class Assembled:
    """Who could speak: associates with the right to vote, and those present or represented."""

    members: int
    present_or_represented: int


@dataclass(frozen=True)
class Majority:
    """What was needed, on which base, and what it gives. `parted`: the two sides are equal and one more
    voice would have adopted, so that a casting vote decides where the statutes give one."""

    base: int
    needed: int
    outcome: str
    parted: bool = False


def expressed(counts: Mapping[str, int], *, blanks_count: bool = False) -> int:
    """Gives the votes expressed: pour and contre, and blank and null ballots where the rules count them."""
    said = counts.get(FOR, 0) + counts.get(AGAINST, 0)
    return said + (counts.get(BLANK, 0) + counts.get(NULL, 0) if blanks_count else 0)


def base_of(rule: DecisionRule, counted: int, assembled: Assembled) -> int:
    """Gives the number that the threshold is a share of; `counted` are the votes expressed."""
    if rule.base == "all_members":
        return assembled.members
    if rule.base == "present_or_represented":
        return assembled.present_or_represented
    return counted


def decide(
    counts: Mapping[str, int],
    rule: DecisionRule,
    assembled: Assembled,
    *,
    blanks_count: bool = False,
    casting: str = "",
) -> Majority:
    """Gives the verdict on a resolution. `casting` is what the chair said, where the statutes give a
    casting vote. No vote expressed is a verdict of its own, not a refusal."""
    counted = expressed(counts, blanks_count=blanks_count)
    base = base_of(rule, counted, assembled)
    needed = rule.votes_needed(base)
    if not counts.get(FOR, 0) + counts.get(AGAINST, 0):
        return Majority(base, needed, NO_VOTE_EXPRESSED)
    adopts = counts.get(FOR, 0)
    if adopts >= needed:
        return Majority(base, needed, ADOPTED)
    parted = adopts == counts.get(AGAINST, 0) and adopts + 1 >= needed
    carried = parted and casting == FOR
    return Majority(base, needed, ADOPTED if carried else REJECTED, parted)
