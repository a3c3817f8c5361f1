"""The false total of §14: a trustee in league with the last voter moves a voice under the proofs of
Belenios, which do not hash what they are about; the strict proofs do not let it pass."""

from __future__ import annotations

import json
from itertools import chain, repeat

import pytest

from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.decryption import check_partial, check_strict, combine, plain_prefix
from governance.engines.ballots.elections import Election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import (
    BASE,
    NEUTRAL,
    Q,
    add,
    encode_point,
    multiply,
    multiply_base,
    random_scalar,
    sub,
)
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.proofs import Proof, challenge_of
from governance.engines.ballots.sharing import decrypt, single_key, strict_decrypt
from governance.engines.ballots.tally import Tally, add_ballots, open_tally
from governance.engines.ballots.trustees import Trustees, read_trustees, write_trustees
from tests.governance.ballots.count import cast, factors_of
from tests.governance.ballots.known import code, credential, refused, small_election

HONEST, CHEAT = 11, 13  # the keys of both trustees
SHIFTS = (1, Q - 1)  # one voice less for the first answer, one more for the second


class Attack:
    """Three honest ballots; then the cheating trustee makes its proofs before the last ballot, whose author
    draws the r that makes them hold."""

    def __init__(self) -> None:
        self.election: Election = small_election(HONEST + CHEAT)
        self.trustees: Trustees = read_trustees(write_trustees([single_key(HONEST), single_key(CHEAT)]))
        before = cast(self.election, [(1, 0), (1, 0), (0, 1)])
        sums = add_ballots(self.election, before).boxes[0]
        prefix = plain_prefix(self.election.fingerprint, multiply_base(CHEAT))
        self.proofs: list[Proof] = []
        nonces: list[int] = []
        for box, shift in zip(sums, SHIFTS, strict=True):
            first, second = random_scalar(), random_scalar()
            right = add(multiply(first, box.alpha), multiply_base(second))
            challenge = challenge_of(prefix, multiply_base(first), right)
            self.proofs.append(Proof(challenge, (first - CHEAT * challenge) % Q))
            nonces.append((second - challenge * shift) * pow(first, -1, Q) % Q)
        drawn = chain(nonces, (random_scalar() for _ in repeat(None)))
        text = make_ballot(self.election, code(3), [(1, 0)], draw=drawn.__next__)
        last = check_ballot(text, self.election, {credential(3)})
        self.tally: Tally = add_ballots(self.election, [*before, last])
        self.factors = [
            add(multiply(CHEAT, box.alpha), multiply(shift, BASE))
            for box, shift in zip(self.tally.boxes[0], SHIFTS, strict=True)
        ]
        self.share = dumps(
            {
                "decryption_factors": [[encode_point(factor) for factor in self.factors]],
                "decryption_proofs": [[proof.plain() for proof in self.proofs]],
            }
        )


@pytest.fixture(scope="module")
def attack() -> Attack:
    return Attack()


def test_plain_proofs_let_a_false_total_pass(attack: Attack) -> None:
    election, trustees, tally = attack.election, attack.trustees, attack.tally
    honest = factors_of(tally, HONEST, election=election, trustees=trustees, owner=1)
    true = factors_of(tally, CHEAT, election=election, trustees=trustees, owner=2)
    false = check_partial(attack.share, tally, fingerprint=election.fingerprint, public=trustees.public_of(2))
    assert open_tally(election, tally, combine(trustees, {1: honest, 2: true})) == '{"result":[[3,1]]}'
    assert open_tally(election, tally, combine(trustees, {1: honest, 2: false})) == '{"result":[[2,2]]}'


def test_strict_proofs_do_not(attack: Attack) -> None:
    """Neither those of the true factors, nor the plain proofs handed in again."""
    election, trustees, tally = attack.election, attack.trustees, attack.tally
    false = (tuple(attack.factors),)
    said = {"fingerprint": election.fingerprint, "public": trustees.public_of(2), "owner": 2}
    true = strict_decrypt(tally, CHEAT, fingerprint=election.fingerprint, owner=2)
    again = dumps({"owner": 2, "strict_proofs": [[proof.plain() for proof in attack.proofs]]})
    for text in (true, again):
        with refused(Fault.STRICT_PROOF_WRONG):
            check_strict(text, tally, false, **said)
    check_strict(true, tally, factors_of(tally, CHEAT, election=election, trustees=trustees, owner=2), **said)


def test_one_plain_proof_forges_a_factor_of_any_box(attack: Attack) -> None:
    """Why a trial share has a fingerprint of its own: the server, which has the proof, would answer for its
    author. The factor so forged opens nothing; it is enough to spoil a count."""
    election, trustees, tally = attack.election, attack.trustees, attack.tally
    public = trustees.public_of(1)
    shared = json.loads(decrypt(tally, HONEST, fingerprint=election.fingerprint))
    challenge, response = (int(shared["decryption_proofs"][0][0][key]) for key in ("challenge", "response"))
    box = tally.boxes[0][0]
    kept = add(multiply(response, box.alpha), multiply(challenge, multiply(HONEST, box.alpha)))
    other = Tally("", ((type(box)(multiply_base(7), NEUTRAL),),), 0)
    forged = multiply(pow(challenge, -1, Q), sub(kept, multiply(response, multiply_base(7))))
    text = dumps(
        {
            "decryption_factors": [[encode_point(forged)]],
            "decryption_proofs": [[shared["decryption_proofs"][0][0]]],
        }
    )
    assert check_partial(text, other, fingerprint=election.fingerprint, public=public) == ((forged,),)
    assert forged != multiply(HONEST, multiply_base(7))
