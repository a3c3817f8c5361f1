"""What a secret ballot asks and what its totals say: whatever people chose, the sums of their ones and zeros
count as their choices by name do (GOV-26, GOV-30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calculations import counting, schulze
from governance.calculations.counting import Paper, Unfit
from governance.calculations.secret_questions import (
    EQUAL,
    MOST_RANKED,
    NO_DUEL,
    RANKED_ONE_BY_ONE,
    TOO_MANY_DUELS,
    Question,
    Totals,
    counts_of,
    duels_of,
    histograms_of,
    is_small,
    is_unanimous,
    plaintexts,
    questions,
    why_not,
)
from governance.states.votes import GRADES, ON_SCREEN, Consent, Method

GRADE_KEYS = tuple(key for key, _label in GRADES)
ANSWERS = tuple(answer.value for answer in ON_SCREEN)
CONSENTS = tuple(answer.value for answer in Consent)
RESOLUTION = Paper(Method.RESOLUTION, answers=ANSWERS)
CONSENT = Paper(Method.CONSENT, answers=CONSENTS)
NAMES = Paper(Method.NAMES, candidates=("11", "12", "13"), seats=2)
JUDGMENT = Paper(Method.MAJORITY_JUDGMENT, candidates=("11", "12"), grades=GRADE_KEYS)
DUELS = Paper(Method.SCHULZE, candidates=("11", "12", "13"))


def added(paper: Paper, choices: Iterable[Mapping[str, Any]]) -> Totals:
    """What a box opens after these choices."""
    ballots = [plaintexts(paper, choice) for choice in choices]
    sums = [[0] * len(question.places) for question in questions(paper)]
    for ballot in ballots:
        for question, said in enumerate(ballot):
            sums[question] = [a + b for a, b in zip(sums[question], said, strict=True)]
    return Totals(len(ballots), tuple(map(tuple, sums)))


def test_the_questions_of_each_method() -> None:
    assert questions(RESOLUTION) == (Question((), ("pour", "contre", "abstention")),)
    assert questions(CONSENT) == (Question((), CONSENTS),)
    assert questions(NAMES) == (Question((), ("11", "12", "13"), maximum=2, blank=True),)
    assert questions(JUDGMENT) == (Question(("11",), GRADE_KEYS), Question(("12",), GRADE_KEYS))
    assert questions(DUELS) == (
        Question(("11", "12"), ("11", "12", EQUAL)),
        Question(("11", "13"), ("11", "13", EQUAL)),
        Question(("12", "13"), ("12", "13", EQUAL)),
    )


def test_a_list_is_one_choice_and_nobody_chooses_more_than_there_are() -> None:
    chosen_list = Paper(Method.LIST, candidates=("11", "12"), seats=5)
    few = Paper(Method.NAMES, candidates=("11", "12"), seats=5)
    assert questions(chosen_list) == (Question((), ("11", "12"), maximum=1, blank=True),)
    assert questions(few) == (Question((), ("11", "12"), maximum=2, blank=True),)


@pytest.mark.parametrize(
    ("method", "candidates", "reason"),
    [
        (Method.TRANSFERABLE, 3, RANKED_ONE_BY_ONE),
        (Method.SCHULZE, 1, NO_DUEL),
        (Method.SCHULZE, 2, ""),
        (Method.SCHULZE, MOST_RANKED, ""),
        (Method.SCHULZE, MOST_RANKED + 1, TOO_MANY_DUELS),
        (Method.NAMES, MOST_RANKED + 1, ""),
        (Method.MAJORITY_JUDGMENT, MOST_RANKED + 1, ""),
        (Method.RESOLUTION, 0, ""),
    ],
)
def test_what_sums_cannot_count_says_why(method: Method, candidates: int, reason: str) -> None:
    assert why_not(method, candidates) == reason
    paper = Paper(method, ANSWERS if not candidates else (), tuple(map(str, range(candidates))))
    if not reason:
        assert questions(paper)
        return
    with pytest.raises(ValueError, match=reason):
        questions(paper)


def test_eight_candidates_are_twenty_eight_duels() -> None:
    assert len(questions(Paper(Method.SCHULZE, candidates=tuple("ABCDEFGH")))) == 28


@pytest.mark.parametrize(
    ("paper", "choice", "expected"),
    [
        (RESOLUTION, {"answer": "contre"}, ((0, 1, 0),)),
        (CONSENT, {"answer": "retrait"}, ((0, 0, 0, 1),)),
        (NAMES, {"names": ["13", "11"]}, ((0, 1, 0, 1),)),
        (NAMES, {"names": [], "blank": True}, ((1, 0, 0, 0),)),
        (JUDGMENT, {"grades": {"11": "good", "12": "reject"}}, ((0, 1, 0, 0, 0), (0, 0, 0, 0, 1))),
        (DUELS, {"ranking": [["13"], ["11", "12"]]}, ((0, 0, 1), (0, 1, 0), (0, 1, 0))),
        # Those who are left out come last, together.
        (DUELS, {"ranking": [["12"]]}, ((0, 1, 0), (0, 0, 1), (1, 0, 0))),
        (DUELS, {"ranking": [], "blank": True}, ((0, 0, 1), (0, 0, 1), (0, 0, 1))),
    ],
)
def test_a_choice_as_ones_and_zeros(
    paper: Paper, choice: dict[str, Any], expected: tuple[tuple[int, ...], ...]
) -> None:
    assert plaintexts(paper, choice) == expected


def test_a_choice_that_is_not_offered_is_none() -> None:
    with pytest.raises(Unfit, match="too_many"):
        plaintexts(NAMES, {"names": ["11", "12", "13"]})


@pytest.mark.parametrize(
    ("kept", "sums", "unanimous"),
    [
        (0, ((0, 0, 0),), False),
        (3, ((2, 1, 0),), False),
        (3, ((0, 3, 0),), True),
        # One candidate whom everybody named, one grade that everybody gave, one blank box.
        (3, ((0, 3, 2, 1),), True),
        (3, ((1, 2), (3, 0)), True),
        (2, ((2, 0, 0, 0),), True),
    ],
)
def test_unanimous_is_what_every_ballot_said(
    kept: int, sums: tuple[tuple[int, ...], ...], unanimous: bool
) -> None:
    assert is_unanimous(Totals(kept, sums)) is unanimous


@pytest.mark.parametrize(("voices", "small"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_box_of_a_few_people_is_small(voices: int, small: bool) -> None:
    assert is_small(voices) is small


def answers(paper: Paper) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(paper.answers).map(lambda key: {"answer": key})


def names(paper: Paper) -> st.SearchStrategy[dict[str, Any]]:
    chosen = st.lists(st.sampled_from(paper.candidates), unique=True, max_size=paper.seats)
    return chosen.map(lambda keys: {"names": keys, "blank": not keys})


def grades(paper: Paper) -> st.SearchStrategy[dict[str, Any]]:
    each = st.fixed_dictionaries({key: st.sampled_from(paper.grades) for key in paper.candidates})
    return each.map(lambda given_to: {"grades": given_to})


def _levels(keys: Sequence[str], cuts: Sequence[bool]) -> list[list[str]]:
    levels: list[list[str]] = []
    for key, cut in zip(keys, cuts, strict=True):
        if cut or not levels:
            levels.append([])
        levels[-1].append(key)
    return levels


def ranking(paper: Paper) -> st.SearchStrategy[dict[str, Any]]:
    """Rankings with equals and with people left out, never a blank one."""
    size = len(paper.candidates)
    kept = st.permutations(paper.candidates).flatmap(
        lambda keys: st.integers(1, size).map(lambda count: keys[:count])
    )
    cut = st.lists(st.booleans(), min_size=size, max_size=size)
    return st.tuples(kept, cut).map(lambda drawn: {"ranking": _levels(drawn[0], drawn[1][: len(drawn[0])])})


def boxes(paper: Paper, one: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(paper), st.lists(one, max_size=25))


@given(
    st.one_of(
        boxes(RESOLUTION, answers(RESOLUTION)),
        boxes(CONSENT, answers(CONSENT)),
        boxes(NAMES, names(NAMES)),
    )
)
def test_sums_count_as_choices_by_name(drawn: tuple[Paper, list[dict[str, Any]]]) -> None:
    paper, choices = drawn
    by_name = counting.tally(counting.checked(paper, choice) for choice in choices)
    # Counters are compared by what they count: a zero is no voice.
    assert counts_of(paper, added(paper, choices)) == by_name


@given(st.lists(grades(JUDGMENT), max_size=25))
def test_sums_judge_as_grades_by_name(choices: list[dict[str, Any]]) -> None:
    totals = added(JUDGMENT, choices)
    assert histograms_of(JUDGMENT, totals) == counting.histograms(JUDGMENT, choices)
    assert counts_of(JUDGMENT, totals) == Counter({counting.EXPRESSED: len(choices)})


@given(st.lists(ranking(DUELS), max_size=25))
def test_sums_rank_as_rankings_by_name(choices: list[dict[str, Any]]) -> None:
    totals = added(DUELS, choices)
    by_name = schulze.duels(DUELS.candidates, counting.rankings(choices))
    assert duels_of(DUELS, totals) == by_name
    assert counts_of(DUELS, totals) == Counter({counting.EXPRESSED: len(choices)})


@given(
    st.one_of(
        boxes(RESOLUTION, answers(RESOLUTION)),
        boxes(NAMES, names(NAMES)),
        boxes(JUDGMENT, grades(JUDGMENT)),
        boxes(DUELS, ranking(DUELS)),
    )
)
def test_every_ballot_fits_its_proofs(drawn: tuple[Paper, list[dict[str, Any]]]) -> None:
    """What the protocol proves of each question: a blank vote alone, or between one and the most answers."""
    paper, choices = drawn
    for choice in choices:
        for question, said in zip(questions(paper), plaintexts(paper, choice), strict=True):
            blank, *rest = said if question.blank else (0, *said)
            assert set(said) <= {0, 1}
            assert sum(rest) == 0 if blank else 1 <= sum(rest) <= question.maximum
