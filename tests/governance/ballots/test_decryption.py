"""The shares that open a tally: those of other programs, by every pair of a group, and what is refused."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.engines.ballots.ballots import read_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.ceremony import private_share
from governance.engines.ballots.decryption import (
    check_partial,
    check_strict,
    combine,
    lagrange,
    owner_object,
    read_owner_object,
    trial_fingerprint,
)
from governance.engines.ballots.elections import Election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import (
    NEUTRAL,
    Q,
    add,
    b64_of,
    decode_point,
    encode_point,
    multiply_base,
    parse_point,
)
from governance.engines.ballots.sharing import decrypt, single_key, strict_decrypt, trial_tally
from governance.engines.ballots.tally import Points, Tally, add_ballots, open_tally, read_tally
from governance.engines.ballots.trustees import Trustees, read_trustees, write_trustees
from tests.governance.ballots.count import SEEDS, Ceremony, cast, factors_of
from tests.governance.ballots.known import NEUTRAL as NEUTRAL_TEXT
from tests.governance.ballots.known import ORDER_8, election_of, lines, put, refused, small_election

H = election_of("homomorphic")
H_TALLY = read_tally(lines("homomorphic/encrypted_tally.jsons")[0], H.shape, 7)
H_TRUSTEES = read_trustees(lines("homomorphic/trustees.json")[0])
PARTS = {
    "homomorphic": {1: "pd1.json", 2: "pd2.json"},
    "threshold": {1: "partial_single.jsons", 2: "partial_trustee1.jsons", 4: "partial_trustee3.jsons"},
}


def shares_of(vote: str) -> tuple[Election, Trustees, Tally, dict[int, Points]]:
    """A vote of the fixtures, with its checked shares."""
    election, trustees = election_of(vote), read_trustees(lines(f"{vote}/trustees.json")[0])
    text, sized = lines(f"{vote}/encrypted_tally.jsons")
    tally = read_tally(text, election.shape, json.loads(sized)["num_tallied"])
    shares = {}
    for owner, name in PARTS[vote].items():
        part, owned = lines(f"{vote}/{name}")
        assert owner_object(owner, part) == owned
        assert read_owner_object(owned) == (owner, json.loads(owned)["payload"])
        public = trustees.public_of(owner)
        shares[owner] = check_partial(part, tally, fingerprint=election.fingerprint, public=public)
    return election, trustees, tally, shares


@pytest.mark.parametrize("vote", ["homomorphic", "threshold"])
def test_the_result_of_another_program(vote: str) -> None:
    election, trustees, tally, shares = shares_of(vote)
    assert open_tally(election, tally, combine(trustees, shares)) == lines(f"{vote}/result.json")[0]


@pytest.mark.parametrize(
    ("vote", "missing"),
    [("homomorphic", 1), ("homomorphic", 2), ("threshold", 1), ("threshold", 2), ("threshold", 4)],
)
def test_too_few_shares_open_nothing(vote: str, missing: int) -> None:
    _, trustees, _, shares = shares_of(vote)
    del shares[missing]
    with refused(Fault.SHARE_MISSING):
        combine(trustees, shares)
    with refused(Fault.SHARE_MISSING):
        combine(trustees, {})


def test_a_share_by_nobody_is_refused() -> None:
    _, trustees, _, shares = shares_of("threshold")
    for owner in (0, 5):
        with refused(Fault.OWNER_WRONG):
            combine(trustees, shares | {owner: shares[1]})


def test_the_worked_proof() -> None:
    shared = json.loads(lines("homomorphic/pd1.json")[0])
    assert (
        shared["decryption_factors"][0][0]
        == "2a60fa36c53cd8b6dcc023947e5a6ddb8032d4dd5139368836797cea68fd199b"
    )
    challenge = "366853955126657414306439620316661692654201356447284177648125463889737758449"
    assert shared["decryption_proofs"][0][0]["challenge"] == challenge
    alpha = "268a9e390646f03e5860e53385e51a4b5ab4aa58eb8594a2e56ca80264a59ccf"
    assert encode_point(H_TALLY.boxes[0][0].alpha) == alpha


def test_the_worked_weights() -> None:
    first = 3618502788666131106986593281521497120428558179689953803000975469142727125496
    assert lagrange(1, [1, 3]) == first
    assert lagrange(3, [1, 3]) == first - 2
    assert lagrange(1, [1]) == 1


@given(
    st.lists(st.integers(0, Q - 1), min_size=1, max_size=4),
    st.lists(st.integers(1, 20), min_size=4, max_size=6, unique=True),
)
def test_weights_find_the_value_at_zero_of_any_polynomial(
    coefficients: list[int], indexes: list[int]
) -> None:
    values = {
        index: sum(coefficient * index**power for power, coefficient in enumerate(coefficients))
        for index in indexes
    }
    assert sum(lagrange(index, indexes) * values[index] for index in indexes) % Q == coefficients[0]


# A group, and the house's trustee besides.


@pytest.fixture(scope="module")
def ceremony() -> Ceremony:
    return Ceremony()


@pytest.fixture(scope="module")
def trustees(ceremony: Ceremony) -> Trustees:
    """The house's trustee, owner 1, and a group of 2 among 3, owners 2 to 4."""
    return read_trustees(write_trustees([single_key(11), ceremony.group]))


