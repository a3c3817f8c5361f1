"""What a rule set says that does not hold together, or that the law bounds: read before it is confirmed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from governance.calculations.colleges import LEAST_COLLEGES, SUM_NOT_WHOLE, weight_errors
from governance.calculations.rules import CALLS, DECISIONS, Rules, decision_key, parse_decision

# SARL: C. com. R223-20; SA: C. com. R225-69, at a first call. Statutes may ask for more, never for less.
NOTICE_LEAST = 15
CAPITAL_FORMS = ("_sarl", "_sa")
# One guide says that a manager is elected for four years at most.
TERM_MOST = 48


@dataclass(frozen=True)
class Doubt:
    """A fault (it is not confirmed so) or a warning (a person judges): its code, the line, its figures."""

    code: str
    key: str
    is_fault: bool = False
    facts: Mapping[str, object] = field(default_factory=dict)


def doubts(values: Mapping[str, str], *, form: str, colleges: frozenset[int]) -> list[Doubt]:
    """Gives what to look at in the lines of a set: those of a shape already checked, empty ones left out."""
    found = [doubt for check in _CHECKS for doubt in check(values)]
    return [*found, *_notice(values, form), *_weights(values, form, colleges)]


def _window(values: Mapping[str, str]) -> list[Doubt]:
    opens, closes = values.get("additions_open_days", ""), values.get("additions_close_days", "")
    if opens and closes and int(opens) < int(closes):
        return [Doubt("window_reversed", "additions_close_days", is_fault=True)]
    return []


def _correspondence(values: Mapping[str, str]) -> list[Doubt]:
    if values.get("correspondence") == "allowed" and not values.get("correspondence_days"):
        return [Doubt("correspondence_without_days", "correspondence_days", is_fault=True)]
    return []


def _second_call(values: Mapping[str, str]) -> list[Doubt]:
    """A second call is there to decide where the first could not: it never asks for more."""
    rules, found = Rules(values), []
    for kind in DECISIONS:
        keys = [decision_key(kind, call) for call in CALLS]
        if not all(values.get(key) for key in keys):
            continue
        first, second = (rules.decision(kind, call) for call in CALLS)
        if (second.quorum or 0) > (first.quorum or 0):
            found.append(Doubt("second_call_harder", keys[1]))
        if first.base == second.base and (second.threshold, second.strict) > (first.threshold, first.strict):
            found.append(Doubt("second_call_stricter", keys[1]))
    return found


def _out_of_reach(values: Mapping[str, str]) -> list[Doubt]:
    """More than the whole of a base is never met."""
    rules, keys = Rules(values), [decision_key(kind, call) for kind in DECISIONS for call in CALLS]
    ruled = [(key, parse_decision(rules.text(key))) for key in keys if values.get(key)]
    return [
        Doubt("out_of_reach", key, is_fault=True)
        for key, rule in ruled
        if rule.strict and rule.threshold == 1
    ]


def _notice(values: Mapping[str, str], form: str) -> list[Doubt]:
    days = values.get("notice_days", "")
    if days and int(days) < NOTICE_LEAST and form.endswith(CAPITAL_FORMS):
        return [Doubt("short_notice", "notice_days", facts={"least": NOTICE_LEAST})]
    return []


def _below_half(values: Mapping[str, str]) -> list[Doubt]:
    rules, found = Rules(values), []
    for kind in DECISIONS:
        for call in CALLS:
            if not values.get(key := decision_key(kind, call)):
                continue
            rule = rules.decision(kind, call)
            if rule.threshold < Fraction(1, 2) or (rule.threshold == Fraction(1, 2) and not rule.strict):
                found.append(Doubt("below_majority", key))
    return found


def _term(values: Mapping[str, str]) -> list[Doubt]:
    months = values.get("manager_term_months", "")
    if months and int(months) > TERM_MOST:
        return [Doubt("long_term", "manager_term_months", facts={"most": TERM_MOST})]
    return []


_CHECKS: tuple[Callable[[Mapping[str, str]], list[Doubt]], ...] = (
    _window,
    _correspondence,
    _second_call,
    _out_of_reach,
    _below_half,
    _term,
)


def _weights(values: Mapping[str, str], form: str, colleges: frozenset[int]) -> list[Doubt]:
    if not values.get("college_weights"):
        return []
    weights = Rules(values).weights()
    key, found = "college_weights", []
    if len(weights) != len(values[key].split()):
        found.append(Doubt("college_twice", key, is_fault=True))
    if set(weights) != colleges:
        found.append(Doubt("colleges_differ", key, is_fault=True))
    for code in weight_errors([*weights.values()]):
        if code == SUM_NOT_WHOLE:
            found.append(Doubt(code, key, is_fault=True, facts={"total": sum(weights.values())}))
        elif form.startswith("scic"):
            found.append(Doubt(code, key, facts={"least": LEAST_COLLEGES}))
    return found
