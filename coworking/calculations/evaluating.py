"""The small questionnaires of a training, the same for all, and what their answers give (COW-46)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cae.core.periods import after_months

MARKS = range(1, 6)
LATER_MONTHS = 3
# {moment: codes of its questions}: their words stand in the states.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "before": ("level", "need"),
    "end": ("aims", "content", "pace", "trainer", "place", "advice"),
    "later": ("use", "effect", "advice"),
}


@dataclass(frozen=True)
class Mean:
    """The mean mark of a question, and out of how many answers."""

    code: str
    mark: Decimal
    count: int


def is_complete(moment: str, answers: Mapping[str, int]) -> bool:
    """Every question of the moment has a mark of the scale, and no other is answered."""
    return set(answers) == set(QUESTIONS[moment]) and all(mark in MARKS for mark in answers.values())


def means(moment: str, answers: Iterable[Mapping[str, int]]) -> list[Mean]:
    """The mean of each question that somebody answered, to one decimal."""
    rows = list(answers)
    found = []
    for code in QUESTIONS[moment]:
        marks = [row[code] for row in rows if code in row]
        if marks:
            mean = (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            found.append(Mean(code, mean, len(marks)))
    return found


def later_on(last_day: date) -> date:
    """When the last questionnaire leaves: three months after the end."""
    return after_months(last_day, LATER_MONTHS)
