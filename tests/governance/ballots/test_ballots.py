"""What a box accepts: the ballots of other programs and ours, to the byte."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.engines.ballots.ballots import check_ballot, largest_ballot
from governance.engines.ballots.credentials import private_key
from governance.engines.ballots.elections import read_election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.making import make_ballot
from tests.governance.ballots.known import (
    CODE_K,
    CREDENTIAL_K,
    code,
    counter,
    credential,
    election_k,
    election_of,
    lines,
    refused,
    roll_of,
    small_election,
)

K = election_k()
ROLL_K = {CREDENTIAL_K}
PRIVATE_K = private_key(K.uuid, CODE_K)
BALLOT_K = make_ballot(K, CODE_K, [(0, 1, 0)], draw=counter())
BODY_K: dict[str, Any] = json.loads(BALLOT_K)


def test_the_worked_ballot_of_another_program() -> None:
    election = read_election(lines("worked/election.json")[0])
    assert election.fingerprint == "fhZOAv8WxxEKO6uauh5ct9N3c4VROGHCq0gBMJurh98"
    (text,) = lines("worked/ballot.txt")
    public = "0a51e5b02badb515e39359ebe24e319945c1a4562b5376ff5297b5130ccf47ba"
    ballot = check_ballot(text, election, {public})
    assert len(text) == 2237
    assert ballot.tracker == "BnzBVImIqwVox0Dc+NrbqUPtl0aJ6k/DoMil+gp1PSg"
    assert ballot.digest == "067cc1548988ab0568c740dcf8dadba943ed974689ea4fc3a0c8a5fa0a753d28"
    assert ballot.pair == (public, "XEKcq+fVpUCzISclpGQ7+ovoHF//7EOwpX2eaddJ+sQ")


@pytest.mark.parametrize(
    ("vote", "size", "signed", "digest"),
    [
        (
            (0, 1, 0),
            2095,
            "QqWinM8hqGI4ZBhweuCvCjIyQp0pQrcNIJWTO3AI8FA",
            "be635299d4d12d1d50d5ce74c39b7bc7db3445348c6a5fb380a6e99990ce617f",
        ),
        (
            (0, 1, 1),
            2096,
            "P4YvhfUGpp0Gp6pPhzrlMVVB4nzTWg5bJUamAZT2XAQ",
            "2ddb87e1f08f676fdbceb8f265414612e53885f5e78d33a48f01ab844159e690",
        ),
        (
            (1, 0, 0),
            2094,
            "UHfus2OvKSLRfTilg+mGN+A/UhYBE8zjDjXSpfsGYBI",
            "18966a9fbbcede9b5dea6bf14db605365b797b8acacb4878a071fb447eca8032",
        ),
    ],
)
def test_the_reproducible_ballots(vote: tuple[int, ...], size: int, signed: str, digest: str) -> None:
    draw = counter()
    text = make_ballot(K, CODE_K, [vote], draw=draw)
    ballot = check_ballot(text, K, ROLL_K)
    assert (len(text), ballot.hash, ballot.digest) == (size, signed, digest)
    assert draw() == 22


def test_the_worked_challenges_of_the_blank_vote() -> None:
    answer = BODY_K["answers"][0]
    first = "3408955333876045162894665993209109271444199128062953551077508039753030705479"
    middle = "5056312078056869767023220520145102104038150000226971749850623376775458845729"
    assert [proof["challenge"] for proof in answer["blank_proof"]] == [first, "14"]
    assert [proof["challenge"] for proof in answer["overall_proof"]] == ["16", middle, "19"]


@pytest.mark.parametrize(
    ("vote", "files", "count"),
    [
        ("homomorphic", ["ballots_js_accepted.txt", "ballots_oracle.txt", "ballot_revote.txt"], 8),
        ("threshold", ["ballots.txt"], 5),
    ],
)
def test_every_ballot_of_the_fixtures_is_accepted(vote: str, files: list[str], count: int) -> None:
    election, roll = election_of(vote), roll_of(vote)
    seen: set[str | tuple[str, str]] = set()
    for text in (text for name in files for text in lines(f"{vote}/{name}")):
        assert len(text) <= largest_ballot(election)
        ballot = check_ballot(text, election, roll, seen)
        seen |= {ballot.digest, ballot.pair}
    assert len(seen) == 2 * count


VOTES = st.one_of(
    st.tuples(st.just(0), st.integers(0, 1), st.integers(0, 1), st.integers(0, 1)).filter(any),
    st.just((1, 0, 0, 0)),
)


@settings(max_examples=20)
@given(VOTES, st.integers(0, 2))
def test_what_is_made_is_accepted(vote: tuple[int, ...], minimum: int) -> None:
    election = small_election(answers=3, minimum=minimum, maximum=3, blank=True)
    if vote[0] or sum(vote) >= minimum:
        text = make_ballot(election, code(0), [vote])
        assert check_ballot(text, election, {credential(0)}).text == text
    else:
        with refused(Fault.CHOICE_INVALID):
            make_ballot(election, code(0), [vote])


def test_nothing_chosen_where_it_is_allowed() -> None:
    election = small_election(minimum=0, maximum=2, blank=True)
    for vote in ((0, 0, 0), (1, 0, 0), (0, 1, 1)):
        check_ballot(make_ballot(election, code(0), [vote]), election, {credential(0)})


def test_a_private_key_serves_as_well_as_its_code() -> None:
    assert make_ballot(K, PRIVATE_K, [(0, 1, 0)], draw=counter()) == BALLOT_K


@pytest.mark.parametrize(
    "votes",
    [
        [],
        [(0, 1, 0), (0, 1, 0)],
        [(0, 1)],
        [(0, 0, 0)],
        [(1, 1, 0)],
        [(0, 2, 0)],
        [(0, 3, -1)],
        [(2, 1, 0)],
        [()],
    ],
)
def test_a_vote_that_is_not_allowed_is_not_made(votes: list[tuple[int, ...]]) -> None:
    with refused(Fault.CHOICE_INVALID):
        make_ballot(K, CODE_K, votes)
