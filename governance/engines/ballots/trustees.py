"""Who holds the key of a box (§3 to §5): trustees alone, all needed, and groups of whom some are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from governance.engines.ballots.canonical import dumps, fields, integer, items, loads_exact, string
from governance.engines.ballots.elections import GROUP
from governance.engines.ballots.faults import BallotFault, Fault, naming
from governance.engines.ballots.group import NEUTRAL, add, decode_key, decode_point, multiply, sha256_hex
from governance.engines.ballots.proofs import knows, read_proof


@dataclass(frozen=True, slots=True)
class Single:
    """A trustee alone."""

    public: bytes
    threshold = 1

    @property
    def publics(self) -> tuple[bytes, ...]:
        return (self.public,)


@dataclass(frozen=True, slots=True)
class Member:
    """What a certificate says: its author's place in a group, and the keys to check and to seal for it."""

    size: int
    threshold: int
    index: int
    verification: bytes
    encryption: bytes


@dataclass(frozen=True, slots=True)
class Certificates:
    """Γ, checked: the members of a group in their order."""

    threshold: int
    members: tuple[Member, ...]
    plain: list[Any]

    @property
    def digest(self) -> str:
        """What members compare by voice."""
        return sha256_hex(dumps(self.plain))


@dataclass(frozen=True, slots=True)
class Group:
    """Trustees of whom any `threshold` are enough: `public` is the group's key, `publics` those of the
    shares."""

    threshold: int
    certificates: Certificates
    public: bytes
    publics: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Trustees:
    """All that trustees.json says. A trustee's number, the `owner` of a share, counts from 1 along the
    list: one for a trustee alone, one for each member of a group."""

    text: str
    holders: tuple[Single | Group, ...]
    key: bytes

    @property
    def publics(self) -> tuple[bytes, ...]:
        """The public key of each owner."""
        return tuple(public for holder in self.holders for public in holder.publics)

    def public_of(self, owner: int) -> bytes:
        if not 1 <= owner <= len(self.publics):
            raise BallotFault(Fault.OWNER_WRONG)
        return self.publics[owner - 1]


def write_trustees(holders: Sequence[dict[str, Any]]) -> str:
    """trustees.json of these objects: the public key of a trustee alone, or what a group's ceremony gave.
    Refuses what `read_trustees` would."""
    named = [["Pedersen" if "threshold" in holder else "Single", holder] for holder in holders]
    return read_trustees(dumps(named)).text


def read_trustees(text: str) -> Trustees:
    """The trustees that this text says. Refuses any key, certificate, signature or sum that does not hold,
    and keys whose sum is O."""
    holders = tuple(_read_holder(value) for value in items(loads_exact(text)))
    key = reduce(add, (holder.public for holder in holders), NEUTRAL)
    if key == NEUTRAL:
        raise BallotFault(Fault.NEUTRAL_POINT)
    return Trustees(text, holders, key)


def check_single(value: object) -> bytes:
    """The public key of a trustee alone. Refuses one whose secret the author did not prove to know (§3)."""
    proof, public = fields(value, "pok", "public_key")
    return _proven_key(public, proof)


def read_certificate(value: object) -> Member:
    """The member that this certificate presents (§4.2). Refuses a threshold that is not 1 ≤ k < n, a place
    that is none, keys that are none, and a signature that is not of its own key."""
    message, _ = fields(value, "message", "signature")
    context, verification, encryption = fields(
        loads_exact(string(message)), "context", "verification", "encryption"
    )
    group, *numbers = fields(context, "group", "size", "threshold", "index")
    size, threshold, index = map(integer, numbers)
    if string(group) != GROUP:
        raise BallotFault(Fault.GROUP_WRONG)
    if not 1 <= threshold < size:
        raise BallotFault(Fault.THRESHOLD_WRONG)
    member = Member(size, threshold, index, decode_key(verification), decode_key(encryption))
    signed_text(value, member)
    return member


