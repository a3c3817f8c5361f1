"""The false total of §14: a trustee in league with the last voter moves a voice under the proofs of
Belenios, which do not hash what they are about; the strict proofs do not let it pass."""

from __future__ import annotations

import json
from itertools import chain, repeat

import pytest

from governance.engines.ballots.archive import Kind
from governance.engines.ballots.audit import verify_archive, write_strict
from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.decryption import (
    check_partial,
    check_strict,
    combine,
    owner_object,
    plain_prefix,
)
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
from governance.engines.ballots.tally import Tally, add_ballots, open_tally, sized_object
from governance.engines.ballots.trustees import Trustees, read_trustees, write_trustees
from tests.governance.ballots.count import cast, factors_of
from tests.governance.ballots.known import code, credential, refused, small_election
from tests.governance.ballots.voted import setup, written

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
        self.ballots = [*before, last]
        self.tally: Tally = add_ballots(self.election, self.ballots)
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

    @property
    def archive(self) -> bytes:
        """The whole vote, as it would be published."""
        roll = dumps([ballot.credential for ballot in self.ballots])
        honest = decrypt(self.tally, HONEST, fingerprint=self.election.fingerprint)
        return written(
            [
                (Kind.SETUP, setup(self.election.text, self.trustees.text, roll)),
                *((Kind.BALLOT, (ballot.text,)) for ballot in self.ballots),
                (Kind.END, ()),
                (Kind.TALLY, (self.tally.text, sized_object(self.tally))),
                (Kind.PARTIAL, (honest, owner_object(1, honest))),
                (Kind.PARTIAL, (self.share, owner_object(2, self.share))),
                (Kind.RESULT, ('{"result":[[2,2]]}',)),
            ]
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


def test_the_auditor_believes_it_of_another_program_and_not_of_ours(attack: Attack) -> None:
    """As `belenios-tool` does. Of ours it asks for strict proofs, and those of the true share do not hold."""
    believed = verify_archive(attack.archive, foreign=True)
    assert (believed.sound, believed.strict, believed.counts) == (True, False, ((2, 2),))
    strict = write_strict(
        strict_decrypt(attack.tally, private, fingerprint=attack.election.fingerprint, owner=owner)
        for owner, private in ((1, HONEST), (2, CHEAT))
    )
    wanted = {None: Fault.STRICT_PROOF_MISSING, strict.encode(): Fault.STRICT_PROOF_WRONG}
    for given, fault in wanted.items():
        report = verify_archive(attack.archive, strict=given)
        assert [one.code for one in report.faults] == [fault]
        assert report.counts == ()


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
