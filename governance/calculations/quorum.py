"""Whether enough associates are there, represented or heard by form (governance.md §2.3, lines 4 and 5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from governance.calculations.rules import DecisionRule


@dataclass(frozen=True)
class Counted:
    """Of all, or of one college: how many are called, and by which door the voices come."""

    base: int
    present: int
    remote: int
    represented: int
    correspondence: int

    @property
    def have(self) -> int:
        return self.present + self.remote + self.represented + self.correspondence


@dataclass(frozen=True)
class Quorum:
    """What the rule asks and what is there. `present` counts those in the room and connected; `represented`
    the voices held by a mandatary and the blank proxies."""

    need: int
    have: int
    base: int
    met: bool
    fraction: Fraction | None
    present: int
    represented: int
    correspondence: int
    by_college: dict[int, Counted] = field(default_factory=dict)

    @property
    def lacking(self) -> int:
        return max(0, self.need - self.have)

    def facts(self) -> dict[str, object]:
        """Gives what a vote freezes and the minutes print: plain values."""
        return {
            "need": self.need,
            "have": self.have,
            "base": self.base,
            "met": self.met,
            "fraction": str(self.fraction) if self.fraction is not None else "",
            "present": self.present,
            "represented": self.represented,
            "correspondence": self.correspondence,
            "by_college": {
                str(college): {
                    "base": counted.base,
                    "present": counted.present + counted.remote,
                    "represented": counted.represented,
                    "correspondence": counted.correspondence,
                }
                for college, counted in self.by_college.items()
            },
        }


@dataclass(frozen=True)
class Doors:
    """By which door each voice comes: sets of associates with a right to vote, that never overlap."""

    present: Collection[int]
    remote: Collection[int]
    represented: Collection[int]
    correspondence: Collection[int]


def count(members: Collection[int], doors: Doors) -> Counted:
    """Gives the counts among these members."""

    def among(door: Collection[int]) -> int:
        return sum(1 for one in door if one in members)

    return Counted(
        len(members),
        among(doors.present),
        among(doors.remote),
        among(doors.represented),
        among(doors.correspondence),
    )


def quorum(rule: DecisionRule, members: Mapping[int, int | None], doors: Doors, *, base: int) -> Quorum:
    """Gives the quorum of a decision. `members` {associate: college or None}; `base` is their number, or that
    of all the associates when the rules count the suspended ones too."""
    all_of_them = count(members.keys(), doors)
    need = rule.quorum_needed(base)
    colleges: dict[int, set[int]] = {}
    for member, college in members.items():
        if college is not None:
            colleges.setdefault(college, set()).add(member)
    return Quorum(
        need=need,
        have=all_of_them.have,
        base=base,
        met=all_of_them.have >= need,
        fraction=rule.quorum,
        present=all_of_them.present + all_of_them.remote,
        represented=all_of_them.represented,
        correspondence=all_of_them.correspondence,
        by_college={college: count(those, doors) for college, those in sorted(colleges.items())},
    )
