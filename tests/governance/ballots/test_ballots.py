"""What a box accepts: the ballots of other programs and ours, to the byte; and what it refuses, each by its
name."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.engines.ballots.ballots import check_ballot, largest_ballot, read_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import private_key
from governance.engines.ballots.elections import Question, read_election, write_election
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import (
    NEUTRAL,
    Q,
    add,
    decode_point,
    encode_point,
    multiply_base,
    parse_point,
    random_scalar,
)
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.proofs import Branch, Ciphertext, one_holds
from governance.engines.ballots.proving import Opened, prove_one
from tests.governance.ballots.known import (
    BASE_AND_ORDER_8,
    CODE_K,
    ELECTION_K,
    ORDER_8,
    PLAIN,
    code,
    counter,
    credential,
    election_k,
    election_of,
    lines,
    put,
    refused,
    roll_of,
    signed_anew,
    small_election,
)
from tests.governance.ballots.known import NEUTRAL as NEUTRAL_TEXT

K = election_k()
CREDENTIAL_K = "6be53e799ef86b639f838e02b78e9dc9162275f0b256f9f5079b4b217f8c30b5"
ROLL_K = {CREDENTIAL_K}
PRIVATE_K = private_key(K.uuid, CODE_K)
BALLOT_K = make_ballot(K, CODE_K, [(0, 1, 0)], draw=counter())
BODY_K: dict[str, Any] = json.loads(BALLOT_K)
ANSWER = ("answers", 0)
SIGNATURE = ("signature", "proof")


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


# What is refused.


@settings(max_examples=200)
@given(st.data())
def test_one_sign_changed_anywhere_is_refused(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(BALLOT_K) - 1))
    sign = data.draw(st.characters().filter(lambda sign: sign != BALLOT_K[place]))
    changed = BALLOT_K[:place] + sign + BALLOT_K[place + 1 :]
    with pytest.raises(BallotFault):
        check_ballot(changed, K, ROLL_K)


@settings(max_examples=100)
@given(st.integers(0, len(BALLOT_K)), st.integers(0, len(BALLOT_K)), st.text(max_size=3))
def test_a_piece_cut_out_or_put_in_is_refused(start: int, end: int, put_in: str) -> None:
    changed = BALLOT_K[:start] + put_in + BALLOT_K[end:]
    if changed != BALLOT_K:
        with pytest.raises(BallotFault):
            check_ballot(changed, K, ROLL_K)


@settings(max_examples=60)
@given(st.text() | PLAIN.map(dumps))
def test_any_text_is_refused_by_a_fault_of_ours(text: str) -> None:
    with pytest.raises(BallotFault):
        check_ballot(text, K, ROLL_K)


def leaves(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    """Every string of an object, with its place."""
    if isinstance(value, str):
        return [(path, value)]
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    return [leaf for step, inner in steps for leaf in leaves(inner, (*path, step))]


SCALARS = [
    path for path, _ in leaves(BODY_K) if path[-1] in {"challenge", "response"} and path[0] == "answers"
]
POINTS = [path for path, _ in leaves(BODY_K) if path[-1] in {"alpha", "beta"}]


@pytest.mark.parametrize("path", SCALARS)
def test_no_number_of_a_proof_can_change(path: tuple[str | int, ...]) -> None:
    """Even by its author, who signs again."""
    value = dict(leaves(BODY_K))[path]
    with refused(Fault.PROOF_WRONG):
        check_ballot(signed_anew(put(BODY_K, path, str((int(value) + 1) % Q)), PRIVATE_K), K, ROLL_K)
    for written in ("0" + value, str(int(value) + Q), "+" + value, "-1", "1_0", "0x1", "", 7, None):
        with refused(Fault.SCALAR_INVALID):
            check_ballot(signed_anew(put(BODY_K, path, written), PRIVATE_K), K, ROLL_K)


@pytest.mark.parametrize("path", POINTS)
def test_no_point_can_change(path: tuple[str | int, ...]) -> None:
    text = dict(leaves(BODY_K))[path]
    moved = encode_point(add(decode_point(text), multiply_base(1)))
    with refused(Fault.PROOF_WRONG):
        check_ballot(signed_anew(put(BODY_K, path, moved), PRIVATE_K), K, ROLL_K)
    foreign = encode_point(add(decode_point(text), parse_point(ORDER_8)))
    for written in (
        "A" + text[1:],
        text[:-2],
        text + "00",
        foreign,
        ORDER_8,
        BASE_AND_ORDER_8,
        "0" * 63 + "2",
        7,
    ):
        with refused(Fault.POINT_INVALID):
            check_ballot(signed_anew(put(BODY_K, path, written), PRIVATE_K), K, ROLL_K)


@pytest.mark.parametrize("path", POINTS)
def test_a_foreign_point_is_refused_even_where_nothing_multiplies_it(path: tuple[str | int, ...]) -> None:
    """A challenge of 0 multiplies to O without looking: the point is looked at all the same."""
    foreign = encode_point(add(decode_point(dict(leaves(BODY_K))[path]), parse_point(ORDER_8)))
    body = put(BODY_K, path, foreign)
    for branch in (0, 1):
        body = put(body, (*ANSWER, "individual_proofs", path[3], branch, "challenge"), "0")
    with refused(Fault.POINT_INVALID):
        check_ballot(signed_anew(body, PRIVATE_K), K, ROLL_K)


def test_o_has_no_place_as_alpha_nor_as_credential() -> None:
    with refused(Fault.NEUTRAL_POINT):
        check_ballot(
            make_ballot(K, CODE_K, [(0, 1, 0)], draw=iter([1, 0, *range(2, 21)]).__next__), K, ROLL_K
        )
    with refused(Fault.NEUTRAL_POINT):
        check_ballot(make_ballot(K, 0, [(0, 1, 0)]), K, {NEUTRAL_TEXT})


def test_o_as_beta_is_a_point_like_others() -> None:
    """Its r is q − m·(key)⁻¹: nobody meets it by chance, and it proves like any."""
    nonce = -pow(5, -1, Q) % Q
    text = make_ballot(K, CODE_K, [(0, 1, 0)], draw=iter([7, nonce, *range(1, 20)]).__next__)
    ballot = check_ballot(text, K, ROLL_K)
    assert ballot.answers[0].choices[1].beta == NEUTRAL


def test_another_election_is_refused() -> None:
    for path, value in (
        (("election_uuid",), "11111111111112"),
        (("election_hash",), "x" * 43),
        (("election_uuid",), 1),
    ):
        with refused(Fault.WRONG_ELECTION):
            check_ballot(signed_anew(put(BODY_K, path, value), PRIVATE_K), K, ROLL_K)
    other = read_election(ELECTION_K.replace('"name":"K"', '"name":"L"'))
    with refused(Fault.WRONG_ELECTION):
        check_ballot(BALLOT_K, other, ROLL_K)


def test_a_credential_outside_the_roll_is_refused() -> None:
    for roll in (set(), {credential(0)}, {CREDENTIAL_K.upper()}):
        with refused(Fault.CREDENTIAL_UNKNOWN):
            check_ballot(BALLOT_K, K, roll)
    for value in (1, None, [CREDENTIAL_K]):
        with refused(Fault.SHAPE_WRONG):
            check_ballot(signed_anew(put(BODY_K, ("credential",), value), PRIVATE_K), K, ROLL_K)


def test_a_credential_of_another_cannot_be_used() -> None:
    """Its holder's code signs: a thief who knows only the public part has none."""
    with refused(Fault.SIGNATURE_WRONG):
        check_ballot(signed_anew(put(BODY_K, ("credential",), credential(1)), PRIVATE_K), K, {credential(1)})


