"""The conventions of a rule set: their keys, what each value may be, when an assembly needs it, how it is
read (governance.md §2.2 and 2.3). No value has a silent default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

# Codes of governance.states, which these rules speak of without knowing their words.
DECISIONS = (
    "ordinary",
    "extraordinary",
    "manager_election",
    "manager_removal",
    "board_election",
    "admission",
)
CALLS = (1, 2)
BASES = ("expressed", "present_or_represented", "all_members")
STRICT, AT_LEAST = "strict", "at_least"


@dataclass(frozen=True)
class DecisionRule:
    """How one kind of decision is made at one call: a quorum if any, a base, a threshold.

    `strict`: more than the threshold; else at least it."""

    quorum: Fraction | None
    base: str
    threshold: Fraction
    strict: bool

    def votes_needed(self, base: int) -> int:
        """Gives the voices that adopt, on a base of so many (governance.md §2.4)."""
        share = self.threshold * base
        return floor(share) + 1 if self.strict else ceil(share)

    def quorum_needed(self, members: int) -> int:
        """Gives how many associates must be present or represented; 0 without quorum."""
        return ceil(self.quorum * members) if self.quorum is not None else 0


@dataclass(frozen=True)
class Occasion:
    """What an assembly will do, so far as it decides which rules it needs."""

    decisions: frozenset[str]
    methods: frozenset[str] = frozenset()
    call: int = 1
    colleges: bool = False
    remote: bool = False


@dataclass(frozen=True)
class Key:
    """One convention: its code, the shape of its value, when it is needed. `choices` are codes."""

    code: str
    shape: str
    choices: tuple[str, ...] = ()
    needed: Callable[[Occasion], bool] = lambda occasion: True


def _never(occasion: Occasion) -> bool:
    return False


def _with_colleges(occasion: Occasion) -> bool:
    return occasion.colleges


def _election(occasion: Occasion) -> bool:
    return bool(occasion.methods & {"list", "names", "transferable", "majority_judgment", "schulze"})


def _managers(occasion: Occasion) -> bool:
    return bool(occasion.decisions & {"manager_election", "manager_removal"})


def _method(name: str) -> Callable[[Occasion], bool]:
    return lambda occasion: name in occasion.methods


def _decides(kind: str, call: int) -> Callable[[Occasion], bool]:
    return lambda occasion: kind in occasion.decisions and occasion.call == call


def decision_key(kind: str, call: int) -> str:
    """The key of the rule of a kind of decision at a call: `decision.ordinary.1`."""
    return f"decision.{kind}.{call}"


# Shapes: `decision` « quorum base threshold comparison » (« 1/5 expressed 1/2 strict », « none … »);
# `choice`; `integer`; `fraction` (« 1/4 »); `weights` (« 3:50 4:30 5:20 », college by key); `cap` (« legal »
# or an integer).
KEYS: tuple[Key, ...] = (
    *(
        Key(decision_key(kind, call), "decision", needed=_decides(kind, call))
        for kind in DECISIONS
        for call in CALLS
    ),
    # 3: blank and null ballots.
    Key("blank_ballots", "choice", ("outside", "counted")),
    # 4 and 5.
    Key("quorum_base", "choice", ("voting", "all")),
    Key("quorum_moment", "choice", ("each_vote", "opening")),
    # 6 and 7: proxies. `proxy_later`: what a later one does to an earlier one.
    Key("proxy_cap", "cap"),
    Key("proxy_holders", "choice", ("associates", "same_college")),
    Key("proxy_later", "choice", ("replaces", "refused")),
    Key("blank_proxy", "choice", ("by_support", "refused")),
    # 8 to 10: colleges (Scic).
    Key("college_weights", "weights", needed=_with_colleges),
    Key("college_report", "choice", ("proportional", "winner_takes_college"), _with_colleges),
    Key("empty_college", "choice", ("lost", "shared"), _with_colleges),
    Key("college_abstentions", "choice", ("outside", "inside"), _with_colleges),
    # 11: a tie in an election; a tie on a resolution.
    Key("tie", "choice", ("age", "seniority", "draw"), _election),
    Key("casting_vote", "choice", ("none", "chair")),
    # 12 to 14.
    Key("median", "choice", ("lower", "upper"), _method("majority_judgment")),
    Key("schulze_strength", "choice", ("winning_votes", "margins"), _method("schulze")),
    Key("consent_minimum", "integer", needed=_method("consent")),
    # 15: which ballot of a voice counts.
    Key("ballot_final", "choice", ("last", "first")),
    Key("correspondence", "choice", ("allowed", "refused")),
    # A set that allows it without saying these days is not confirmed (rule_checks).
    Key("correspondence_days", "integer", needed=_never),
    Key("remote", "choice", ("counted", "refused"), lambda occasion: occasion.remote),
    # The convocation and what members add.
    Key("notice_days", "integer"),
    Key("notice_form", "choice", ("mail", "letter", "either")),
    Key("additions_threshold", "fraction"),
    Key("additions_open_days", "integer"),
    Key("additions_close_days", "integer"),
    # Elections of managers.
    Key("manager_electorate", "choice", ("associates", "entrepreneurs", "all"), _managers),
    Key("manager_ballot", "choice", ("secret", "open"), _managers),
    Key("manager_term_months", "integer", needed=_managers),
    # Empty where the statutes limit no renewal.
    Key("manager_terms_most", "integer", needed=_never),
    # The register.
    Key("suspension_days", "integer", needed=_never),
    Key("refund_years", "integer", needed=_never),
    Key("capital_floor", "fraction", needed=_never),
    Key("admission_route", "choice", ("vote", "by_rule"), _never),
)
BY_CODE: dict[str, Key] = {key.code: key for key in KEYS}
_FRACTION = re.compile(r"^\d{1,4}/[1-9]\d{0,3}$")


class RuleMissing(LookupError):
    """A convention that nobody decided; `code` is its key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Rules:
    """The values of a rule set, read by key. Raises RuleMissing for one that is empty."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values

    def text(self, code: str) -> str:
        value = self._values.get(BY_CODE[code].code, "")
        if not value:
            raise RuleMissing(code)
        return value

    def integer(self, code: str) -> int:
        return int(self.text(code))

    def fraction(self, code: str) -> Fraction:
        return Fraction(self.text(code))

    def decision(self, kind: str, call: int) -> DecisionRule:
        return parse_decision(self.text(decision_key(kind, call)))

    def weights(self) -> dict[int, int]:
        """{college: weight}; empty when the cooperative counts all its associates together."""
        found = self._values.get("college_weights", "")
        return dict(_weight(part) for part in found.split())


def parse_decision(value: str) -> DecisionRule:
    """Reads « 1/5 expressed 1/2 strict ». Raises ValueError on anything else."""
    quorum, base, threshold, comparison = value.split(" ")
    if base not in BASES or comparison not in (STRICT, AT_LEAST):
        raise ValueError(value)
    return DecisionRule(
        None if quorum == "none" else _fraction(quorum), base, _fraction(threshold), comparison == STRICT
    )


def _fraction(text: str) -> Fraction:
    """Reads a fraction from 0 to 1 written n/d. Raises ValueError."""
    if not _FRACTION.match(text) or (found := Fraction(text)) > 1:
        raise ValueError(text)
    return found


def _weight(part: str) -> tuple[int, int]:
    college, weight = part.split(":")
    return int(college), int(weight)


def is_valid(key: Key, value: str) -> bool:
    """Tells whether a value has the shape of its key; the empty one, undecided, has it."""
    if not value:
        return True
    try:
        return _CHECKS[key.shape](key, value)
    except ValueError:
        return False


def _whole(key: Key, value: str) -> bool:
    return value.isdecimal() and value.isascii() and len(value) <= 4


_CHECKS: dict[str, Callable[[Key, str], bool]] = {
    "decision": lambda key, value: bool(parse_decision(value)),
    "choice": lambda key, value: value in key.choices,
    "integer": _whole,
    "cap": lambda key, value: value == "legal" or _whole(key, value),
    "fraction": lambda key, value: bool(_fraction(value)) or True,
    "weights": lambda key, value: all(weight > 0 for _college, weight in map(_weight, value.split())),
}


def missing(values: Mapping[str, str], occasion: Occasion) -> list[str]:
    """Gives the keys that an assembly needs and that nobody decided, in the order of the table."""
    return [key.code for key in KEYS if key.needed(occasion) and not values.get(key.code)]


def canonical_lines(values: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Gives the decided lines in the order of the table: what the hash of a rule set covers."""
    return [(key.code, values[key.code]) for key in KEYS if values.get(key.code)]
