"""The group Ed25519 written additively (§1), on libsodium: strict decoders, sums, products, hashes.

A point is `bytes`, as RFC 8032 writes it; texts hold it reversed, in hexadecimal. `multiply` proves that its
point is of the group: one that was only parsed (`parse_point`) is proven there, and not paid twice.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_sub,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)

from governance.engines.ballots.faults import BallotFault, Fault

Q = 2**252 + 27742317777372353535851937790883648493
_ONE = (1).to_bytes(32, "little")
NEUTRAL = _ONE  # O = (0, 1), written by its y
BASE = crypto_scalarmult_ed25519_base_noclamp(_ONE)

_POINT = re.compile(r"[0-9a-f]{64}")
_SCALAR = re.compile(r"0|[1-9][0-9]{0,75}")
# The point (0, −1) of order 2. libsodium before 1.0.20 of December 2025 (CVE-2025-69277) takes the sum of a
# member and of this point for a member.
_HALF_TURN = (2**255 - 20).to_bytes(32, "little")


def library_is_lax() -> bool:
    """Whether libsodium takes for a member of the group a point that we know is none."""
    stranger = crypto_core_ed25519_add(BASE, _HALF_TURN)
    try:
        crypto_scalarmult_ed25519_noclamp(_ONE, stranger)
    except RuntimeError:
        return bool(crypto_core_ed25519_is_valid_point(stranger))
    return True


LAX = library_is_lax()


def belongs(point: bytes) -> bool:
    """Whether these 32 bytes are the one writing of a point of the group, O included."""
    if point == NEUTRAL:
        return True
    return bool(crypto_core_ed25519_is_valid_point(point)) and (not LAX or _has_order_q(point))


def parse_point(text: object) -> bytes:
    """The bytes of a point's text, without the proof that it is of the group: `multiply` gives it."""
    if type(text) is not str or not _POINT.fullmatch(text):
        raise BallotFault(Fault.POINT_INVALID)
    return bytes.fromhex(text)[::-1]


def decode_point(text: object) -> bytes:
    """The point of the group that this text writes; refuses every other text (§1)."""
    point = parse_point(text)
    if not belongs(point):
        raise BallotFault(Fault.POINT_INVALID)
    return point


def decode_key(text: object) -> bytes:
    """A public key: a point of the group, not O, whose secret anybody knows."""
    point = decode_point(text)
    if point == NEUTRAL:
        raise BallotFault(Fault.NEUTRAL_POINT)
    return point


def encode_point(point: bytes) -> str:
    return point[::-1].hex()


def decode_scalar(text: object) -> int:
    """Decimal digits, no sign, no leading zero, less than q."""
    if type(text) is not str or not _SCALAR.fullmatch(text):
        raise BallotFault(Fault.SCALAR_INVALID)
    value = int(text)
    if value >= Q:
        raise BallotFault(Fault.SCALAR_INVALID)
    return value


def add(left: bytes, right: bytes) -> bytes:
    """The sum of two points of the curve; that they are of the group is not looked at."""
    try:
        return crypto_core_ed25519_add(left, right)
    except RuntimeError:
        raise BallotFault(Fault.POINT_INVALID) from None


def sub(left: bytes, right: bytes) -> bytes:
    try:
        return crypto_core_ed25519_sub(left, right)
    except RuntimeError:
        raise BallotFault(Fault.POINT_INVALID) from None


def multiply(k: int, point: bytes) -> bytes:
    """k·P, 0 ≤ k < q. Refuses a P that is not of the group, whatever k is."""
    if k == 0 or point == NEUTRAL or LAX:  # else libsodium looks at P itself; it never answers O
        if not belongs(point):
            raise BallotFault(Fault.POINT_INVALID)
        if k == 0 or point == NEUTRAL:
            return NEUTRAL
    try:
        return crypto_scalarmult_ed25519_noclamp(k.to_bytes(32, "little"), point)
    except RuntimeError:
        raise BallotFault(Fault.POINT_INVALID) from None


def multiply_base(k: int) -> bytes:
    """k·G, 0 ≤ k < q: a fifth of the time of another point."""
    return crypto_scalarmult_ed25519_base_noclamp(k.to_bytes(32, "little")) if k else NEUTRAL


def random_scalar() -> int:
    """1 … q−1, each as likely."""
    return secrets.randbelow(Q - 1) + 1


def hash_to_scalar(text: str) -> int:
    """Hq: the SHA-256 of the text as a big-endian number, reduced mod q."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % Q


def b64_of(text: str) -> str:
    """B64: the SHA-256 of the text in 43 characters of Base64."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()[:-1]


def sha256_hex(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _has_order_q(point: bytes) -> bool:
    """q·P = O, said as (q − 1)·P + P: libsodium multiplies to anything but O."""
    less_one = crypto_scalarmult_ed25519_noclamp((Q - 1).to_bytes(32, "little"), point)
    return crypto_core_ed25519_add(less_one, point) == NEUTRAL
