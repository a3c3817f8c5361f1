"""How the proofs of `proofs` are made. Each takes its nonces from `draw`, which must never give one twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from governance.engines.ballots.group import Q, add, multiply, multiply_base
from governance.engines.ballots.proofs import Proof, challenge_of

Draw = Callable[[], int]


class Opened(NamedTuple):
    """A branch whose box the prover made: the value claimed, the number that it holds, and its r."""

    value: int
    number: int
    nonce: int


def prove_known(secret: int, prefix: str, draw: Draw) -> Proof:
    """That the author knows `secret`."""
    nonce = draw()
    challenge = challenge_of(prefix, multiply_base(nonce))
    return Proof(challenge, (nonce - secret * challenge) % Q)


def prove_raised(secret: int, base: bytes, prefix: str, draw: Draw) -> Proof:
    """That `base` was raised to the author's secret."""
    nonce = draw()
    challenge = challenge_of(prefix, multiply_base(nonce), multiply(nonce, base))
    return Proof(challenge, (nonce - secret * challenge) % Q)


def prove_one(key: bytes, prefix: str, branches: Sequence[Opened], draw: Draw) -> list[Proof]:
    """That one of the branches holds: the first that does is proven, the others imitated. Both kinds follow
    one path, so that time does not tell which (to the extent that Python can)."""
    true = first_true(branches)
    drawn: list[tuple[int, int]] = []
    commitments: list[bytes] = []
    for place, (value, number, nonce) in enumerate(branches):
        challenge = 0 if place == true else draw()
        response = draw()
        drawn.append((challenge, response))
        raised = (response + nonce * challenge) % Q
        commitments.append(multiply_base(raised))
        commitments.append(add(multiply(raised, key), multiply_base((number - value) * challenge % Q)))
    left = (challenge_of(prefix, *commitments) - sum(challenge for challenge, _ in drawn)) % Q
    challenge, response = drawn[true]
    drawn[true] = (left, (response - branches[true].nonce * left) % Q)
    return [Proof(*pair) for pair in drawn]


def first_true(branches: Sequence[Opened]) -> int:
    return next(place for place, branch in enumerate(branches) if branch.number == branch.value)
