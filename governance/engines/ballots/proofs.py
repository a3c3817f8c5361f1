"""The proofs of the protocol, as they are checked: to know a secret (§3), to have raised two points to one
secret (§9), to have encrypted one of a few numbers (§8). Who makes them calls `proving`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from typing import NamedTuple

from governance.engines.ballots.canonical import fields
from governance.engines.ballots.group import (
    NEUTRAL,
    Q,
    add,
    decode_scalar,
    encode_point,
    hash_to_scalar,
    multiply,
    multiply_base,
    parse_point,
    sub,
)


class Proof(NamedTuple):
    challenge: int
    response: int

    def plain(self) -> dict[str, str]:
        """As JSON writes it."""
        return {"challenge": str(self.challenge), "response": str(self.response)}


class Ciphertext(NamedTuple):
    """A number m in a box: α = r·G, β = r·y + m·G."""

    alpha: bytes
    beta: bytes

    def plain(self) -> dict[str, str]:
        return {"alpha": encode_point(self.alpha), "beta": encode_point(self.beta)}

    def written(self) -> str:
        """As hashes read it."""
        return f"{encode_point(self.alpha)},{encode_point(self.beta)}"


class Branch(NamedTuple):
    """A claim: this ciphertext is that of this value."""

    box: Ciphertext
    value: int


def read_proof(value: object) -> Proof:
    challenge, response = fields(value, "challenge", "response")
    return Proof(decode_scalar(challenge), decode_scalar(response))


def read_box(value: object) -> Ciphertext:
    """A ciphertext whose points are not yet proven to be of the group."""
    alpha, beta = fields(value, "alpha", "beta")
    return Ciphertext(parse_point(alpha), parse_point(beta))


def add_boxes(boxes: Sequence[Ciphertext]) -> Ciphertext:
    """The box of the sum of their numbers; O, O if there is none."""
    if not boxes:
        return Ciphertext(NEUTRAL, NEUTRAL)
    alphas, betas = zip(*boxes, strict=True)
    return Ciphertext(reduce(add, alphas), reduce(add, betas))


@cache
def small(count: int) -> bytes:
    """count·G, for the few numbers that a ballot may hold."""
    return multiply_base(count)


def challenge_of(prefix: str, *commitments: bytes) -> int:
    """The number that nobody chooses: it follows from what is claimed and from what the prover committed
    to."""
    return hash_to_scalar(prefix + ",".join(map(encode_point, commitments)))


def knows(public: bytes, prefix: str, proof: Proof) -> bool:
    """Whether the proof shows that its author knows x, where `public` = x·G."""
    challenge, response = proof
    return challenge == challenge_of(prefix, add(multiply_base(response), multiply(challenge, public)))


def raised_alike(public: bytes, base: bytes, raised: bytes, prefix: str, proof: Proof) -> bool:
    """Whether the proof shows that `raised` = x·`base` for the x of `public` = x·G."""
    challenge, response = proof
    left = add(multiply_base(response), multiply(challenge, public))
    right = add(multiply(response, base), multiply(challenge, raised))
    return challenge == challenge_of(prefix, left, right)


def one_holds(key: bytes, prefix: str, branches: Sequence[Branch], proofs: Sequence[Proof]) -> bool:
    """Whether the proofs, one for each branch, show that at least one branch holds, and do not show which."""
    commitments: list[bytes] = []
    for ((alpha, beta), value), (challenge, response) in zip(branches, proofs, strict=True):
        beyond = sub(beta, small(value)) if value else beta  # β − v·G
        commitments.append(add(multiply_base(response), multiply(challenge, alpha)))
        commitments.append(add(multiply(response, key), multiply(challenge, beyond)))
    return sum(proof.challenge for proof in proofs) % Q == challenge_of(prefix, *commitments)
