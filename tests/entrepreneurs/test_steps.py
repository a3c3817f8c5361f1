"""The steps of an application: what each door asks, how far each is (pure)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepreneurs.calculations.steps import (
    ACTIVITY,
    COLLECTIVE,
    DOORS,
    IDEA,
    QUESTIONS,
    StepCode,
    StepState,
    asked_before_sending,
    missing_of,
    questions_of,
    state_of,
)
from entrepreneurs.states.applications import Door

YOU = {
    "first_name": "Nina",
    "last_name": "Roy",
    "phone": "06",
    "postcode": "26400",
    "city": "Crest",
    "entry_status": "employee",
    "referral": "web",
}
TESTED = {
    "is_tested": True,
    "tested_as": "micro",
    "tested_from": "2026-01-01",
    "sales_12_months": 0,
    "weekly_hours": 20,
    "is_time_chosen": False,
}


def test_the_doors_are_those_of_the_model() -> None:
    assert {str(door) for door in Door} == DOORS


def test_no_question_is_asked_twice() -> None:
    for door in DOORS:
        names = [name for step in StepCode for name in questions_of(step, door)]
        assert len(names) == len(set(names))


def test_each_door_asks_what_concerns_it() -> None:
    assert "customers" in questions_of(StepCode.PROJECT, ACTIVITY)
    assert "progress" in questions_of(StepCode.PROJECT, IDEA)
    assert questions_of(StepCode.PROJECT, COLLECTIVE) == ("summary",)
    assert "collective_part" not in questions_of(StepCode.PLACE, IDEA)


def test_what_sending_asks_is_never_said_optional() -> None:
    for door in DOORS:
        for step in StepCode:
            asked = asked_before_sending(step, door)
            empty = missing_of(step, door, {"is_tested": True, "papers": 0})
            assert set(empty) - asked <= {"charter", "papers"}, (step, door)
    assert "trade" not in asked_before_sending(StepCode.PROJECT, ACTIVITY)
    assert asked_before_sending(StepCode.CHECK, IDEA) == frozenset()


CASES: list[tuple[StepCode, str, dict[str, Any], tuple[str, ...]]] = [
    (StepCode.YOU, ACTIVITY, YOU, ()),
    (StepCode.YOU, ACTIVITY, YOU | {"referral": "prescriber"}, ("prescriber_name",)),
    (StepCode.YOU, ACTIVITY, YOU | {"referral": "prescriber", "prescriber": 3}, ()),
    (StepCode.YOU, ACTIVITY, YOU | {"referral": "prescriber", "prescriber_name": "Mission locale"}, ()),
    (StepCode.PROJECT, ACTIVITY, {"summary": "x", "customers": "y"}, ("trade_text",)),
    (StepCode.PROJECT, ACTIVITY, {"summary": "x", "customers": "y", "trade": 4}, ()),
    (StepCode.PROJECT, IDEA, {"summary": "x", "progress": "y"}, ()),
    (StepCode.SKILLS, IDEA, {"career": "x"}, ("skills",)),
    (StepCode.TESTED, IDEA, {"is_tested": False}, ()),
    (StepCode.TESTED, IDEA, {"is_tested": None}, ("is_tested",)),
    (StepCode.TESTED, ACTIVITY, TESTED, ()),
    (StepCode.TESTED, ACTIVITY, TESTED | {"sales_12_months": None}, ("sales_12_months",)),
    (StepCode.MEANING, IDEA, {"motivation": "x", "relation_to_work": "y"}, ()),
    (StepCode.MEANING, IDEA, {"motivation": "x", "relation_to_work": "y", "charter": False}, ("charter",)),
    (StepCode.MEANING, IDEA, {"motivation": "x", "relation_to_work": "y", "charter": True}, ()),
    (StepCode.PLACE, IDEA, {"territory": 1}, ()),
    (StepCode.PLACE, COLLECTIVE, {"territory": 1, "collective_part": "x"}, ("collective_name",)),
    (StepCode.PLACE, COLLECTIVE, {"territory": 1, "collective_part": "x", "collective": 2}, ()),
    (StepCode.DOCUMENTS, IDEA, {"papers": 0}, ()),
    (StepCode.DOCUMENTS, IDEA, {"papers": 1}, ("papers",)),
    (StepCode.DOCUMENTS, IDEA, {"papers": 1, "sends_papers_later": True}, ()),
]


@pytest.mark.parametrize(("step", "door", "told", "missing"), CASES)
def test_what_a_step_still_lacks(
    step: StepCode, door: str, told: dict[str, Any], missing: tuple[str, ...]
) -> None:
    assert missing_of(step, door, told) == missing


@pytest.mark.parametrize(
    "step", [step for step in StepCode if QUESTIONS[step] and step is not StepCode.DOCUMENTS]
)
def test_a_step_of_which_nothing_was_said_is_to_do(step: StepCode) -> None:
    assert state_of(step, ACTIVITY, {"tells_prescriber": False, "charter": False}) is StepState.TODO


def test_a_step_goes_from_begun_to_done() -> None:
    assert state_of(StepCode.YOU, IDEA, {"city": "Crest"}) is StepState.PARTIAL
    assert state_of(StepCode.YOU, IDEA, YOU) is StepState.DONE


def test_no_is_an_answer() -> None:
    assert state_of(StepCode.TESTED, IDEA, {"is_time_chosen": False}) is StepState.PARTIAL


def test_one_paper_of_two_begins_the_step() -> None:
    assert state_of(StepCode.DOCUMENTS, IDEA, {"papers": 1, "papers_brought": True}) is StepState.PARTIAL
    assert state_of(StepCode.DOCUMENTS, IDEA, {"papers": 2, "papers_brought": None}) is StepState.TODO


def test_the_last_step_is_done_by_sending_alone() -> None:
    assert state_of(StepCode.CHECK, IDEA, YOU | TESTED) is StepState.TODO
