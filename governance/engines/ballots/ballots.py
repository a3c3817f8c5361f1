"""What a box accepts (§8.1): a ballot of this election, of a credential of its roll, not seen, all proofs
true."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from governance.engines.ballots.canonical import dumps, fields, items, loads_exact, string
from governance.engines.ballots.elections import Election, Question
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import NEUTRAL, b64_of, parse_point, sha256_hex
from governance.engines.ballots.proofs import (
    Branch,
    Ciphertext,
    Proof,
    add_boxes,
    knows,
    one_holds,
    read_box,
    read_proof,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: a box for each place, and the proofs of its `claims`, in their order."""

    choices: tuple[Ciphertext, ...]
    proofs: tuple[tuple[Proof, ...], ...]


@dataclass(frozen=True, slots=True)
class Ballot:
    text: str
    credential: str
    hash: str  # what is signed
    tracker: str  # what the voter looks for in the box
    digest: str  # its name in the archive
    answers: tuple[Answer, ...]
    signature: Proof

    @property
    def pair(self) -> tuple[str, str]:
        """What is never accepted twice, besides the digest."""
        return self.credential, self.hash


class Claim(NamedTuple):
    """One of these holds: the box at this place holds this value. The place after the last is that of the
    sum."""

    prefix: str
    branches: tuple[tuple[int, int], ...]


def claims(question: Question, signer: str, boxes: Sequence[Ciphertext]) -> list[Claim]:
    """What the author of an answer proves of its boxes, the last of which is their `total`: each holds 0 or
    1; where a blank vote is allowed, it is not blank or chooses nothing; it chooses as many as the question
    allows."""
    *choices, chosen = boxes
    every = f"{signer}|{','.join(box.written() for box in choices)}"
    last = len(choices)
    each = [
        Claim(f"prove|{signer}|{box.written()}|", ((place, 0), (place, 1)))
        for place, box in enumerate(choices)
    ]
    counts = tuple((last, count) for count in question.sums)
    if not question.blank:
        return [*each, Claim(f"prove|{every}|{chosen.written()}|", counts)]
    return [
        *each,
        Claim(f"bproof0|{every}|", ((0, 0), (last, 0))),
        Claim(f"bproof1|{every}|", ((0, 1), *counts)),
    ]


def total(question: Question, choices: Sequence[Ciphertext]) -> Ciphertext:
    """The box of the number of answers chosen, the blank vote not among them."""
    return add_boxes(choices[question.blank :])


def signer_of(election: Election, credential: str) -> str:
    """S0: what ties every proof to this election and to this voter."""
    return f"{election.fingerprint}|{credential}"


def largest_ballot(election: Election) -> int:
    """No ballot of this election is longer, in bytes."""
    size = 600 + len(election.uuid)
    for question in election.questions:
        proofs = 2 * question.places + len(question.sums) + 3
        size += 100 + 160 * question.places + 190 * proofs
    return size


def read_ballot(text: str, election: Election) -> Ballot:
    """The ballot that this text writes, its proofs not looked at: for a box whose ballots were all checked.
    Refuses another shape, another election, scalars and points not written as they must be, a false hash."""
    value = loads_exact(text, largest_ballot(election))
    uuid, fingerprint, credential, answers, signature = fields(
        value, "election_uuid", "election_hash", "credential", "answers", "signature"
    )
    if (uuid, fingerprint) != (election.uuid, election.fingerprint):
        raise BallotFault(Fault.WRONG_ELECTION)
    signed, proof = fields(signature, "hash", "proof")
    del value["signature"]
    if signed != b64_of(dumps(value)):
        raise BallotFault(Fault.HASH_WRONG)
    return Ballot(
        text=text,
        credential=string(credential),
        hash=signed,
        tracker=b64_of(text),
        digest=sha256_hex(text),
        answers=tuple(map(_read_answer, election.questions, items(answers, len(election.questions)))),
        signature=read_proof(proof),
    )


def check_ballot(
    text: str,
    election: Election,
    roll: Container[str],
    seen: Container[str | tuple[str, str]] = (),
) -> Ballot:
    """The ballot that this text writes, if the box may accept it. Refuses as `read_ballot`, and a
    credential that is not in the roll, a ballot whose digest or pair was `seen`, a false signature, a false
    proof, a point that is not of the group, an α or a credential that is O. Whether the box is open is not
    known here."""
    ballot = read_ballot(text, election)
    # First: a roll that a database keeps cannot be asked of any text.
    credential = parse_point(ballot.credential)
    if ballot.credential not in roll:
        raise BallotFault(Fault.CREDENTIAL_UNKNOWN)
    if ballot.digest in seen or ballot.pair in seen:
        raise BallotFault(Fault.SEEN_BEFORE)
    if NEUTRAL in {credential, *(box.alpha for answer in ballot.answers for box in answer.choices)}:
        raise BallotFault(Fault.NEUTRAL_POINT)
    if not knows(credential, f"sig|{ballot.hash}|", ballot.signature):
        raise BallotFault(Fault.SIGNATURE_WRONG)
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        _check_answer(question, answer, election.key, signer_of(election, ballot.credential))
    return ballot


def _check_answer(question: Question, answer: Answer, key: bytes, signer: str) -> None:
    """The first claims multiply every α and β, and so prove them to be of the group before their sum is
    used."""
    boxes = (*answer.choices, total(question, answer.choices))
    for claim, proofs in zip(claims(question, signer, boxes), answer.proofs, strict=True):
        branches = [Branch(boxes[place], value) for place, value in claim.branches]
        if not one_holds(key, claim.prefix, branches, proofs):
            raise BallotFault(Fault.PROOF_WRONG)


def _read_answer(question: Question, value: object) -> Answer:
    names = ["choices", "individual_proofs", "overall_proof", *(["blank_proof"] if question.blank else [])]
    choices, individual, overall, *blank = fields(value, *names)
    counts = len(question.sums) + question.blank
    return Answer(
        choices=tuple(map(read_box, items(choices, question.places))),
        proofs=(
            *(_read_proofs(proofs, 2) for proofs in items(individual, question.places)),
            *(_read_proofs(proofs, 2) for proofs in blank),
            _read_proofs(overall, counts),
        ),
    )


def _read_proofs(value: object, count: int) -> tuple[Proof, ...]:
    return tuple(map(read_proof, items(value, count)))
