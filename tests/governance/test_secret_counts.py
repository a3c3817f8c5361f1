"""A secret vote is counted as the same choices by name: whatever the method, the colleges, the voices that
spoke by a form, the result is one (GOV-30)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calculations import counting, schulze
from governance.calculations.secret_questions import FEWEST, Totals
from governance.models import College, Resolution, Vote
from governance.selectors.vote_cast import Cast
from governance.selectors.vote_counts import facts_of
from governance.selectors.vote_papers import answers_of, paper_of
from governance.states.votes import BallotWay, CountKind, Method, VoteWay
from tests.governance.test_secret_questions import added, answers, grades, names, ranking

pytestmark = pytest.mark.django_db

CANDIDATES = ("11", "12", "13", "14")
MAKERS = {
    Method.RESOLUTION: answers,
    Method.CONSENT: answers,
    Method.NAMES: names,
    Method.LIST: names,
    Method.MAJORITY_JUDGMENT: grades,
    Method.SCHULZE: ranking,
}
RULE = {
    "decision": "none expressed 1/2 strict",
    "words": "majorité",
    "members": 40,
    "there": 30,
    "members_by_college": {"1": 15, "2": 15, "3": 10},
    "blank_ballots": "counted",
    "tie": "draw",
    "median": "lower",
    "schulze_strength": schulze.WINNING_VOTES,
    "consent_minimum": "3",
    "casting_vote": "none",
}
COLLEGES = {
    "college_weights": "1:50 2:30 3:20",
    "college_report": "proportional",
    "empty_college": "lost",
    "college_abstentions": "outside",
}


def vote_of(method: str, rule: Mapping[str, Any]) -> Vote:
    """A vote frozen as an opening does, of which nothing is saved."""
    vote = Vote(
        resolution=Resolution(method=method, seats=1 if method == Method.LIST else 2),
        way=VoteWay.SECRET,
        rule=dict(rule),
        draw_seed="0" * 32,
        text_sha256="f" * 64,
    )
    offered = answers_of(method)
    vote.choices = (
        [{"key": key, "label": str(label)} for key, label in offered]
        if offered
        else [{"key": key, "label": f"Candidature {key}"} for key in CANDIDATES]
    )
    return vote


@dataclass
class Drawn:
    """A vote, what each voice said with its college; the first `forms` of them wrote a form."""

    vote: Vote
    said: Sequence[tuple[int | None, dict[str, Any]]]
    forms: int

    @property
    def paper(self) -> counting.Paper:
        return paper_of(self.vote)

    @property
    def roll(self) -> dict[int | None, int]:
        """Two voices of each college said nothing."""
        everybody = Counter(college for college, _choice in self.said)
        return {college: everybody[college] + 2 for college in _colleges(self.vote)}

    def by_name(self) -> Cast:
        written = [self._named(one) for one in self.said]
        return Cast(written, {}, self.roll)

    def in_secret(self) -> Cast:
        """One box a college, of those who did not write a form."""
        inside: dict[int | None, list[dict[str, Any]]] = {college: [] for college in _colleges(self.vote)}
        for college, choice in self.said[self.forms :]:
            inside[college].append(choice)
        opened = {college: added(self.paper, choices) for college, choices in inside.items()}
        written = [self._named(one, BallotWay.CORRESPONDENCE) for one in self.said[: self.forms]]
        return Cast(written, {}, self.roll, opened)

    def _named(self, one: tuple[int | None, dict[str, Any]], way: str = BallotWay.SCREEN) -> Any:
        college, choice = one
        return way, college, counting.checked(self.paper, choice)


def _colleges(vote: Vote) -> list[int | None]:
    return [1, 2, 3] if "college_weights" in vote.rule else [None]


@st.composite
def votes(draw: st.DrawFn) -> Drawn:
    method = draw(st.sampled_from(list(MAKERS)))
    rule = RULE | {
        "decision": draw(
            st.sampled_from(
                [
                    "none expressed 1/2 strict",
                    "none all_members 1/2 at_least",
                    "none present_or_represented 2/3 at_least",
                ]
            )
        ),
        "blank_ballots": draw(st.sampled_from(["counted", "not_counted"])),
        "median": draw(st.sampled_from(["lower", "upper"])),
        "schulze_strength": draw(st.sampled_from([schulze.WINNING_VOTES, schulze.MARGINS])),
    }
    if draw(st.booleans()):
        rule |= {"majority": "relative"}
    if draw(st.booleans()):
        rule |= COLLEGES | {
            "college_report": draw(st.sampled_from(["proportional", "winner_takes_college"])),
            "empty_college": draw(st.sampled_from(["lost", "shared"])),
            "college_abstentions": draw(st.sampled_from(["inside", "outside"])),
        }
    vote = vote_of(method, rule)
    one = st.tuples(st.sampled_from(_colleges(vote)), MAKERS[Method(method)](paper_of(vote)))
    said = draw(st.lists(one, max_size=20))
    return Drawn(vote, said, draw(st.integers(0, len(said))))


@given(votes())
def test_a_secret_vote_gives_the_result_of_the_same_choices_by_name(drawn: Drawn) -> None:
    named = facts_of(drawn.vote, drawn.by_name())
    secret = facts_of(drawn.vote, drawn.in_secret())
    # The doors differ, and what boxes of a few people give away; nothing else does.
    for facts in (named, secret):
        facts.pop("by_door")
    secret.pop("warnings", None)
    assert secret == named


def test_each_door_is_told_apart() -> None:
    vote = vote_of(Method.RESOLUTION, RULE)
    totals = Totals(6, ((3, 2, 1),))
    written = [(BallotWay.CORRESPONDENCE.value, None, {"answer": "contre"})]
    declared = {(CountKind.PAPER.value, None): Counter({"pour": 2, "nul": 1})}
    facts = facts_of(vote, Cast(written, declared, {None: 12}, {None: totals}))
    assert facts["by_door"] == {
        "correspondence": {"pour": 0, "contre": 1, "abstention": 0},
        "paper": {"pour": 2, "contre": 0, "abstention": 0, "nul": 1},
        "secret": {"pour": 3, "contre": 2, "abstention": 1},
    }
    assert facts["counts"] == {"pour": 5, "contre": 3, "abstention": 1, "nul": 1}
    assert (facts["cast"], facts["not_cast"]) == (10, 2)


def test_an_empty_box_expresses_nothing() -> None:
    for method in (Method.RESOLUTION, Method.NAMES, Method.MAJORITY_JUDGMENT, Method.SCHULZE):
        vote = vote_of(method, RULE)
        facts = facts_of(vote, Cast([], {}, {None: 5}, {None: added(paper_of(vote), [])}))
        assert facts["verdict"] == "no_vote_expressed"
        assert "warnings" not in facts


@pytest.mark.parametrize(
    ("kept", "sums", "warned"),
    [
        (FEWEST, (3, 2, 0), []),
        (FEWEST - 1, (3, 1, 0), ["few"]),
        (FEWEST, (0, FEWEST, 0), ["same"]),
        (1, (1, 0, 0), ["few", "same"]),
    ],
)
def test_totals_that_give_choices_away_are_told(kept: int, sums: tuple[int, ...], warned: list[str]) -> None:
    sentences = {
        "few": f"Urne : peu de bulletins ({kept}). Le total peut révéler des choix.",
        "same": "Urne : tous les bulletins ont un choix en commun. Ce choix n’est plus secret.",
    }
    vote = vote_of(Method.RESOLUTION, RULE)
    facts = facts_of(vote, Cast([], {}, {None: 9}, {None: Totals(kept, (sums,))}))
    assert facts.get("warnings", []) == [sentences[one] for one in warned]


def test_a_box_is_named_by_its_college() -> None:
    college = College.objects.create(name="Bénéficiaires", rank=1)
    rule = RULE | COLLEGES | {"college_weights": f"{college.pk}:100"}
    vote = vote_of(Method.RESOLUTION, rule)
    facts = facts_of(vote, Cast([], {}, {college.pk: 9}, {college.pk: Totals(3, ((2, 1, 0),))}))
    assert facts["warnings"] == [
        "Urne Bénéficiaires : peu de bulletins (3). Le total peut révéler des choix."
    ]


def test_few_forms_beside_a_box_are_told_too() -> None:
    """A form speaks by name, apart: of two of them, the figures say who chose what."""
    vote = vote_of(Method.RESOLUTION, RULE)
    written = [(BallotWay.CORRESPONDENCE.value, None, {"answer": "contre"})] * 2
    facts = facts_of(vote, Cast(written, {}, {None: 12}, {None: Totals(6, ((3, 2, 1),))}))
    assert facts["warnings"] == [
        "Par correspondance : peu de bulletins (2). Le total peut révéler des choix."
    ]
    by_name = facts_of(vote, Cast(written, {}, {None: 12}))
    assert "warnings" not in by_name