def test_a_credential_that_is_no_member_of_the_group_is_refused_although_a_roll_had_it() -> None:
    with refused(Fault.POINT_INVALID):
        check_ballot(signed_anew(put(BODY_K, ("credential",), BASE_AND_ORDER_8), 1), K, {BASE_AND_ORDER_8})


def test_hash_and_signature() -> None:
    with refused(Fault.HASH_WRONG):
        check_ballot(dumps(put(BODY_K, ("signature", "hash"), "x" * 43)), K, ROLL_K)
    for name in ("challenge", "response"):
        value = str((int(BODY_K["signature"]["proof"][name]) + 1) % Q)
        with refused(Fault.SIGNATURE_WRONG):
            check_ballot(dumps(put(BODY_K, (*SIGNATURE, name), value)), K, ROLL_K)
        with refused(Fault.SCALAR_INVALID):
            check_ballot(dumps(put(BODY_K, (*SIGNATURE, name), "01")), K, ROLL_K)


def test_what_was_seen_is_refused() -> None:
    """A thief of the wire cannot put back an earlier ballot after a revote, not even under another
    signature."""
    ballot = check_ballot(BALLOT_K, K, ROLL_K)
    with refused(Fault.SEEN_BEFORE):
        check_ballot(BALLOT_K, K, ROLL_K, {ballot.digest})
    again = signed_anew(BODY_K, PRIVATE_K)
    assert again != BALLOT_K
    assert check_ballot(again, K, ROLL_K, {ballot.digest}).pair == ballot.pair
    with refused(Fault.SEEN_BEFORE):
        check_ballot(again, K, ROLL_K, {ballot.pair})


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["answers"].append(1),
        lambda body: body["answers"].clear(),
        lambda body: body.update(answers={}),
        lambda body: body["answers"][0]["choices"].pop(),
        lambda body: body["answers"][0]["choices"].append(body["answers"][0]["choices"][0]),
        lambda body: body["answers"][0]["individual_proofs"].pop(),
        lambda body: body["answers"][0]["individual_proofs"][0].pop(),
        lambda body: body["answers"][0]["overall_proof"].pop(),
        lambda body: body["answers"][0]["overall_proof"].append(body["answers"][0]["overall_proof"][0]),
        lambda body: body["answers"][0].pop("blank_proof"),
        lambda body: body["answers"][0]["blank_proof"].pop(),
        lambda body: body["answers"][0].update(more=1),
        lambda body: body["answers"][0]["choices"][0].update(more=1),
        lambda body: body["answers"][0]["choices"].__setitem__(0, []),
        lambda body: body["answers"][0].update(choices=body["answers"][0].pop("choices")),
        lambda body: body["answers"][0]["overall_proof"].__setitem__(0, {"challenge": "1"}),
        lambda body: body.update(more=1),
        lambda body: body.pop("credential"),
    ],
)
def test_another_shape_is_refused(change: Change) -> None:
    body = put(BODY_K, ("credential",), CREDENTIAL_K)
    change(body)
    with refused(Fault.SHAPE_WRONG):
        check_ballot(signed_anew(body, PRIVATE_K), K, ROLL_K)