@pytest.fixture(scope="module")
def privates(ceremony: Ceremony) -> dict[int, int]:
    shares = [
        private_share(seed, member, output.private_key)
        for seed, member, output in zip(SEEDS, ceremony.certificates.members, ceremony.outputs, strict=False)
    ]
    return dict(enumerate([11, *shares], 1))


@pytest.fixture(scope="module")
def election(privates: dict[int, int], trustees: Trustees) -> Election:
    """Its key is the sum of theirs."""
    whole = sum(lagrange(index, [1, 2]) * privates[1 + index] for index in (1, 2)) + privates[1]
    election = small_election(whole % Q, answers=3)
    assert election.key == trustees.key
    return election


@pytest.fixture(scope="module")
def tally(election: Election) -> Tally:
    return add_ballots(election, cast(election, [(1, 0, 0), (1, 0, 0), (0, 0, 1)]))


@pytest.mark.parametrize("owners", [*combinations((2, 3, 4), 2), (2, 3, 4)])
def test_any_two_of_three_open(
    owners: tuple[int, ...], election: Election, tally: Tally, trustees: Trustees, privates: dict[int, int]
) -> None:
    shares = {
        owner: factors_of(tally, privates[owner], election=election, trustees=trustees, owner=owner)
        for owner in (1, *owners)
    }
    assert open_tally(election, tally, combine(trustees, shares)) == '{"result":[[2,0,1]]}'
    for owner in owners:
        with refused(Fault.SHARE_MISSING):
            combine(trustees, {1: shares[1], owner: shares[owner]})
    with refused(Fault.SHARE_MISSING):
        combine(trustees, {owner: shares[owner] for owner in owners})


def test_a_share_is_its_owners(
    election: Election, tally: Tally, trustees: Trustees, privates: dict[int, int]
) -> None:
    """Under the name of any other, its proofs do not hold."""
    text = decrypt(tally, privates[2], fingerprint=election.fingerprint)
    for owner, public in enumerate(trustees.publics, 1):
        if owner == 2:
            check_partial(text, tally, fingerprint=election.fingerprint, public=public)
        else:
            with refused(Fault.SHARE_WRONG):
                check_partial(text, tally, fingerprint=election.fingerprint, public=public)


def test_an_empty_place_is_shared_and_opened(
    election: Election, trustees: Trustees, privates: dict[int, int]
) -> None:
    tally = add_ballots(election, [])
    shares = {
        owner: factors_of(tally, privates[owner], election=election, trustees=trustees, owner=owner)
        for owner in (1, 2, 3)
    }
    assert shares[1] == ((NEUTRAL,) * 3,)
    assert open_tally(election, tally, combine(trustees, shares)) == '{"result":[[0,0,0]]}'


FACTOR = json.loads(lines("homomorphic/pd1.json")[0])["decryption_factors"][0][0]


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("decryption_factors", 0, 0), encode_point(multiply_base(2)), Fault.SHARE_WRONG),
        (("decryption_factors", 0, 0), NEUTRAL_TEXT, Fault.SHARE_WRONG),
        (("decryption_factors", 0, 0), FACTOR.upper(), Fault.POINT_INVALID),
        (
            ("decryption_factors", 0, 0),
            encode_point(add(decode_point(FACTOR), parse_point(ORDER_8))),
            Fault.POINT_INVALID,
        ),
        (("decryption_factors", 0), [], Fault.SHAPE_WRONG),
        (("decryption_factors",), [], Fault.SHAPE_WRONG),
        (("decryption_proofs", 1, 4, "response"), "1", Fault.SHARE_WRONG),
        (("decryption_proofs", 3, 4, "challenge"), "1", Fault.SHARE_WRONG),
        (("decryption_proofs", 0, 0, "challenge"), "01", Fault.SCALAR_INVALID),
        (("decryption_proofs", 0), [], Fault.SHAPE_WRONG),
        (("more",), 1, Fault.SHAPE_WRONG),
    ],
)
def test_a_forged_share_is_refused(path: tuple[str | int, ...], value: object, fault: Fault) -> None:
    text = dumps(put(json.loads(lines("homomorphic/pd1.json")[0]), path, value))
    with refused(fault):
        check_partial(text, H_TALLY, fingerprint=H.fingerprint, public=H_TRUSTEES.public_of(1))


