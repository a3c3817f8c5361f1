"""Who may hold which proxy and who speaks for whom: the worked cases, and what must always hold."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calculations import proxies as rules
from governance.calculations.counting import of_blank_proxy
from governance.calculations.quorum import Doors, quorum
from governance.calculations.rules import DecisionRule
from governance.calculations.voices import Given, Moved, Voices, losses, places, voices

CASES = json.loads((Path(__file__).parent.parent / "data" / "vote_cases.json").read_text())["cases"]


def of_type(kind: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["type"] == kind]


@pytest.mark.parametrize("case", of_type("proxy_limit"))
def test_the_legal_cap_of_each_case(case: dict[str, Any]) -> None:
    assert rules.legal_cap(case["input"]["members"]) == case["expected"]["max_proxies"]


@pytest.mark.parametrize("case", of_type("voting_rights"))
def test_who_speaks_for_whom_in_each_case(case: dict[str, Any]) -> None:
    asked = case["input"]
    names = ["Ana", "Bob", "Cléo", "Dan", *(f"n{n}" for n in range(asked["members"] - 4))]
    key = {name: n for n, name in enumerate(names)}
    most = rules.legal_cap(asked["members"])
    in_force: dict[int, int | None] = {}
    refused, events = [], []
    for event in asked["events"]:
        if event["t"] > asked["at"]:
            continue
        if event["type"] == "arrival":
            events.append((key[event["who"]], "arrival"))
            continue
        principal, holder = key[event["from"]], key[event["to"]]
        if rules.refusal(in_force, principal, holder, most=most):
            refused.append(event["from"])
        else:
            in_force[principal] = holder
    here, _remote = places(events)
    found = voices(range(asked["members"]), here, [Given(*pair) for pair in in_force.items()], most=most)
    by_person = {names[one]: len(found.held_by(one)) for one in here}
    expected = case["expected"]
    assert (by_person, refused, found.total) == (
        expected["votes_by_person"],
        expected["refused"],
        expected["total"],
    )


@pytest.mark.parametrize("case", of_type("blank_proxy"))
def test_what_blank_proxies_say_in_each_case(case: dict[str, Any]) -> None:
    asked = case["input"]
    blank = of_blank_proxy("resolution", supported=asked["supported_by_management"])
    assert blank is not None
    answers = {"pour": asked["pour"], "contre": asked["contre"]}
    assert answers | {blank["answer"]: answers[blank["answer"]] + asked["blank_proxies"]} == case["expected"]


def test_the_statutes_ask_for_less_than_the_law_and_never_for_more_where_it_binds() -> None:
    assert rules.cap(60, "legal") == 3
    assert rules.cap(60, "2") == 2
    assert rules.cap(60, "5") == 3
    assert rules.cap(60, "5", law_binds=False) == 5


def test_each_refusal_has_its_reason() -> None:
    in_force: dict[int, int | None] = {1: 9, 2: None}
    assert rules.refusal(in_force, 3, 3, most=1) == rules.ONESELF
    assert rules.refusal(in_force, 3, 9, most=1) == rules.ABOVE_CAP
    assert rules.refusal(in_force, 3, None, most=1, blank_allowed=False) == rules.BLANK_REFUSED
    assert rules.refusal(in_force, 1, 8, most=1, later="refused") == rules.ALREADY_GIVEN
    assert rules.refusal(in_force, 3, 8, most=0) == rules.ABOVE_CAP


def test_one_more_of_the_same_principal_is_no_more_and_a_blank_one_has_no_cap() -> None:
    assert rules.refusal({1: 9}, 1, 9, most=1) == ""
    assert rules.refusal({1: None, 2: None}, 3, None, most=0) == ""


def test_one_is_in_one_place_and_the_room_wins() -> None:
    at_home_then_there = [(1, "connected"), (1, "arrival"), (1, "disconnected")]
    assert places(at_home_then_there) == ({1}, frozenset())
    assert places([(1, "arrival"), (1, "connected")]) == ({1}, frozenset())
    assert places([(1, "connected"), (1, "departure")]) == (frozenset(), frozenset())
    assert places([(1, "connected"), (2, "connected"), (2, "disconnected")]) == (frozenset(), {1})


def test_a_cap_that_fell_lets_those_given_first_speak() -> None:
    found = voices(range(9), {0}, [Given(1, 0), Given(2, 0)], most=1)
    assert found.held_by(0) == [0, 1]


def test_a_departure_is_a_loss_where_it_silences_several_voices() -> None:
    """1 carries two, 4 one who sent a form as well, 6 nobody; 7 carries one who is there."""
    proxies = [Given(2, 1), Given(3, 1), Given(5, 4), Given(8, 7), Given(9, None)]
    come = [Moved(key, key, "arrival") for key in (1, 4, 6, 7, 8)]
    leave = [Moved(10 + key, key, "departure") for key in (6, 4, 7, 1)]
    found = losses(range(10), [*come, *leave], proxies, most=3, forms={5})
    assert found == {11: [1, 2, 3]}


def test_who_closes_a_screen_silences_those_carried_and_who_came_back_no_one_twice() -> None:
    moves = [Moved(1, 1, "connected"), Moved(2, 1, "disconnected"), Moved(3, 1, "departure")]
    assert losses(range(3), moves, [Given(2, 1)], most=1) == {2: [1, 2]}


def test_a_quorum_by_college_adds_up_and_none_asks_for_nobody() -> None:
    members = {1: 7, 2: 7, 3: 8, 4: None}
    doors = Doors({1}, {3}, {2}, {4})
    asked = DecisionRule(Fraction(3, 4), "expressed", Fraction(1, 2), strict=True)
    found = quorum(asked, members, doors, base=5)
    assert (found.need, found.have, found.met, found.lacking) == (4, 4, True, 0)
    assert {key: counted.have for key, counted in found.by_college.items()} == {7: 2, 8: 1}
    assert found.facts()["fraction"] == "3/4"
    free = DecisionRule(None, "expressed", Fraction(1, 2), strict=True)
    empty = quorum(free, members, Doors((), (), (), ()), base=4)
    assert (empty.need, empty.met, empty.facts()["fraction"]) == (0, True, "")


MEMBERS = st.integers(min_value=0, max_value=11)


@given(
    here=st.frozensets(MEMBERS),
    pairs=st.dictionaries(MEMBERS, st.one_of(st.none(), MEMBERS), max_size=12),
    forms=st.frozensets(MEMBERS),
    most=st.integers(min_value=0, max_value=3),
)
def test_a_voice_belongs_to_one_at_a_time_and_nobody_is_above_the_cap(
    here: frozenset[int], pairs: dict[int, int | None], forms: frozenset[int], most: int
) -> None:
    proxies = [Given(principal, holder) for principal, holder in pairs.items() if principal != holder]
    members = frozenset(range(10))
    found = voices(members, here, proxies, most=most, forms=forms)
    assert found.total <= len(members)
    assert not found.holder_of.keys() & found.blank
    assert not found.correspondence & (found.blank | found.holder_of.keys())
    assert (found.holder_of.keys() | found.blank | found.correspondence) <= members
    for member in members & here:
        assert found.holder_of[member] == member
    for holder in set(found.holder_of.values()):
        assert holder in here
        assert len(found.held_by(holder)) <= most + 1
    assert sum(len(found.held_by(one)) for one in here) == len(found.holder_of)


@given(
    events=st.lists(
        st.tuples(MEMBERS, st.sampled_from(["arrival", "departure", "connected", "disconnected"]))
    )
)
def test_the_order_between_two_associates_does_not_matter(events: list[tuple[int, str]]) -> None:
    """Only the order of the events of one associate does."""
    assert places(events) == places(sorted(events, key=lambda event: event[0]))


def test_an_empty_assembly_has_no_voice() -> None:
    assert Voices({}, frozenset(), frozenset()).total == 0


@given(
    events=st.lists(
        st.tuples(MEMBERS, st.sampled_from(["arrival", "departure", "connected", "disconnected"])),
        max_size=30,
    ),
    pairs=st.dictionaries(MEMBERS, st.one_of(st.none(), MEMBERS), max_size=12),
    forms=st.frozensets(MEMBERS),
    most=st.integers(min_value=0, max_value=3),
)
def test_what_a_departure_silences_is_what_the_whole_assembly_loses(
    events: list[tuple[int, str]], pairs: dict[int, int | None], forms: frozenset[int], most: int
) -> None:
    """Only those carried by who leaves are looked at; folding everybody before and after says the same."""
    proxies = [Given(principal, holder) for principal, holder in pairs.items() if principal != holder]
    members, expected = range(10), {}
    for rank, (associate, _kind) in enumerate(events):
        before, after = (
            voices(members, room | remote, proxies, most=most, forms=forms)
            for room, remote in (places(events[:rank]), places(events[: rank + 1]))
        )
        still = after.holder_of.keys() | after.blank | after.correspondence
        gone = [whose for whose in before.held_by(associate) if whose not in still]
        if len(gone) > 1:
            expected[rank] = gone
    moves = [Moved(rank, *event) for rank, event in enumerate(events)]
    assert losses(members, moves, proxies, most=most, forms=forms) == expected
