"""How the members of a group write to each other through the server, which reads nothing (§4.1): a seed
gives the keys, a message is signed by its author, then sealed for its reader."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from governance.engines.ballots.canonical import dumps, fields, loads_exact, string, text_of
from governance.engines.ballots.credentials import ALPHABET
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import (
    add,
    decode_point,
    encode_point,
    hash_to_scalar,
    multiply,
    multiply_base,
    random_scalar,
    sub,
)
from governance.engines.ballots.proving import Draw, prove_known
from governance.engines.ballots.trustees import Member, signed_text

ALGORITHM = "AES-GCM"
_HEX = re.compile(r"(?:[0-9a-f]{2}){16,}")  # at least the tag


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a seed: one to sign, one to open."""

    signing: int
    opening: int

    @property
    def verification(self) -> bytes:
        return multiply_base(self.signing)

    @property
    def encryption(self) -> bytes:
        return multiply_base(self.opening)


def new_seed() -> str:
    """What a member keeps until the count: 22 signs."""
    return "".join(secrets.choice(ALPHABET) for _ in range(22))


def keys_of(seed: str) -> Keys:
    return Keys(hash_to_scalar(f"sk|{seed}"), hash_to_scalar(f"dk|{seed}"))


def sign(keys: Keys, text: str, draw: Draw = random_scalar) -> dict[str, object]:
    """A signed message."""
    return {"message": text, "signature": prove_known(keys.signing, f"sigmsg|{text}|", draw).plain()}


def encrypt(encryption: bytes, text: str, draw: Draw = random_scalar) -> str:
    """The text, sealed for the holder of this key. Draws r, then s."""
    nonce, secret = draw(), draw()
    alpha, point = multiply_base(nonce), multiply_base(secret)
    beta = add(multiply(nonce, encryption), point)
    data = _cipher(point).encrypt(_initial(alpha), text.encode(), None)
    return dumps(
        {
            "algorithm": ALGORITHM,
            "alpha": encode_point(alpha),
            "beta": encode_point(beta),
            "data": data.hex(),
        }
    )


def decrypt(opening: int, sealed: str) -> str:
    """What was sealed. Refuses another algorithm, and what this key does not open."""
    algorithm, first, second, data = fields(loads_exact(sealed), "algorithm", "alpha", "beta", "data")
    if algorithm != ALGORITHM or not _HEX.fullmatch(string(data)):
        raise BallotFault(Fault.CHANNEL_WRONG)
    alpha, beta = decode_point(first), decode_point(second)
    point = sub(beta, multiply(opening, alpha))
    try:
        opened = _cipher(point).decrypt(_initial(alpha), bytes.fromhex(data), None)
    except InvalidTag:
        raise BallotFault(Fault.CHANNEL_WRONG) from None
    return text_of(opened)


def send(keys: Keys, recipient: bytes, text: str, draw: Draw = random_scalar) -> str:
    """The text, signed with the name of its reader, and sealed for that reader."""
    addressed = dumps({"recipient": encode_point(recipient), "message": text})
    return encrypt(recipient, dumps(sign(keys, addressed, draw)), draw)


def receive(keys: Keys, sender: Member, sealed: str) -> str:
    """What this sender wrote to the holder of these keys. Refuses what was signed by another, or for
    another."""
    addressed = signed_text(loads_exact(decrypt(keys.opening, sealed)), sender)
    recipient, text = fields(loads_exact(addressed), "recipient", "message")
    if recipient != encode_point(keys.encryption):
        raise BallotFault(Fault.CHANNEL_WRONG)
    return string(text)


def _cipher(point: bytes) -> AESGCM:
    return AESGCM(hashlib.sha256(f"key|{encode_point(point)}".encode()).digest())


def _initial(alpha: bytes) -> bytes:
    """The nonce of a seal: 32 bytes, since each α is drawn anew."""
    return hashlib.sha256(f"iv|{encode_point(alpha)}".encode()).digest()
