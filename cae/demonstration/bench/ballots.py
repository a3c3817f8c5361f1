"""The secret ballot on one core: a ballot verified against its bare multiplications, ten thousand added up
against their bare additions. Between them is all that Python adds to libsodium."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial, reduce
from statistics import median

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)

from cae.demonstration.bench.report import Comparison
from governance.engines.ballots.ballots import Ballot, check_ballot
from governance.engines.ballots.credentials import new_code, new_uuid, public_credential
from governance.engines.ballots.elections import Election, Question, read_election, write_election
from governance.engines.ballots.group import encode_point, multiply_base, random_scalar
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.tally import add_ballots

QUESTIONS = 10
BALLOTS = 10_000
TURNS_OF_VERIFYING, TURNS_OF_ADDING = 40, 3
LIMIT_OF_VERIFYING, LIMIT_OF_ADDING = 1.3, 1.2


def measure_ballots(ballots: int = BALLOTS) -> list[Comparison]:
    verified, multiplied = _medians(*_verifying(_election(QUESTIONS)), turns=TURNS_OF_VERIFYING)
    summed, added = _medians(*_adding(_election(1), ballots), turns=TURNS_OF_ADDING)
    return [
        Comparison(f"ballot of {QUESTIONS} questions, verified", verified, multiplied, LIMIT_OF_VERIFYING),
        Comparison(f"{ballots} ballots of a question, added", summed, added, LIMIT_OF_ADDING),
    ]


def _election(questions: int) -> Election:
    asked = Question("Résolution", ("Pour", "Contre", "Abstention"), 1, 1)
    key = encode_point(multiply_base(random_scalar()))
    return read_election(
        write_election(
            uuid=new_uuid(), name="Mesure", description="", public_key=key, questions=[asked] * questions
        )
    )


def _ballot(election: Election) -> Ballot:
    code = new_code()
    text = make_ballot(election, code, [(1, 0, 0)] * len(election.questions))
    return check_ballot(text, election, {public_credential(election.uuid, code)})


Way = Callable[[], object]


def _verifying(election: Election) -> tuple[Way, Way]:
    ballot = _ballot(election)
    fixed, others = _multiplications(ballot, election.key)

    def bare() -> None:
        for scalar in fixed:
            crypto_scalarmult_ed25519_base_noclamp(scalar)
        for scalar, point in others:
            crypto_scalarmult_ed25519_noclamp(scalar, point)

    return partial(check_ballot, ballot.text, election, {ballot.credential}), bare


def _multiplications(ballot: Ballot, key: bytes) -> tuple[list[bytes], list[tuple[bytes, bytes]]]:
    """Those of G, and those of other points, that the proofs of this ballot ask for: of each branch the
    response by G and by the key, the challenge by α and by β; of the signature, one of each."""
    signature = ballot.signature
    fixed = [_bytes(signature.response)]
    others = [(_bytes(signature.challenge), bytes.fromhex(ballot.credential)[::-1])]
    for challenge, response, alpha, beta in _branches(ballot):
        fixed.append(response)
        others += [(response, key), (challenge, alpha), (challenge, beta)]
    return fixed, others


def _branches(ballot: Ballot) -> list[tuple[bytes, bytes, bytes, bytes]]:
    found = []
    for answer in ballot.answers:
        boxes = zip([*answer.choices, answer.choices[0]], answer.proofs, strict=True)
        for box, proofs in boxes:
            found += [
                (_bytes(proof.challenge), _bytes(proof.response), box.alpha, box.beta) for proof in proofs
            ]
    return found


def _bytes(scalar: int) -> bytes:
    return scalar.to_bytes(32, "little")


def _adding(election: Election, count: int) -> tuple[Way, Way]:
    ballot = _ballot(election)
    ballots = [replace(ballot, credential=f"{number}") for number in range(count)]
    columns = [[point] * count for box in ballot.answers[0].choices for point in box]

    def bare() -> None:
        for column in columns:
            reduce(crypto_core_ed25519_add, column)

    return partial(add_ballots, election, ballots), bare


def _medians(ours: Way, bare: Way, *, turns: int) -> tuple[float, float]:
    """Milliseconds of the processor, turn by turn, after one that does not count: nothing here waits for
    anything, so what other programs take is left out."""
    spent: dict[Way, list[float]] = {ours: [], bare: []}
    for _turn in range(turns + 1):
        for way, times in spent.items():
            start = time.process_time()
            way()
            times.append((time.process_time() - start) * 1000)
    return median(spent[ours][1:]), median(spent[bare][1:])
