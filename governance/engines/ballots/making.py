"""A ballot made on this side: for rehearsals, demonstrations and tests. A voter's own is made in the voter's
browser, and neither its choice nor its code comes here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from governance.engines.ballots.ballots import claims, signer_of, total
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import private_key
from governance.engines.ballots.elections import Election, Question
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import (
    Q,
    add,
    b64_of,
    encode_point,
    multiply,
    multiply_base,
    random_scalar,
)
from governance.engines.ballots.proofs import Ciphertext
from governance.engines.ballots.proving import Draw, Opened, prove_known, prove_one


def make_ballot(
    election: Election,
    secret: str | int,
    votes: Sequence[Sequence[int]],
    *,
    draw: Draw = random_scalar,
) -> str:
    """The ballot of these votes, one for each question: 1 for what is chosen, 0 for the others, the blank
    vote first where it is allowed. `secret` is a code or its private key. Refuses votes that the election
    does not allow. The numbers drawn are, in order: for each question the r of each place, then the proofs
    of its claims; last, the nonce of the signature."""
    if len(votes) != len(election.questions):
        raise BallotFault(Fault.CHOICE_INVALID)
    private = private_key(election.uuid, secret) if isinstance(secret, str) else secret
    credential = encode_point(multiply_base(private))
    signer = signer_of(election, credential)
    body: dict[str, Any] = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": credential,
        "answers": [
            _answer(question, vote, election.key, signer, draw=draw)
            for question, vote in zip(election.questions, votes, strict=True)
        ],
    }
    signed = b64_of(dumps(body))
    proof = prove_known(private, f"sig|{signed}|", draw)
    return dumps(body | {"signature": {"hash": signed, "proof": proof.plain()}})


def encrypt(number: int, key: bytes, nonce: int) -> Ciphertext:
    return Ciphertext(multiply_base(nonce), add(multiply(nonce, key), multiply_base(number)))


def _answer(
    question: Question, vote: Sequence[int], key: bytes, signer: str, *, draw: Draw
) -> dict[str, object]:
    _refuse_illegal(question, vote)
    nonces = [draw() for _ in vote]
    choices = [encrypt(number, key, nonce) for number, nonce in zip(vote, nonces, strict=True)]
    boxes = [*choices, total(question, choices)]
    numbers = [*vote, sum(vote[question.blank :])]
    nonces.append(sum(nonces[question.blank :]) % Q)
    proofs = []
    for claim in claims(question, signer, boxes):
        opened = [Opened(value, numbers[place], nonces[place]) for place, value in claim.branches]
        proofs.append([proof.plain() for proof in prove_one(key, claim.prefix, opened, draw)])
    each, rest = proofs[: question.places], proofs[question.places :]
    return {
        "choices": [box.plain() for box in choices],
        "individual_proofs": each,
        "overall_proof": rest[-1],
    } | ({"blank_proof": rest[0]} if question.blank else {})


def _refuse_illegal(question: Question, vote: Sequence[int]) -> None:
    chosen = sum(vote[question.blank :])
    is_blank = question.blank and list(vote[:1]) == [1]
    legal = chosen == 0 if is_blank else chosen in question.sums
    if len(vote) != question.places or not legal or any(number not in {0, 1} for number in vote):
        raise BallotFault(Fault.CHOICE_INVALID)
