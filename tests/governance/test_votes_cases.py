"""Every worked case of counting that belongs to votes: resolutions, colleges, elections, judgment, Schulze,
transferable vote, consent; and what must hold whatever the figures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calculations import (
    colleges,
    consent,
    counting,
    draws,
    election,
    majority,
    majority_judgment,
    schulze,
    transferable,
)
from governance.calculations.rules import DecisionRule

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "vote_cases.json").read_text(encoding="utf-8")
)["cases"]
HALF = DecisionRule(None, "expressed", Fraction(1, 2), True)


def cases(kind: str) -> Any:
    chosen = [case for case in CASES if case["type"] == kind]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


def _rule(given_: Mapping[str, Any]) -> DecisionRule:
    rule, quorum = given_["rule"], given_.get("quorum")
    return DecisionRule(
        Fraction(quorum["fraction"]) if quorum else None,
        rule["base"],
        Fraction(rule["threshold"]),
        rule["strict"],
    )


@cases("resolution")
def test_a_resolution(case: dict[str, Any]) -> None:
    """R: quorum needed, base, voices needed, verdict."""
    rule, given_ = _rule(case["input"]), case["input"]
    there = majority.Assembled(given_["members"], given_["present"] + given_["represented"])
    found = majority.decide(given_["votes"], rule, there)
    assert {
        "quorum_needed": rule.quorum_needed(there.members),
        "quorum_met": there.present_or_represented >= rule.quorum_needed(there.members),
        "base": found.base,
        "votes_needed": found.needed,
        "outcome": found.outcome,
    }.items() >= case["expected"].items()


@cases("scic")
def test_colleges_weighted(case: dict[str, Any]) -> None:
    """S: each college apart, then the sum as fractions."""
    counts = [
        colleges.CollegeCount(
            one["name"], one["weight"], one["pour"], one["contre"], one["pour"] + one["contre"]
        )
        for one in case["input"]["colleges"]
    ]
    found = colleges.weigh(
        counts, HALF, report=case["input"]["rule"], empty=case["input"].get("empty_college", "lost")
    )
    assert {
        "weighted_for": str(found.weighted_for),
        "percent_for": str(found.percent_for),
        "outcome": found.outcome,
        "heads_for": found.heads_for,
        "heads_against": found.heads_against,
    } == case["expected"]


@cases("scic_valid")
def test_weights_of_colleges(case: dict[str, Any]) -> None:
    assert colleges.weight_errors(case["input"]["weights"]) == case["expected"]["errors"]


@cases("election")
def test_an_election(case: dict[str, Any]) -> None:
    """E: absolute majority of the ballots expressed, then the most voices; a tie goes to the eldest."""
    given_, expected = case["input"], case["expected"]
    expressed = given_["ballots"] - given_["blank"] - given_.get("null", 0)
    first = given_["round"] == 1
    needed = HALF.votes_needed(expressed) if first else 1
    people = [election.Standing(key, date.fromisoformat(born)) for key, born in given_["born_on"].items()]
    found = election.elect(
        given_["votes"],
        seats=given_["seats"],
        reaches=lambda count: count >= needed,
        order=election.tie_order(people, election.AGE, "graine"),
    )
    assert {
        "expressed": expressed,
        "absolute_majority": needed,
        "elected": list(found.elected),
        "seats_left": found.seats_left,
    }.items() >= expected.items()


@cases("mj")
def test_majority_judgment(case: dict[str, Any]) -> None:
    """J: both medians, and the ranking by each convention."""
    counts = case["input"]["counts"]
    assert {
        "ranking": majority_judgment.rank(counts),
        "lower_median": [majority_judgment.median(counts[key]) for key in case["input"]["candidates"]],
        "ranking_upper_median": majority_judgment.rank(counts, majority_judgment.UPPER),
    } == case["expected"]


def ranked(
    candidates: str, ballots: list[schulze.Ranking], convention: str = schulze.WINNING_VOTES
) -> list[list[str]]:
    return schulze.rank(candidates, schulze.duels(candidates, ballots), convention)


@cases("schulze")
def test_schulze(case: dict[str, Any]) -> None:
    ballots = [
        [[key] for key in text.split(">")]
        for count, text in case["input"]["ballots"]
        for _one in range(count)
    ]
    assert ranked(case["input"]["candidates"], ballots) == case["expected"]["ranking"]


@cases("stv")
def test_transferable(case: dict[str, Any]) -> None:
    given_ = case["input"]
    ballots = [text.split(">") for count, text in given_["ballots"] for _one in range(count)]
    found = transferable.count(
        ballots, seats=given_["seats"], candidates=given_["candidates"], order=given_["candidates"]
    )
    assert found.quota == case["expected"]["droop_quota"]
    assert sorted(found.elected) == case["expected"]["elected"]


@cases("consent")
def test_consent(case: dict[str, Any]) -> None:
    given_ = case["input"]
    found = consent.decide(given_["answers"], minimum=given_["minimum_participation"])
    assert {
        "outcome": found.outcome,
        "reservations_to_record": found.reservations_to_record,
    }.items() >= case["expected"].items()


# What the cases leave open.


def test_a_tie_is_carried_by_the_chair_only_where_the_statutes_say_so() -> None:
    there = majority.Assembled(30, 24)
    tie = {"pour": 12, "contre": 12}
    assert majority.decide(tie, HALF, there).parted
    assert majority.decide(tie, HALF, there, casting="pour").outcome == majority.ADOPTED
    assert majority.decide(tie, HALF, there, casting="contre").outcome == majority.REJECTED
    # Not parted: one voice more would not be enough of those present.
    present = DecisionRule(None, "present_or_represented", Fraction(1, 2), True)
    nearly = majority.decide({"pour": 10, "contre": 10, "abstention": 4}, present, there, casting="pour")
    assert (nearly.parted, nearly.outcome) == (False, majority.REJECTED)


def test_blank_ballots_weigh_where_the_rules_count_them() -> None:
    votes = {"pour": 11, "contre": 10, "abstention": 2, "blanc": 5, "nul": 2}
    found = majority.decide(votes, HALF, majority.Assembled(50, 30), blanks_count=True)
    assert (found.base, found.needed, found.outcome) == (28, 15, majority.REJECTED)


def test_a_college_without_a_voice_shares_its_weight_where_the_rules_say_so() -> None:
    counts = [
        colleges.CollegeCount("a", 50, 6, 6, 12),
        colleges.CollegeCount("b", 30, 30, 10, 40),
        colleges.CollegeCount("c", 20, 0, 0, 0),
    ]
    found = colleges.weigh(counts, HALF, empty=colleges.SHARED)
    assert (found.percent_for, found.outcome) == (Fraction(475, 8), majority.ADOPTED)


def test_a_tied_college_that_winner_takes_goes_against() -> None:
    counts = [colleges.CollegeCount("a", 50, 5, 5, 10), colleges.CollegeCount("b", 50, 6, 4, 10)]
    found = colleges.weigh(counts, HALF, report=colleges.WINNER)
    assert (found.percent_for, found.outcome) == (Fraction(50), majority.REJECTED)
    at_least = DecisionRule(None, "expressed", Fraction(1, 2), False)
    assert colleges.weigh(counts, at_least, report=colleges.WINNER).outcome == majority.ADOPTED


def test_no_college_spoke() -> None:
    found = colleges.weigh([colleges.CollegeCount("a", 50, 0, 0, 0)], HALF, empty=colleges.SHARED)
    assert (found.percent_for, found.outcome) == (0, majority.NO_VOTE_EXPRESSED)


def test_a_tie_that_decides_is_named() -> None:
    found = election.elect({"A": 5, "B": 5, "C": 5}, seats=2, reaches=bool, order=("C", "A", "B"))
    assert (found.elected, found.parted_by_rule) == (("C", "A"), ("C", "A", "B"))
    nobody = election.elect({"A": 0}, seats=1, reaches=bool, order=("A",))
    assert (nobody.elected, nobody.seats_left) == ((), 1)


def test_seniority_and_draw_part_ties() -> None:
    people = [
        election.Standing("new", date(1960, 1, 1), date(2024, 1, 1)),
        election.Standing("old", date(1990, 1, 1), date(2010, 1, 1)),
        election.Standing("none"),
    ]
    assert election.tie_order(people, election.SENIORITY, "s") == ("old", "new", "none")
    assert election.tie_order(people, election.AGE, "s") == ("new", "old", "none")
    drawn = election.tie_order(people, election.DRAW, "s")
    assert drawn == tuple(draws.drawn("s", ["new", "old", "none"]))


def test_the_first_of_a_ranking_take_the_seats() -> None:
    order = ("D", "C", "B", "A")
    assert election.first_of_ranking([["A"], ["B"]], seats=1, order=order) == (("A",), ())
    assert election.first_of_ranking([["A"], ["B", "C"]], seats=2, order=order) == (("A", "C"), ("C", "B"))
    assert election.first_of_ranking([["A"]], seats=3, order=order) == (("A",), ())


def test_medians_refuse_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="no voter"):
        majority_judgment.median([0, 0])
    with pytest.raises(ValueError, match="not as many"):
        majority_judgment.rank({"A": [1, 0], "B": [1, 1]})


def test_the_median_of_an_even_number_of_voters_is_a_convention() -> None:
    assert majority_judgment.median([2, 0, 2]) == 2
    assert majority_judgment.median([2, 0, 2], majority_judgment.UPPER) == 0


def test_margins_may_rank_otherwise_than_winning_votes() -> None:
    """A beats B by 6 to 3, B beats C by 5 to 4, C beats A by 4 to 2, of nine voters: the weakest link of the
    cycle is the third by the votes won, the second by the margin."""
    ballots: list[schulze.Ranking] = [
        *[[["A"], ["B"], ["C"]]] * 2,
        *[[["C"], ["A"], ["B"]]] * 4,
        *[[["B"]]] * 3,
    ]
    assert ranked("ABC", ballots) == [["A"], ["B"], ["C"]]
    assert ranked("ABC", ballots, schulze.MARGINS) == [["C"], ["A"], ["B"]]


def test_who_leaves_on_a_tie_is_the_weaker_before_then_the_last_of_the_order() -> None:
    found = transferable.count(
        [["A"], ["A"], ["A"], ["B"], ["C"]], seats=1, candidates=["A", "B", "C"], order=["A", "C", "B"]
    )
    assert (found.quota, found.elected) == (3, ("A",))
    tied = transferable.count(
        [["A"], ["B"], ["C"]], seats=1, candidates=["A", "B", "C"], order=["A", "C", "B"]
    )
    assert [turn.excluded for turn in tied.turns] == ["B", "C", ""]
    assert tied.elected == ("A",)


def test_nobody_left_leaves_a_seat_empty() -> None:
    assert transferable.count([["A"]], seats=3, candidates=["A"], order=["A"]).elected == ("A",)


PAPERS: dict[str, counting.Paper] = {
    "resolution": counting.Paper("resolution", answers=("pour", "contre", "abstention")),
    "list": counting.Paper("list", candidates=("1", "2"), seats=3),
    "names": counting.Paper("names", candidates=("1", "2", "3"), seats=2),
    "grades": counting.Paper("majority_judgment", candidates=("1", "2"), grades=("good", "poor")),
    "schulze": counting.Paper("schulze", candidates=("1", "2", "3")),
    "transferable": counting.Paper("transferable", candidates=("1", "2", "3")),
}


@pytest.mark.parametrize(
    ("paper", "choice", "written"),
    [
        ("resolution", {"answer": "pour", "more": 1}, {"answer": "pour"}),
        ("list", {"names": ["2"]}, {"names": ["2"], "blank": False}),
        ("names", {"names": ["3", "1"]}, {"names": ["1", "3"], "blank": False}),
        ("names", {"names": [], "blank": True}, {"names": [], "blank": True}),
        ("grades", {"grades": {"2": "poor", "1": "good"}}, {"grades": {"1": "good", "2": "poor"}}),
        ("schulze", {"ranking": [["3"], ["2", "1"]]}, {"ranking": [["3"], ["1", "2"]], "blank": False}),
        ("schulze", {"ranking": [], "blank": True}, {"ranking": [], "blank": True}),
        ("transferable", {"ranking": [["3"], ["1"]]}, {"ranking": [["3"], ["1"]], "blank": False}),
    ],
)
def test_a_choice_has_one_writing(paper: str, choice: Any, written: Any) -> None:
    assert counting.checked(PAPERS[paper], choice) == written


@pytest.mark.parametrize(
    ("paper", "choice", "code"),
    [
        ("resolution", None, "empty"),
        ("resolution", {}, "empty"),
        ("resolution", {"answer": "nul"}, "unknown"),
        ("list", {"names": ["1", "2"]}, "too_many"),
        ("names", {"names": []}, "empty"),
        ("names", {"names": "1"}, "empty"),
        ("names", {"names": ["9"]}, "unknown"),
        ("names", {"names": ["1", "1"]}, "twice"),
        ("names", {"names": ["1"], "blank": True}, "blank_named"),
        ("names", {"names": ["1", "2", "3"]}, "too_many"),
        ("grades", {"grades": {}}, "empty"),
        ("grades", {"grades": {"1": "good"}}, "incomplete"),
        ("grades", {"grades": {"1": "good", "2": "great"}}, "unknown"),
        ("schulze", {"ranking": []}, "empty"),
        ("schulze", {"ranking": ["1"]}, "unknown"),
        ("schulze", {"ranking": [["9"]]}, "unknown"),
        ("schulze", {"ranking": [["1"], ["1"]]}, "twice"),
        ("transferable", {"ranking": [["1", "2"]]}, "tied"),
    ],
)
def test_a_choice_that_its_ballot_does_not_offer(paper: str, choice: Any, code: str) -> None:
    with pytest.raises(counting.Unfit) as refused:
        counting.checked(PAPERS[paper], choice)
    assert refused.value.code == code


def test_a_blank_proxy_says_what_the_law_says() -> None:
    assert counting.of_blank_proxy("resolution", supported=True) == {"answer": "pour"}
    assert counting.of_blank_proxy("resolution", supported=False) == {"answer": "contre"}
    assert counting.of_blank_proxy("names", supported=True) is None


def test_sums_of_ballots() -> None:
    found = counting.tally(
        [{"names": ["1", "2"], "blank": False}, {"names": ["1"]}, {"names": [], "blank": True}]
    )
    assert found == {"1": 2, "2": 1, "expressed": 2, "blanc": 1}
    assert counting.tally([{"answer": "pour"}] * 2) == {"pour": 2}
    grades = [{"grades": {"1": "good", "2": "poor"}}, {"grades": {"1": "good", "2": "good"}}]
    assert counting.histograms(PAPERS["grades"], grades) == {"1": [2, 0], "2": [1, 1]}
    assert counting.rankings([{"ranking": [["1"]]}, {"ranking": [], "blank": True}]) == [[["1"]]]


def test_counts_by_hand_hold_together() -> None:
    answers, names = PAPERS["resolution"], PAPERS["names"]
    assert counting.voices_of(answers, {"pour": 3, "contre": 2}) == 5
    assert counting.count_fault(answers, {"pour": 3}) == ""
    good = {"1": 4, "2": 3, "3": 0, "expressed": 4, "blanc": 1, "nul": 1}
    assert (counting.voices_of(names, good), counting.count_fault(names, good)) == (6, "")
    assert counting.count_fault(names, good | {"1": 5}) == "above_ballots"
    assert counting.count_fault(names, good | {"1": 1, "2": 1}) == "names"
    assert counting.count_fault(PAPERS["list"], {"1": 2, "2": 2, "expressed": 2}) == "names"


# Whatever the figures.

COUNTS = st.integers(0, 60)


@given(COUNTS, COUNTS, COUNTS, st.sampled_from([(1, 2), (2, 3), (3, 4)]), st.booleans())
def test_a_voice_more_for_never_turns_an_adoption(
    pour: int, contre: int, abstention: int, share: tuple[int, int], strict: bool
) -> None:
    rule = DecisionRule(None, "expressed", Fraction(*share), strict)
    there = majority.Assembled(300, 200)
    before = majority.decide({"pour": pour, "contre": contre, "abstention": abstention}, rule, there)
    after = majority.decide({"pour": pour + 1, "contre": contre, "abstention": abstention}, rule, there)
    if before.outcome == majority.ADOPTED:
        assert after.outcome == majority.ADOPTED
    if before.base:
        part = Fraction(pour, before.base)
        met = part > rule.threshold if strict else part >= rule.threshold
        assert (before.outcome == majority.ADOPTED) is met


@given(st.lists(st.tuples(st.integers(1, 60), COUNTS, COUNTS), min_size=1, max_size=6))
def test_the_weighted_sum_stays_within_the_weights(figures: list[tuple[int, int, int]]) -> None:
    counts = [
        colleges.CollegeCount(str(rank), weight, pour, contre, pour + contre)
        for rank, (weight, pour, contre) in enumerate(figures)
    ]
    lost, shared = (colleges.weigh(counts, HALF, empty=empty) for empty in ("lost", "shared"))
    assert 0 <= lost.percent_for <= shared.percent_for <= 100


@given(st.dictionaries(st.sampled_from("ABCDEF"), COUNTS, min_size=1), st.integers(1, 4), st.integers(1, 40))
def test_an_election_fills_seats_by_voices(votes: dict[str, int], seats: int, needed: int) -> None:
    found = election.elect(votes, seats=seats, reaches=lambda count: count >= needed, order=tuple("ABCDEF"))
    assert len(found.elected) + found.seats_left == seats
    assert all(votes[key] >= needed for key in found.elected)
    if found.elected:
        least = min(votes[key] for key in found.elected)
        assert all(votes[key] <= least for key in votes if key not in found.elected and votes[key] >= needed)


@given(st.lists(st.tuples(*[st.integers(0, 2)] * 3), min_size=1, max_size=20))
def test_better_grades_never_rank_lower(grades: list[tuple[int, int, int]]) -> None:
    counts = {key: [0, 0, 0] for key in "ABC"}
    for ballot in grades:
        for key, grade in zip("ABC", ballot, strict=True):
            counts[key][grade] += 1
    before = majority_judgment.rank(counts)
    # A voter gives A the best grade instead of a worse one.
    worse = next((grade for grade in (1, 2) if counts["A"][grade]), None)
    if worse is not None:
        counts["A"][worse] -= 1
        counts["A"][0] += 1
    after = majority_judgment.rank(counts)

    def place(ranking: list[list[str]]) -> int:
        return sum(len(level) for level in ranking[: next(i for i, one in enumerate(ranking) if "A" in one)])

    assert place(after) <= place(before)


@given(
    st.lists(st.sampled_from(list(permutations("ABCD"))), min_size=1, max_size=25),
    st.sampled_from([schulze.WINNING_VOTES, schulze.MARGINS]),
)
def test_who_wins_every_duel_wins(orders: list[tuple[str, ...]], convention: str) -> None:
    ballots: list[schulze.Ranking] = [[[key] for key in order] for order in orders]
    found = schulze.duels("ABCD", ballots)
    ranking = schulze.rank("ABCD", found, convention)
    assert sorted(key for level in ranking for key in level) == list("ABCD")
    for key in "ABCD":
        if all(found[key, other] > found[other, key] for other in "ABCD" if other != key):
            assert ranking[0] == [key]


@given(
    st.lists(st.lists(st.sampled_from("ABCDE"), unique=True, max_size=5), min_size=1, max_size=25),
    st.integers(1, 4),
)
def test_a_transferable_vote_fills_its_seats_and_loses_no_weight(
    ballots: list[list[str]], seats: int
) -> None:
    found = transferable.count(ballots, seats=seats, candidates="ABCDE", order="ABCDE")
    assert len(found.elected) == len(set(found.elected)) == seats
    for turn in found.turns:
        assert sum(tally for _key, tally in turn.tally) <= len(ballots)