def test_a_share_of_another_vote_or_of_another_tally_is_refused() -> None:
    text = lines("homomorphic/pd1.json")[0]
    public = H_TRUSTEES.public_of(1)
    with refused(Fault.SHARE_WRONG):
        check_partial(text, H_TALLY, fingerprint=b64_of(""), public=public)
    ballots = [read_ballot(text, H) for text in lines("homomorphic/ballots_js_accepted.txt")]
    with refused(Fault.SHARE_WRONG):
        check_partial(text, add_ballots(H, ballots), fingerprint=H.fingerprint, public=public)


def test_what_says_the_owner_has_one_shape() -> None:
    for text in ('{"owner":"1","payload":"x"}', '{"owner":1,"payload":2}', '{"owner":1}'):
        with refused(Fault.SHAPE_WRONG):
            read_owner_object(text)


def test_a_trial_shows_that_a_key_works_and_serves_for_nothing_else(
    election: Election, tally: Tally, trustees: Trustees, privates: dict[int, int]
) -> None:
    trial = trial_tally([2, 3])
    fingerprint = trial_fingerprint(election.uuid)
    assert fingerprint == b64_of("trial|11111111111111") != election.fingerprint
    text = decrypt(trial, privates[3], fingerprint=fingerprint)
    check_partial(text, trial, fingerprint=fingerprint, public=trustees.public_of(3))
    assert read_tally(trial.text, (2,), 0) == trial != trial_tally([3, 2])
    assert [box.alpha for box in trial.boxes[0]] == [multiply_base(2), multiply_base(3)]
    with refused(Fault.SHARE_WRONG):
        check_partial(text, trial, fingerprint=election.fingerprint, public=trustees.public_of(3))


# Strict proofs.


@pytest.fixture(scope="module")
def alone() -> tuple[Election, Trustees]:
    """A vote of one trustee, whose key is 11."""
    return small_election(11), read_trustees(write_trustees([single_key(11)]))


def test_strict_proofs_hold_for_their_share_only(alone: tuple[Election, Trustees]) -> None:
    election, trustees = alone
    tally = add_ballots(election, cast(election, [(1, 0), (0, 1)]))
    other = add_ballots(election, cast(election, [(1, 0), (0, 1)]))
    factors = factors_of(tally, 11, election=election, trustees=trustees, owner=1)
    text = strict_decrypt(tally, 11, fingerprint=election.fingerprint, owner=1)
    said = {"fingerprint": election.fingerprint, "public": trustees.public_of(1), "owner": 1}
    check_strict(text, tally, factors, **said)
    with refused(Fault.OWNER_WRONG):
        check_strict(text, tally, factors, **said | {"owner": 2})
    for wrong in ({"fingerprint": b64_of("")}, {"public": multiply_base(12)}):
        with refused(Fault.STRICT_PROOF_WRONG):
            check_strict(text, tally, factors, **said | wrong)
    with refused(Fault.STRICT_PROOF_WRONG):
        check_strict(text, other, factors, **said)
    with refused(Fault.STRICT_PROOF_WRONG):
        check_strict(text, Tally(tally.text + " ", tally.boxes, tally.kept), factors, **said)
    with refused(Fault.STRICT_PROOF_WRONG):
        check_strict(text, tally, (factors[0][::-1],), **said)


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("strict_proofs", 0, 1, "response"), "1", Fault.STRICT_PROOF_WRONG),
        (("strict_proofs", 0, 1, "response"), "-1", Fault.SCALAR_INVALID),
        (("strict_proofs", 0), [], Fault.SHAPE_WRONG),
        (("strict_proofs",), [], Fault.SHAPE_WRONG),
        (("owner",), "1", Fault.SHAPE_WRONG),
        (("more",), 1, Fault.SHAPE_WRONG),
    ],
)
def test_a_forged_strict_proof_is_refused(
    alone: tuple[Election, Trustees], path: tuple[str | int, ...], value: object, fault: Fault
) -> None:
    election, trustees = alone
    tally = add_ballots(election, cast(election, [(1, 0)]))
    factors = factors_of(tally, 11, election=election, trustees=trustees, owner=1)
    text = json.loads(strict_decrypt(tally, 11, fingerprint=election.fingerprint, owner=1))
    with refused(fault):
        check_strict(
            dumps(put(text, path, value)),
            tally,
            factors,
            fingerprint=election.fingerprint,
            public=trustees.public_of(1),
            owner=1,
        )
