"""What a ballot offers and what a choice says in words: for the cards, the board, the console (GOV-28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from governance.calculations import counting
from governance.models import Amendment, Candidate, Resolution, Vote
from governance.states.assemblies import AmendmentKind
from governance.states.votes import GRADES, ON_SCREEN, STRUCK, Answer, Consent, Method

GRADE_WORDS: dict[str, Any] = dict(GRADES)


def method_of(vote: Vote) -> str:
    """An amendment is adopted or not, whatever the method of its resolution."""
    return Method.RESOLUTION if vote.amendment_id else vote.resolution.method


def answers_of(method: str) -> tuple[tuple[str, Any], ...]:
    """The answers that a voter may give, with their words; nothing in an election."""
    if method == Method.RESOLUTION:
        return tuple((answer.value, answer.label) for answer in ON_SCREEN)
    if method == Method.CONSENT:
        return tuple((answer.value, answer.label) for answer in Consent)
    return ()


def paper_of(vote: Vote) -> counting.Paper:
    """What the ballot offers, as it was frozen at the opening."""
    method, answers = method_of(vote), answers_of(method_of(vote))
    return counting.Paper(
        method,
        answers=tuple(key for key, _label in answers),
        candidates=() if answers else tuple(str(one["key"]) for one in vote.choices),
        seats=int(vote.rule.get("seats", vote.resolution.seats)),
        grades=tuple(GRADE_WORDS) if method == Method.MAJORITY_JUDGMENT else (),
    )


def hand_answers(vote: Vote) -> tuple[tuple[str, Any], ...]:
    """What people count by hand, with its words: null ballots are found on paper, blank ones too."""
    method = method_of(vote)
    if method == Method.CONSENT:
        return answers_of(method)
    if method == Method.RESOLUTION:
        return (
            *answers_of(method),
            (Answer.BLANK.value, Answer.BLANK.label),
            (Answer.NULL.value, Answer.NULL.label),
        )
    return (
        *((str(one["key"]), one["label"]) for one in vote.choices),
        (counting.EXPRESSED, _("Bulletins exprimés")),
        (Answer.BLANK.value, _("Bulletins blancs")),
        (Answer.NULL.value, _("Bulletins nuls")),
    )


def candidates_offered(resolution: Resolution, without: frozenset[str] = frozenset()) -> list[Candidate]:
    """Those who stand, in the order drawn: withdrawn ones and those already elected left out."""
    rows = resolution.candidates.filter(withdrawn_at=None).select_related("person")
    return [one for one in rows if str(one.pk) not in without]


def labels_of(vote: Vote) -> dict[str, str]:
    """{key: words} of what was offered."""
    return {str(one["key"]): str(one["label"]) for one in vote.choices}


def choice_words(choice: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """A choice in words: « Pour », « Ana Roy, Bob Sy », « Ana Roy : Bien », « 1. Ana Roy ; 2. Bob Sy »."""
    if choice == STRUCK:
        return _("n’a pas voté")
    if "answer" in choice:
        return labels.get(choice["answer"], str(choice["answer"]))
    if "grades" in choice:
        return " ; ".join(
            _("%(name)s : %(grade)s") % {"name": labels.get(key, key), "grade": GRADE_WORDS.get(grade, grade)}
            for key, grade in choice["grades"].items()
        )
    if choice.get("blank"):
        return str(Answer.BLANK.label)
    if "ranking" in choice:
        levels = (", ".join(labels.get(key, key) for key in level) for level in choice["ranking"])
        return " ; ".join(f"{rank}. {level}" for rank, level in enumerate(levels, start=1))
    return ", ".join(labels.get(key, key) for key in choice.get("names", ()))


def amendment_text(amendment: Amendment) -> str:
    """What an amendment puts to the vote, whole."""
    sentence = {
        AmendmentKind.REPLACE: _("Remplacer le paragraphe %(number)d par :"),
        AmendmentKind.DELETE: _("Supprimer le paragraphe %(number)d."),
        AmendmentKind.INSERT: _("Ajouter après le paragraphe %(number)d :")
        if amendment.paragraph
        else _("Ajouter avant le premier paragraphe :"),
    }[AmendmentKind(amendment.kind)]
    head = sentence % {"number": amendment.paragraph} if "%(" in sentence else sentence
    return f"{head}\n\n{amendment.text}" if amendment.text else head
