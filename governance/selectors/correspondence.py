"""What a form of vote by correspondence offers for each resolution, and what one says in words (GOV-24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.calculations.counting import Paper
from governance.models import Candidate, CorrespondenceForm, Resolution
from governance.selectors.representation import resolutions_asked
from governance.selectors.vote_papers import GRADE_WORDS, answers_of, choice_words
from governance.states.votes import Method


@dataclass(frozen=True)
class Asked:
    """One resolution of a form: what it offers."""

    resolution: Resolution
    answers: tuple[tuple[str, Any], ...]
    candidates: list[Candidate]

    @property
    def labels(self) -> dict[str, str]:
        named = {str(one.pk): one.label for one in self.candidates}
        return {key: str(word) for key, word in self.answers} | named


@dataclass(frozen=True)
class Answered:
    """One line of a form that was received."""

    resolution: Resolution
    words: str


def asked_of(resolution: Resolution) -> Asked:
    """Gives what the form offers for a resolution read by `resolutions_asked`."""
    candidates = [one for one in resolution.candidates.all() if one.withdrawn_at is None]
    return Asked(resolution, answers_of(resolution.method), candidates if resolution.is_election else [])


def paper_of(resolution: Resolution) -> Paper:
    """Gives what may be answered, as the vote itself will offer it."""
    asked = asked_of(resolution)
    return Paper(
        resolution.method,
        answers=tuple(key for key, _word in asked.answers),
        candidates=tuple(str(one.pk) for one in asked.candidates),
        seats=resolution.seats,
        grades=tuple(GRADE_WORDS) if resolution.method == Method.MAJORITY_JUDGMENT else (),
    )


def answers_read(form: CorrespondenceForm) -> list[Answered]:
    """Gives what a form says, in the order of the agenda."""
    said: Mapping[str, Any] = form.answers
    return [
        Answered(one, choice_words(said[str(one.pk)], asked_of(one).labels))
        for one in resolutions_asked(form.assembly)
        if str(one.pk) in said
    ]