def check_certificates(values: Sequence[object]) -> Certificates:
    """Γ (§4.3), of certificates in order. Refuses one that is not in its place, or not of the size and of the
    threshold of all, and a key that is there twice."""
    members = []
    for index, value in enumerate(values, 1):
        with naming(index):
            members.append(read_certificate(value))
            said = (members[-1].size, members[-1].threshold, members[-1].index)
            if said != (len(values), members[0].threshold, index):
                raise BallotFault(Fault.CERTIFICATE_WRONG)
    if not members:
        raise BallotFault(Fault.THRESHOLD_WRONG)
    keys = {key for member in members for key in (member.verification, member.encryption)}
    if len(keys) < 2 * len(members):
        raise BallotFault(Fault.KEY_TWICE)
    return Certificates(members[0].threshold, tuple(members), list(values))


def signed_text(value: object, member: Member) -> str:
    """The text of a signed message. Refuses one that this member did not sign."""
    message, signature = fields(value, "message", "signature")
    check_signature(string(message), signature, member)
    return str(message)


def check_signature(text: str, signature: object, member: Member) -> None:
    if not knows(member.verification, f"sigmsg|{text}|", read_proof(signature)):
        raise BallotFault(Fault.SIGNATURE_WRONG)


def check_coefficients(
    certificates: Certificates, index: int, value: object, signature: object
) -> tuple[bytes, ...]:
    """The points of this member's polynomial (§4.4): signed by the member, alone and together with Γ."""
    member = certificates.members[index - 1]
    (texts,) = fields(loads_exact(signed_text(value, member)), "coefexps")
    points = tuple(map(decode_point, items(texts, certificates.threshold)))
    check_signature(bound_text(certificates, texts), signature, member)
    return points


def bound_text(certificates: Certificates, coefficients: Sequence[str]) -> str:
    """What a member signs to be bound to the whole list of certificates."""
    return "certs_sig|" + dumps({"certs": certificates.plain, "coefexps": list(coefficients)})


def share_point(coefficients: Sequence[Sequence[bytes]], index: int) -> bytes:
    """f(j)·G, where f is the sum of the polynomials: the public key of the share of member j."""
    point = NEUTRAL
    for places in reversed(list(zip(*coefficients, strict=True))):
        point = add(multiply(index, point), reduce(add, places))
    return point


def check_verification_key(
    certificates: Certificates, coefficients: Sequence[Sequence[bytes]], index: int, value: object
) -> bytes:
    """The public key of this member's share (§4.7): the one that the polynomials give, proven, and signed."""
    proof, text, signature = fields(value, "pok", "public_key", "signature")
    public = _proven_key(text, proof)
    check_signature(string(text), signature, certificates.members[index - 1])
    if public != share_point(coefficients, index):
        raise BallotFault(Fault.VERIFICATION_KEY_WRONG)
    return public


def knowledge_prefix(public: str) -> str:
    return f"pok|{GROUP}|{public}|"


def _proven_key(text: object, proof: object) -> bytes:
    public = decode_key(text)
    if not knows(public, knowledge_prefix(string(text)), read_proof(proof)):
        raise BallotFault(Fault.PROOF_WRONG)
    return public


def _read_holder(value: object) -> Single | Group:
    kind, holder = items(value, 2)
    if kind == "Single":
        return Single(check_single(holder))
    if kind == "Pedersen":
        return _read_group(holder)
    raise BallotFault(Fault.SHAPE_WRONG)


def _read_group(value: object) -> Group:
    threshold, certs, *lists = fields(
        value, "threshold", "certs", "coefexps", "signatures", "verification_keys"
    )
    certificates = check_certificates(items(certs))
    if integer(threshold) != certificates.threshold:
        raise BallotFault(Fault.THRESHOLD_WRONG)
    size = len(certificates.members)
    coefexps, signatures, keys = (items(column, size) for column in lists)
    coefficients, publics = [], []
    for index, (points, signature) in enumerate(zip(coefexps, signatures, strict=True), 1):
        with naming(index):
            coefficients.append(check_coefficients(certificates, index, points, signature))
    for index, key in enumerate(keys, 1):
        with naming(index):
            publics.append(check_verification_key(certificates, coefficients, index, key))
    public = reduce(add, (points[0] for points in coefficients))
    if public == NEUTRAL:
        raise BallotFault(Fault.NEUTRAL_POINT)
    return Group(certificates.threshold, certificates, public, tuple(publics))
