"""The count: what other programs counted, the last ballot of each, and sums that nobody voted."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.engines.ballots.ballots import read_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import NEUTRAL, multiply, multiply_base, sha256_hex
from governance.engines.ballots.proofs import Ciphertext
from governance.engines.ballots.tally import (
    Points,
    Tally,
    add_ballots,
    check_plausible,
    open_tally,
    read_result,
    read_tally,
    sized_object,
    write_tally,
)
from tests.governance.ballots.count import cast
from tests.governance.ballots.known import (
    BASE_AND_ORDER_8,
    KEY_K,
    election_of,
    lines,
    put,
    refused,
    small_election,
)


def opened(tally: Tally, private: int = KEY_K) -> Points:
    """What opens a tally, by one who has the whole key."""
    return tuple(tuple(multiply(private, box.alpha) for box in boxes) for boxes in tally.boxes)


@pytest.mark.parametrize(
    ("vote", "files"),
    [
        ("homomorphic", ["ballots_js_accepted.txt", "ballots_oracle.txt", "ballot_revote.txt"]),
        ("threshold", ["ballots.txt"]),
    ],
)
def test_the_tally_of_another_program(vote: str, files: list[str]) -> None:
    election = election_of(vote)
    ballots = [read_ballot(text, election) for name in files for text in lines(f"{vote}/{name}")]
    tally = add_ballots(election, iter(ballots))
    written, sized = lines(f"{vote}/encrypted_tally.jsons")
    assert tally.text == written
    assert sized_object(tally) == sized
    assert tally.digest == sha256_hex(written)
    assert read_tally(written, election.shape, tally.kept) == tally


def test_a_revote_replaces_wherever_it_stands() -> None:
    election = small_election()
    first, second = cast(election, [(1, 0), (1, 0)])
    (again,) = cast(election, [(0, 1)])
    tally = add_ballots(election, [first, second, again])
    assert tally.kept == 2
    assert open_tally(election, tally, opened(tally)) == '{"result":[[1,1]]}'
    assert add_ballots(election, [again, second]).text == tally.text
    assert add_ballots(election, [first, again, second]).text == tally.text


def test_a_box_that_nobody_opened_for() -> None:
    election = small_election(answers=3, blank=True)
    tally = add_ballots(election, [])
    assert tally.boxes == ((Ciphertext(NEUTRAL, NEUTRAL),) * 4,)
    assert sized_object(tally).startswith('{"num_tallied":0,"total_weight":0,')
    assert open_tally(election, tally, opened(tally)) == '{"result":[[0,0,0,0]]}'
    assert read_tally(tally.text, election.shape, 0) == tally


@settings(max_examples=15)
@given(st.lists(st.sampled_from([(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1)]), max_size=5))
def test_the_sum_is_what_was_voted(votes: list[tuple[int, int, int]]) -> None:
    election = small_election(maximum=2, blank=True)
    tally = add_ballots(election, cast(election, votes))
    counts = tuple(sum(vote[place] for vote in votes) for place in range(3))
    text = open_tally(election, tally, opened(tally))
    assert text == dumps({"result": [counts]})
    assert read_result(text, election) == (counts,)


def test_factors_of_another_key_open_nothing() -> None:
    election = small_election()
    tally = add_ballots(election, cast(election, [(1, 0)]))
    with refused(Fault.RESULT_NOT_FOUND):
        open_tally(election, tally, opened(tally, KEY_K + 1))


def test_more_voices_than_ballots_are_not_found() -> None:
    election = small_election()
    tally = write_tally([[Ciphertext(NEUTRAL, multiply_base(3)), Ciphertext(NEUTRAL, NEUTRAL)]], 2)
    with refused(Fault.RESULT_NOT_FOUND):
        open_tally(election, tally, opened(tally))
    assert open_tally(election, Tally(tally.text, tally.boxes, 3), opened(tally)) == '{"result":[[3,0]]}'


@pytest.mark.parametrize(
    ("counts", "kept", "legal"),
    [
        ((0, 2, 2), 2, True),
        ((1, 1, 1), 2, True),
        ((2, 0, 0), 2, True),
        ((0, 2, 3), 3, True),
        ((1, 2, 0), 2, False),  # two voices of one answer, one ballot not blank
        ((0, 1, 0), 2, False),  # fewer than min
        ((3, 0, 0), 2, False),
        ((-1, 1, 2), 2, False),
        ((0, 3, 0), 2, False),
    ],
)
def test_counts_that_ballots_can_make(counts: tuple[int, ...], kept: int, legal: bool) -> None:
    election = small_election(maximum=2, blank=True)
    if legal:
        check_plausible(election, (counts,), kept)
    else:
        with refused(Fault.RESULT_IMPLAUSIBLE):
            check_plausible(election, (counts,), kept)


def test_more_choices_than_allowed_are_implausible() -> None:
    with refused(Fault.RESULT_IMPLAUSIBLE):
        check_plausible(small_election(), ((2, 1),), 2)
    check_plausible(small_election(), ((2, 0),), 2)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ((0,), [], Fault.SHAPE_WRONG),
        ((0, 0, "alpha"), BASE_AND_ORDER_8, Fault.POINT_INVALID),
        ((0, 1, "beta"), BASE_AND_ORDER_8, Fault.POINT_INVALID),
        ((0, 1, "more"), 1, Fault.SHAPE_WRONG),
    ],
)
def test_a_false_tally_is_not_read(path: tuple[str | int, ...], value: object, fault: Fault) -> None:
    election = small_election()
    tally = add_ballots(election, cast(election, [(1, 0)]))
    with refused(fault):
        read_tally(dumps(put(json.loads(tally.text), path, value)), election.shape, 1)
    with refused(Fault.SHAPE_WRONG):
        read_tally(tally.text, (*election.shape, 2), 1)


def test_the_result_of_another_program() -> None:
    assert read_result(lines("homomorphic/result.json")[0], election_of("homomorphic")) == (
        (3, 2, 2),
        (3, 2, 1, 1, 2),
        (1, 3, 1, 0, 2),
        (3, 1, 0, 1, 2),
    )
    for text in (
        '{"result":[]}',
        '{"result":[[1]]}',
        '{"result":[[1,true]]}',
        '{"result":[["1",0]]}',
        "[[1,0]]",
    ):
        with refused(Fault.SHAPE_WRONG):
            read_result(text, small_election())


def test_the_sample_of_votes_counts_every_answer() -> None:
    """Nine voters, one question of three answers: as the tellers would."""
    election = small_election(answers=3)
    votes = [(1, 0, 0)] * 4 + [(0, 1, 0)] * 3 + [(0, 0, 1)] * 2
    tally = add_ballots(election, cast(election, votes))
    counted = Counter(vote.index(1) for vote in votes)
    assert open_tally(election, tally, opened(tally)) == dumps(
        {"result": [[counted[place] for place in range(3)]]}
    )
