"""Which answers each step of an application asks, by door, and how far each step is. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

ACTIVITY, IDEA, COLLECTIVE = "activity", "idea", "collective"
DOORS = frozenset({ACTIVITY, IDEA, COLLECTIVE})
# The reason for which one may come that asks who sent one.
BY_PRESCRIBER = "prescriber"


class StepCode(StrEnum):
    """The steps, in their order."""

    YOU = "vous"
    PROJECT = "projet"
    SKILLS = "competences"
    TESTED = "test"
    MEANING = "sens"
    PLACE = "territoire"
    DOCUMENTS = "documents"
    CHECK = "verifier"


class StepState(StrEnum):
    """As `components/steps.html` draws them."""

    TODO = "todo"
    PARTIAL = "partial"
    DONE = "done"


@dataclass(frozen=True)
class Asked:
    """One question: the doors that ask it, and those where it must have an answer."""

    name: str
    doors: frozenset[str] = DOORS
    required: frozenset[str] = DOORS


def _optional(name: str, *doors: str) -> Asked:
    return Asked(name, frozenset(doors) or DOORS, frozenset())


def _for(name: str, *doors: str) -> Asked:
    return Asked(name, frozenset(doors), frozenset(doors))


QUESTIONS: Mapping[StepCode, tuple[Asked, ...]] = {
    StepCode.YOU: (
        Asked("first_name"),
        Asked("last_name"),
        Asked("phone"),
        Asked("postcode"),
        Asked("city"),
        Asked("entry_status"),
        Asked("referral"),
        _optional("prescriber"),
        _optional("prescriber_name"),
        _optional("tells_prescriber"),
    ),
    StepCode.PROJECT: (
        _optional("trade", ACTIVITY, IDEA),
        Asked("trade_text", frozenset({ACTIVITY, IDEA}), frozenset({ACTIVITY})),
        _optional("project_name", ACTIVITY, IDEA),
        Asked("summary"),
        _for("customers", ACTIVITY),
        _for("progress", IDEA),
    ),
    StepCode.SKILLS: (Asked("career"), Asked("skills"), _optional("training")),
    StepCode.TESTED: (
        Asked("is_tested"),
        _optional("tested_as"),
        _optional("tested_from"),
        _optional("tested_until"),
        _optional("sales_12_months"),
        _optional("costs_12_months"),
        _optional("weekly_hours"),
        _optional("is_time_chosen"),
    ),
    StepCode.MEANING: (Asked("motivation"), Asked("relation_to_work")),
    StepCode.PLACE: (
        Asked("territory"),
        _optional("area"),
        _optional("collective"),
        _optional("collective_name"),
        _for("collective_part", COLLECTIVE),
    ),
    StepCode.DOCUMENTS: (_optional("sends_papers_later"),),
    StepCode.CHECK: (),
}
# What an activity already tested must tell of itself; it may still go on.
TESTED_ASKS = ("tested_as", "tested_from", "sales_12_months", "weekly_hours", "is_time_chosen")


def questions_of(step: StepCode, door: str) -> tuple[str, ...]:
    """The questions of a step by this door, in their order."""
    return tuple(asked.name for asked in QUESTIONS[step] if door in asked.doors)


def asked_before_sending(step: StepCode, door: str) -> frozenset[str]:
    """The questions of a step that sending asks for, those that only some answers call for included."""
    called: tuple[str, ...] = TESTED_ASKS if step is StepCode.TESTED else ()
    if step is StepCode.PLACE and door == COLLECTIVE:
        called = ("collective", "collective_name")
    return frozenset(asked.name for asked in QUESTIONS[step] if door in asked.required) | frozenset(called)


def missing_of(step: StepCode, door: str, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The questions of a step that must still be answered. Beside the answers themselves, `charter` says
    whether it is signed (absent when there is none to sign), `papers` how many are still missing."""
    missing = [
        asked.name for asked in QUESTIONS[step] if door in asked.required and not _said(answers, asked.name)
    ]
    rule = _RULES.get(step)
    return tuple(rule(missing, door, answers) if rule else missing)


def _who_sent(missing: list[str], _door: str, answers: Mapping[str, Any]) -> list[str]:
    by_prescriber = answers.get("referral") == BY_PRESCRIBER
    return missing + (_one_of(answers, "prescriber", "prescriber_name") if by_prescriber else [])


def _trade_of_the_list(missing: list[str], _door: str, answers: Mapping[str, Any]) -> list[str]:
    """A trade of the list needs no words of one's own."""
    return [name for name in missing if name != "trade_text" or not _said(answers, "trade")]


def _what_was_tested(missing: list[str], _door: str, answers: Mapping[str, Any]) -> list[str]:
    asked = TESTED_ASKS if answers.get("is_tested") else ()
    return missing + [name for name in asked if not _said(answers, name)]


def _charter_signed(missing: list[str], _door: str, answers: Mapping[str, Any]) -> list[str]:
    return missing + (["charter"] if answers.get("charter") is False else [])


def _which_collective(missing: list[str], door: str, answers: Mapping[str, Any]) -> list[str]:
    return missing + (_one_of(answers, "collective", "collective_name") if door == COLLECTIVE else [])


def _papers_or_later(missing: list[str], _door: str, answers: Mapping[str, Any]) -> list[str]:
    waits = bool(answers.get("papers")) and not answers.get("sends_papers_later")
    return missing + (["papers"] if waits else [])


_Rule = Callable[[list[str], str, Mapping[str, Any]], list[str]]
_RULES: Mapping[StepCode, _Rule] = {
    StepCode.YOU: _who_sent,
    StepCode.PROJECT: _trade_of_the_list,
    StepCode.TESTED: _what_was_tested,
    StepCode.MEANING: _charter_signed,
    StepCode.PLACE: _which_collective,
    StepCode.DOCUMENTS: _papers_or_later,
}


def state_of(step: StepCode, door: str, answers: Mapping[str, Any]) -> StepState:
    """How far a step is. The last one is done only by sending."""
    if step is StepCode.CHECK:
        return StepState.TODO
    if not missing_of(step, door, answers):
        return StepState.DONE
    begun = any(_told(answers, name) for name in (*questions_of(step, door), *_ALSO.get(step, ())))
    return StepState.PARTIAL if begun else StepState.TODO


# What begins a step beside its questions: a signed charter, a paper brought.
_ALSO = {StepCode.MEANING: ("charter",), StepCode.DOCUMENTS: ("papers_brought",)}


def _said(answers: Mapping[str, Any], name: str) -> bool:
    """« No » and zero are answers."""
    return answers.get(name) not in (None, "")


def _told(answers: Mapping[str, Any], name: str) -> bool:
    """Said, and not by a box that was left unticked."""
    return _said(answers, name) and (answers[name] is not False or name in ("is_tested", "is_time_chosen"))


def _one_of(answers: Mapping[str, Any], first: str, second: str) -> list[str]:
    return [] if _said(answers, first) or _said(answers, second) else [second]
