"""How a group makes its key together (§4): what the server checks and hands on, and what a member computes.
In the house, members compute in their browser; rehearsals and tests compute here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from governance.engines.ballots.canonical import dumps, fields, items, loads_exact, string
from governance.engines.ballots.channel import Keys, keys_of, receive, send, sign
from governance.engines.ballots.elections import GROUP
from governance.engines.ballots.faults import BallotFault, Fault, naming
from governance.engines.ballots.group import (
    Q,
    decode_scalar,
    encode_point,
    multiply_base,
    random_scalar,
    sha256_hex,
)
from governance.engines.ballots.proving import Draw
from governance.engines.ballots.sharing import single_key
from governance.engines.ballots.trustees import (
    Certificates,
    Member,
    bound_text,
    check_certificates,
    check_coefficients,
    check_verification_key,
    read_certificate,
    share_point,
)


@dataclass(frozen=True, slots=True)
class Polynomial:
    """What a member hands out of its polynomial (§4.4): a note to itself, a secret for each member, all
    sealed, and its points, signed alone and with Γ."""

    note: str
    secrets: tuple[str, ...]
    coefexps: Any
    signature: Any
    points: tuple[bytes, ...]


def check_certificate(text: str, *, size: int, threshold: int, index: int) -> Member:
    """What the server checks of a certificate that comes in. Refuses one of another place or size."""
    member = read_certificate(loads_exact(text))
    if (member.size, member.threshold, member.index) != (size, threshold, index):
        raise BallotFault(Fault.CERTIFICATE_WRONG)
    return member


def gather_certificates(texts: Sequence[str]) -> Certificates:
    """Γ, checked, of the texts that came in, in order."""
    return check_certificates([loads_exact(text) for text in texts])


def commitment(polynomial: str) -> str:
    """What a member says of its polynomial before any is shown: who comes last cannot choose by the
    others'."""
    return sha256_hex(polynomial)


def check_polynomial(text: str, certificates: Certificates, index: int, committed: str) -> Polynomial:
    """What the server checks of a polynomial message. Refuses one that was not the one committed to, points
    or signatures that do not hold, and a wrong number of secrets; what is sealed, only its readers can
    check."""
    value = loads_exact(text)
    if commitment(text) != committed:
        raise BallotFault(Fault.COMMITMENT_WRONG)
    note, sealed, coefexps, signature = fields(value, "polynomial", "secrets", "coefexps", "signature")
    return Polynomial(
        note=string(note),
        secrets=tuple(map(string, items(sealed, len(certificates.members)))),
        coefexps=coefexps,
        signature=signature,
        points=check_coefficients(certificates, index, coefexps, signature),
    )


def input_of(polynomials: Sequence[Polynomial], index: int) -> str:
    """What the server hands to this member (§4.5): its own note, the secret that each wrote to it, all
    points."""
    return dumps(
        {
            "polynomial": polynomials[index - 1].note,
            "secrets": [polynomial.secrets[index - 1] for polynomial in polynomials],
            "coefexps": [polynomial.coefexps for polynomial in polynomials],
            "signatures": [polynomial.signature for polynomial in polynomials],
        }
    )


@dataclass(frozen=True, slots=True)
class Output:
    """What a member gives back (§4.6): its share, sealed for itself, and the public key of it."""

    private_key: str
    public_key: Any


def check_output(
    text: str, certificates: Certificates, polynomials: Sequence[Polynomial], index: int
) -> Output:
    """What the server checks of it. Refuses a public key that the polynomials do not give, or without its
    proof and its signature."""
    private_key, public_key = fields(loads_exact(text), "private_key", "public_key")
    points = [polynomial.points for polynomial in polynomials]
    check_verification_key(certificates, points, index, public_key)
    return Output(string(private_key), public_key)


def group_object(
    certificates: Certificates, polynomials: Sequence[Polynomial], outputs: Sequence[Output]
) -> dict[str, Any]:
    """What trustees.json holds of the group (§4.7)."""
    return {
        "threshold": certificates.threshold,
        "certs": certificates.plain,
        "coefexps": [polynomial.coefexps for polynomial in polynomials],
        "signatures": [polynomial.signature for polynomial in polynomials],
        "verification_keys": [output.public_key for output in outputs],
    }


