"""The shares that open a tally (§9), as they are checked, with their strict proofs (§14): those of Belenios
do not hash what they are about, and let a trustee in league with the last voter move a voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from typing import Any, TypeVar

from governance.engines.ballots.canonical import dumps, fields, integer, items, loads_exact, string
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import Q, add, b64_of, decode_point, encode_point, multiply, sha256_hex
from governance.engines.ballots.proofs import Proof, raised_alike, read_proof
from governance.engines.ballots.tally import Points, Tally
from governance.engines.ballots.trustees import Group, Single, Trustees

Read = TypeVar("Read")
Place = tuple[int, int]  # the number of a question and that of a place in it, from 0


def check_partial(text: str, tally: Tally, *, fingerprint: str, public: bytes) -> Points:
    """The factors of a share of this tally, by the trustee of this public key. `fingerprint` is φ, or that
    of a trial. Refuses another shape, a point outside the group, a false proof."""
    written, shown = fields(loads_exact(text), "decryption_factors", "decryption_proofs")
    factors, proofs = _grid(written, tally, decode_point), _grid(shown, tally, read_proof)
    prefix = plain_prefix(fingerprint, public)
    for (number, place), proof in _by_place(proofs).items():
        alpha, factor = tally.boxes[number][place].alpha, factors[number][place]
        if not raised_alike(public, alpha, factor, prefix, proof):
            raise BallotFault(Fault.SHARE_WRONG)
    return factors


def check_strict(
    text: str, tally: Tally, factors: Points, *, fingerprint: str, public: bytes, owner: int
) -> None:
    """Refuses strict proofs that are not of these factors, of this tally, by this owner."""
    said, shown = fields(loads_exact(text), "owner", "strict_proofs")
    if integer(said) != owner:
        raise BallotFault(Fault.OWNER_WRONG)
    for (number, place), proof in _by_place(_grid(shown, tally, read_proof)).items():
        alpha, factor = tally.boxes[number][place].alpha, factors[number][place]
        prefix = strict_prefix(fingerprint, public, tally, (number, place), factor)
        if not raised_alike(public, alpha, factor, prefix, proof):
            raise BallotFault(Fault.STRICT_PROOF_WRONG)


def plain_prefix(fingerprint: str, public: bytes) -> str:
    """What the proofs of Belenios hash: neither α nor the factor."""
    return f"decrypt|{fingerprint}|{encode_point(public)}|"


def strict_prefix(fingerprint: str, public: bytes, tally: Tally, at: Place, factor: bytes) -> str:
    """What ours hash: the tally, the place in it, its α and the factor besides."""
    number, place = at
    alpha = encode_point(tally.boxes[number][place].alpha)
    return (
        f"decrypt-strict|{fingerprint}|{encode_point(public)}|{tally.digest}|"
        f"{number},{place},{alpha},{encode_point(factor)}|"
    )


def trial_fingerprint(uuid: str) -> str:
    """What stands for φ in a trial share: a proof made on φ would let anyone forge a factor of the count."""
    return b64_of(f"trial|{uuid}")


def owner_object(owner: int, text: str) -> str:
    """What the archive says of a share: whose it is, and its digest."""
    return dumps({"owner": owner, "payload": sha256_hex(text)})


def read_owner_object(text: str) -> tuple[int, str]:
    owner, payload = fields(loads_exact(text), "owner", "payload")
    return integer(owner), string(payload)


def combine(trustees: Trustees, shares: Mapping[int, Points]) -> Points:
    """The factors that open the tally, from the checked shares of these owners. Refuses an owner who is none,
    and shares of too few: each trustee alone is needed, and of a group as many as its threshold."""
    for owner in shares:
        trustees.public_of(owner)
    parts: list[Points] = []
    before = 0
    for holder in trustees.holders:
        indexes = range(1, len(holder.publics) + 1)
        there = {index: shares[before + index] for index in indexes if before + index in shares}
        parts.append(_opened_by(holder, there))
        before += len(indexes)
    return reduce(_sum, parts)


def lagrange(index: int, indexes: Sequence[int]) -> int:
    """What this member's share weighs among those of `indexes`: Π i·(i − index)⁻¹ mod q over the others."""
    weight = 1
    for other in indexes:
        if other != index:
            weight = weight * other * pow(other - index, -1, Q) % Q
    return weight


def _opened_by(holder: Single | Group, there: Mapping[int, Points]) -> Points:
    """What a holder gives, of its shares by index, from 1."""
    used = sorted(there)[: holder.threshold]
    if len(used) < holder.threshold:
        raise BallotFault(Fault.SHARE_MISSING)
    return reduce(_sum, (_scaled(lagrange(index, used), there[index]) for index in used))


def _scaled(weight: int, points: Points) -> Points:
    return tuple(tuple(multiply(weight, point) for point in row) for row in points)


def _sum(left: Points, right: Points) -> Points:
    return tuple(tuple(map(add, *rows)) for rows in zip(left, right, strict=True))


def _grid(value: object, tally: Tally, read: Callable[[Any], Read]) -> tuple[tuple[Read, ...], ...]:
    """What is written for each place of the tally."""
    rows = zip(items(value, len(tally.boxes)), tally.boxes, strict=True)
    return tuple(tuple(map(read, items(row, len(boxes)))) for row, boxes in rows)


def _by_place(proofs: Sequence[Sequence[Proof]]) -> dict[Place, Proof]:
    return {(number, place): proof for number, row in enumerate(proofs) for place, proof in enumerate(row)}
