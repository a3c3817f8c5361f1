"""What a box refuses: one sign changed, another's credential, a proof of a lie; each by its name."""

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
    CREDENTIAL_K,
    ELECTION_K,
    ORDER_8,
    PLAIN,
    code,
    counter,
    credential,
    election_k,
    put,
    refused,
    signed_anew,
    small_election,
)
from tests.governance.ballots.known import NEUTRAL as NEUTRAL_TEXT

K = election_k()
ROLL_K = {CREDENTIAL_K}
PRIVATE_K = private_key(K.uuid, CODE_K)
BALLOT_K = make_ballot(K, CODE_K, [(0, 1, 0)], draw=counter())
BODY_K: dict[str, Any] = json.loads(BALLOT_K)
ANSWER = ("answers", 0)
SIGNATURE = ("signature", "proof")


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