def certify(seed: str, *, size: int, threshold: int, index: int) -> str:
    """A member's certificate (§4.2)."""
    keys = keys_of(seed)
    message = {
        "context": {"group": GROUP, "size": size, "threshold": threshold, "index": index},
        "verification": encode_point(keys.verification),
        "encryption": encode_point(keys.encryption),
    }
    return dumps(sign(keys, dumps(message)))


def share_out(seed: str, index: int, certificates: Certificates, draw: Draw = random_scalar) -> str:
    """A member's polynomial message (§4.4). Refuses a Γ where its own certificate is not in its place."""
    keys = _own_keys(seed, index, certificates)
    coefficients = [draw() for _ in range(certificates.threshold)]
    texts = [encode_point(multiply_base(coefficient)) for coefficient in coefficients]
    note = dumps({"polynomial": [str(coefficient) for coefficient in coefficients]})
    return dumps(
        {
            "polynomial": send(keys, keys.encryption, note),
            "secrets": [
                send(keys, member.encryption, dumps({"secret": str(_value(coefficients, member.index))}))
                for member in certificates.members
            ],
            "coefexps": sign(keys, dumps({"coefexps": texts})),
            "signature": sign(keys, bound_text(certificates, texts))["signature"],
        }
    )


def take_share(seed: str, index: int, certificates: Certificates, handed: str) -> str:
    """What a member gives back, of what the server handed to it (§4.6). Refuses, by the name of its author,
    any point, signature or secret that does not hold."""
    keys = _own_keys(seed, index, certificates)
    note, sealed, coefexps, signatures = fields(
        loads_exact(handed), "polynomial", "secrets", "coefexps", "signatures"
    )
    members = certificates.members
    columns = [items(column, len(members)) for column in (sealed, coefexps, signatures)]
    points, secrets = [], []
    for member, secret, exponents, signature in zip(members, *columns, strict=True):
        with naming(member.index):
            points.append(check_coefficients(certificates, member.index, exponents, signature))
            secrets.append(_read_secret(keys, member, string(secret), index, points[-1]))
    with naming(index):
        _check_note(keys, members[index - 1], string(note), points[index - 1])
    share = sum(secrets) % Q
    public = single_key(share)
    signature = sign(keys, str(public["public_key"]))["signature"]
    own = dumps({"decryption_key": str(share)})
    return dumps(
        {"private_key": send(keys, keys.encryption, own), "public_key": public | {"signature": signature}}
    )


def private_share(seed: str, member: Member, sealed: str) -> int:
    """A member's share, of the text that the server kept for it until the count."""
    (share,) = fields(loads_exact(receive(keys_of(seed), member, sealed)), "decryption_key")
    return decode_scalar(share)


def _own_keys(seed: str, index: int, certificates: Certificates) -> Keys:
    keys, member = keys_of(seed), certificates.members[index - 1]
    if (keys.verification, keys.encryption) != (member.verification, member.encryption):
        raise BallotFault(Fault.CERTIFICATE_WRONG)
    return keys


def _value(coefficients: Sequence[int], at: int) -> int:
    return reduce(lambda value, coefficient: (value * at + coefficient) % Q, reversed(coefficients))


def _read_secret(keys: Keys, sender: Member, sealed: str, index: int, points: Sequence[bytes]) -> int:
    """The value at `index` of the sender's polynomial: its points say what it must be."""
    (secret,) = fields(loads_exact(receive(keys, sender, sealed)), "secret")
    value = decode_scalar(secret)
    if multiply_base(value) != share_point([points], index):
        raise BallotFault(Fault.SECRET_WRONG)
    return value


def _check_note(keys: Keys, member: Member, sealed: str, points: Sequence[bytes]) -> None:
    (coefficients,) = fields(loads_exact(receive(keys, member, sealed)), "polynomial")
    if tuple(multiply_base(decode_scalar(coefficient)) for coefficient in items(coefficients)) != tuple(
        points
    ):
        raise BallotFault(Fault.POLYNOMIAL_WRONG)
