"""What trainees answered of a session: means, comments, how many (COW-46)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from coworking.calculations.evaluating import means
from coworking.models import Evaluation, TrainingSession
from coworking.states.training import QUESTION_WORDS, EvaluationMoment


@dataclass(frozen=True)
class Result:
    """A moment: how many were asked and answered, the mean of each question, what was added."""

    moment: EvaluationMoment
    asked: int
    answered: int
    marks: list[tuple[Any, Decimal, int]]
    comments: list[str]


def results_of(session: TrainingSession) -> list[Result]:
    """The moments of which something was asked, in one query."""
    rows = list(Evaluation.objects.filter(enrolment__session=session).order_by("pk"))
    found = []
    for moment in EvaluationMoment:
        asked = [one for one in rows if one.moment == moment]
        answered = [one for one in asked if one.answered_at is not None]
        if asked:
            marks = [
                (QUESTION_WORDS[mean.code], mean.mark, mean.count)
                for mean in means(moment.value, [one.answers for one in answered])
            ]
            comments = [one.comment for one in answered if one.comment]
            found.append(Result(moment, len(asked), len(answered), marks, comments))
    return found
