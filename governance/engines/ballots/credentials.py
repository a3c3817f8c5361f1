"""What lets a member vote: a secret code kept by the voter, and the list of public parts that the box knows
(§6)."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable

from governance.engines.ballots.canonical import dumps, items, loads_exact
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import (
    Q,
    b64_of,
    decode_key,
    encode_point,
    multiply_base,
)

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"  # no 0, I, O, l
_GROUPS = (5, 6, 5, 6)
_UUID = re.compile(f"[{ALPHABET}]{{14,}}")


def new_uuid() -> str:
    """The name of an election: it must be fixed before its credentials, which depend on it."""
    return _drawn(14)


def is_uuid(text: str) -> bool:
    return _UUID.fullmatch(text) is not None


def new_code() -> str:
    """A secret credential, as it is shown and hashed: XXXXX-XXXXXX-XXXXX-XXXXXX."""
    return _hyphened(_drawn(22))


def tidy_code(typed: str) -> str:
    """The code as it is hashed, from what a person typed; refuses what no code can be. There is no checksum:
    a slip of the hand gives another code, found out because its public part is not in the roll."""
    signs = re.sub(r"[\s\-\u2010-\u2015]", "", typed)
    if len(signs) != sum(_GROUPS) or any(sign not in ALPHABET for sign in signs):
        raise BallotFault(Fault.CODE_MALFORMED)
    return _hyphened(signs)


def private_key(uuid: str, code: str) -> int:
    """The secret scalar of a code in this election."""
    halves = (
        hashlib.sha256(f"derive_credential|{uuid}|{half}|{tidy_code(code)}".encode()).hexdigest()
        for half in (0, 1)
    )
    return int("".join(halves), 16) % Q


def public_credential(uuid: str, code: str) -> str:
    return encode_point(multiply_base(private_key(uuid, code)))


def write_roll(credentials: Iterable[str]) -> str:
    """The roll in its one order, that of the bytes of RFC 8032: an order by voter is destroyed. Refuses a
    point outside the group, O, and a credential twice."""
    return dumps([encode_point(point) for point in sorted(_points(credentials))])


def read_roll(text: str) -> tuple[str, ...]:
    """The credentials of a roll, in the order it has: other builders may have their own. Refuses as
    `write_roll`, and a weight."""
    roll = items(loads_exact(text))
    _points(roll)
    return tuple(roll)


def fingerprint(roll: str) -> str:
    """What is frozen before the opening, and compared afterwards."""
    return b64_of(roll)


def _points(credentials: Iterable[object]) -> list[bytes]:
    points = [decode_key(credential) for credential in credentials]
    if len(set(points)) < len(points):
        raise BallotFault(Fault.CREDENTIAL_TWICE)
    return points


def _drawn(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _hyphened(signs: str) -> str:
    groups, start = [], 0
    for length in _GROUPS:
        groups.append(signs[start : start + length])
        start += length
    return "-".join(groups)