def test_a_signature_of_another_shape_is_refused() -> None:
    for value in ({}, [], {"hash": "x"}, None):
        with refused(Fault.SHAPE_WRONG):
            check_ballot(dumps(put(BODY_K, ("signature",), value)), K, ROLL_K)
    with refused(Fault.SHAPE_WRONG):
        check_ballot("[]", K, ROLL_K)


def test_a_blank_proof_has_no_place_where_no_blank_vote_is_allowed() -> None:
    election = small_election()
    body = json.loads(make_ballot(election, code(0), [(1, 0)]))
    body["answers"][0]["blank_proof"] = body["answers"][0]["individual_proofs"][0]
    with refused(Fault.SHAPE_WRONG):
        check_ballot(signed_anew(body, private_key(election.uuid, code(0))), election, {credential(0)})


def test_too_long_a_ballot_is_not_even_read() -> None:
    with refused(Fault.TOO_BIG):
        check_ballot(" " * (largest_ballot(K) + 1), K, ROLL_K)


@pytest.mark.parametrize("blank", [False, True])
def test_the_longest_ballot_fits(blank: bool) -> None:
    questions = [Question("Q", ("A", "B", "C"), 0, 3, blank=blank), Question("R", ("A",), 1, 1)]
    election = read_election(
        write_election(
            uuid=K.uuid, name="N", description="", public_key=encode_point(K.key), questions=questions
        )
    )
    votes = [(0,) * blank + (1, 0, 0), (1,)]
    body = json.loads(make_ballot(election, code(0), votes))
    for path, _ in leaves(body):
        if path[-1] in {"challenge", "response"}:
            body = put(body, path, str(Q - 1))
    text = signed_anew(body, private_key(election.uuid, code(0)))
    assert read_ballot(text, election).text == text


# Proofs of a lie, by an author who knows every secret of the ballot.


def test_a_false_branch_is_not_proven() -> None:
    """Two voices encrypted, 0 or 1 claimed: whichever branch is taken for the true one."""
    key, nonce = multiply_base(5), random_scalar()
    box = Ciphertext(multiply_base(nonce), multiply_base((5 * nonce + 2) % Q))
    for claimed in (0, 1):
        proofs = prove_one(key, "x", [Opened(0, claimed, nonce), Opened(1, claimed, nonce)], random_scalar)
        assert not one_holds(key, "x", [Branch(box, 0), Branch(box, 1)], proofs)
    honest = prove_one(key, "x", [Opened(1, 2, nonce), Opened(2, 2, nonce)], random_scalar)
    assert one_holds(key, "x", [Branch(box, 1), Branch(box, 2)], honest)
    assert not one_holds(key, "y", [Branch(box, 1), Branch(box, 2)], honest)


def test_a_ballot_of_two_voices_or_of_one_and_blank_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("governance.engines.ballots.making._refuse_illegal", lambda question, vote: None)
    monkeypatch.setattr("governance.engines.ballots.proving.first_true", lambda branches: 0)
    for vote in ((0, 2, 0), (0, Q - 1, 1), (1, 1, 0), (0, 0, 0), (2, 0, 0)):
        with refused(Fault.PROOF_WRONG):
            check_ballot(make_ballot(K, CODE_K, [vote]), K, ROLL_K)


def test_each_proof_is_tied_to_its_voter_and_its_place() -> None:
    """Copied from another ballot, or from another place of the same."""
    other = json.loads(make_ballot(K, code(0), [(0, 1, 0)], draw=counter()))
    with refused(Fault.PROOF_WRONG):
        check_ballot(signed_anew(put(other, ("credential",), CREDENTIAL_K), PRIVATE_K), K, ROLL_K)
    proofs = BODY_K["answers"][0]["individual_proofs"]
    with refused(Fault.PROOF_WRONG):
        check_ballot(
            signed_anew(put(BODY_K, (*ANSWER, "individual_proofs"), proofs[::-1]), PRIVATE_K), K, ROLL_K
        )
