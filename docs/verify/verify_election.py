#!/usr/bin/env python3
"""Verifies the public archive (.bel) of a secret vote held with Alvéole, or with Belenios on the group
Ed25519: Python 3.11 or later, PyNaCl, and nothing else.

    python3 -m pip install pynacl
    python3 verify_election.py --help            (in English: --lang en --help)

What it verifies, what it proves and what it does not: README.md beside it. These are the modules of
governance/engines/ballots that the auditor needs, word for word, put together by `manage.py write_verifier`.
Licence: AGPL-3.0-or-later.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from functools import cache, partial, reduce
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

try:
    from nacl.bindings import (
        crypto_core_ed25519_add,
        crypto_core_ed25519_is_valid_point,
        crypto_core_ed25519_sub,
        crypto_scalarmult_ed25519_base_noclamp,
        crypto_scalarmult_ed25519_noclamp,
    )
except ImportError:
    sys.exit("PyNaCl est nécessaire / is needed: python3 -m pip install pynacl")


# -------------------- faults
# Why a text of the protocol is refused: a closed list, that the room says in words, the verifier too.


class Fault(StrEnum):
    # Any text
    NOT_CANONICAL = "not_canonical"  # other bytes than the one writing of this object
    TOO_BIG = "too_big"
    SHAPE_WRONG = "shape_wrong"  # a key, a type or a count is not the one expected
    POINT_INVALID = "point_invalid"
    NEUTRAL_POINT = "neutral_point"  # anybody knows its secret, 0
    SCALAR_INVALID = "scalar_invalid"
    PROOF_WRONG = "proof_wrong"
    # Elections and rolls
    VERSION_WRONG = "version_wrong"
    GROUP_WRONG = "group_wrong"
    UUID_WRONG = "uuid_wrong"
    BOUNDS_WRONG = "bounds_wrong"  # not 0 ≤ min ≤ max ≤ answers, max ≥ 1
    CODE_MALFORMED = "code_malformed"
    CREDENTIAL_TWICE = "credential_twice"
    # Ballots
    WRONG_ELECTION = "wrong_election"
    CREDENTIAL_UNKNOWN = "credential_unknown"
    HASH_WRONG = "hash_wrong"
    SIGNATURE_WRONG = "signature_wrong"
    SEEN_BEFORE = "seen_before"
    CHOICE_INVALID = "choice_invalid"  # no ballot can be made of these answers
    # Trustees and their ceremony
    THRESHOLD_WRONG = "threshold_wrong"  # not 1 ≤ k < n
    CERTIFICATE_WRONG = "certificate_wrong"
    KEY_TWICE = "key_twice"
    COMMITMENT_WRONG = "commitment_wrong"  # another polynomial than the one announced by its SHA-256
    POLYNOMIAL_WRONG = "polynomial_wrong"
    SECRET_WRONG = "secret_wrong"  # noqa: S105 - a fault, no password
    CHANNEL_WRONG = "channel_wrong"  # cannot be opened, or was sealed for another
    VERIFICATION_KEY_WRONG = "verification_key_wrong"
    ELECTION_KEY_WRONG = "election_key_wrong"  # not the sum of the trustees' keys
    # Count
    OWNER_WRONG = "owner_wrong"
    SHARE_WRONG = "share_wrong"
    SHARE_MISSING = "share_missing"
    STRICT_PROOF_MISSING = "strict_proof_missing"
    STRICT_PROOF_WRONG = "strict_proof_wrong"
    TALLY_WRONG = "tally_wrong"
    COUNT_WRONG = "count_wrong"  # not as many ballots as it says
    RESULT_NOT_FOUND = "result_not_found"  # no count up to the number of ballots opens this place
    RESULT_IMPLAUSIBLE = "result_implausible"
    RESULT_WRONG = "result_wrong"
    # Archives
    CONTAINER_WRONG = "container_wrong"
    NAME_WRONG = "name_wrong"  # an entry's name is not the SHA-256 of its content
    CHAIN_WRONG = "chain_wrong"
    ORDER_WRONG = "order_wrong"
    STRAY_DATA = "stray_data"
    EARLIER_DIFFERS = "earlier_differs"
    HEAD_WRONG = "head_wrong"
    FINGERPRINT_WRONG = "fingerprint_wrong"
    UNFINISHED = "unfinished"  # it ends before its result
    ROLL_WRONG = "roll_wrong"  # another roll than the one frozen
    VOTERS_WRONG = "voters_wrong"  # not as many ballots as signatures
    TRACKER_UNKNOWN = "tracker_unknown"
    TRACKER_REPLACED = "tracker_replaced"  # its code voted again since: it does not count


class BallotFault(Exception):
    """One fault; `trustee` is the number of the one it names, where it names one."""

    def __init__(self, code: Fault, *, trustee: int | None = None) -> None:
        super().__init__(code.value if trustee is None else f"{code.value} (trustee {trustee})")
        self.code = code
        self.trustee = trustee


@contextmanager
def naming(trustee: int) -> Iterator[None]:
    """Whatever is refused inside is refused by this trustee's name: its number among its group."""
    try:
        yield
    except BallotFault as fault:
        raise BallotFault(fault.code, trustee=trustee) from fault


# -------------------- canonical
# The one writing of an object (§2): what is hashed and could be written twice would be two things.


def dumps(value: object) -> str:
    """Compact, keys in the order given, no character escaped but those that must be."""
    written = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return written.replace("\x7f", "\\u007f")


def text_of(data: bytes) -> str:
    """The text of these bytes; refuses what is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BallotFault(Fault.NOT_CANONICAL) from None


def loads_exact(text: str, largest: int | None = None) -> Any:
    """The object that this text writes. Refuses any text that is not its one writing: spaces, a key twice,
    escapes that need not be, NaN, numbers with a point, lone surrogates, and more bytes than `largest`."""
    if largest is not None and len(text) > largest:
        raise BallotFault(Fault.TOO_BIG)
    try:
        size = len(text.encode())
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        same = dumps(value) == text
    except (ValueError, RecursionError):
        raise BallotFault(Fault.NOT_CANONICAL) from None
    if largest is not None and size > largest:
        raise BallotFault(Fault.TOO_BIG)
    if not same:
        raise BallotFault(Fault.NOT_CANONICAL)
    return value


def fields(value: object, *names: str) -> list[Any]:
    """The values of an object that has exactly these keys, in this order."""
    if type(value) is not dict or tuple(value) != names:
        raise BallotFault(Fault.SHAPE_WRONG)
    return list(value.values())


def items(value: object, count: int | None = None) -> list[Any]:
    """The items of a list, as many as `count` where it is given."""
    if type(value) is not list or count not in {None, len(value)}:
        raise BallotFault(Fault.SHAPE_WRONG)
    return value


def string(value: object) -> str:
    if type(value) is not str:
        raise BallotFault(Fault.SHAPE_WRONG)
    return value


def integer(value: object) -> int:
    """A small number: `true` is none."""
    if type(value) is not int:
        raise BallotFault(Fault.SHAPE_WRONG)
    return value


def _refuse(literal: str) -> NoReturn:
    raise ValueError(literal)


# -------------------- group
# The group Ed25519 written additively (§1), on libsodium: strict decoders, sums, products, hashes.
#
# A point is `bytes`, as RFC 8032 writes it; texts hold it reversed, in hexadecimal. `multiply` proves that its
# point is of the group: one that was only parsed (`parse_point`) is proven there, and not paid twice.


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


# -------------------- archive
# The public archive of a secret vote (`.bel`, §10): a chain of events in a tar file that is only ever
# appended to; written by hand, since no library writes its bare headers; read strictly: all rely on it.


BLOCK = 512
_HEAD = "BELENIOS"
_DATA, _EVENT = ".data.json", ".event.json"


class Kind(StrEnum):
    """What happens to a box; the words are those of the protocol."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END = "EndBallots"
    TALLY = "EncryptedTally"
    PARTIAL = "PartialDecryption"
    RESULT = "Result"


@dataclass(frozen=True)
class Event:
    """A link of the chain; the hash of the last one is the head of the archive."""

    text: str
    hash: str
    height: int


@dataclass(frozen=True)
class Addition:
    """What one event adds to an archive: bytes to append, and the new head."""

    data: bytes
    event: Event


def start(timestamp: int) -> bytes:
    """Opens an archive. All its entries bear this instant, in Unix seconds: none tells the hour of a vote."""
    return _entry(_HEAD, dumps({"version": 1, "timestamp": str(timestamp)}), timestamp)


def add_setup(timestamp: int, *, election: str, trustees: str, roll: str) -> Addition:
    named = {"election": election, "trustees": trustees, "credentials": roll}
    setup = dumps({name: sha256_hex(text) for name, text in named.items()})
    return _add(timestamp, None, Kind.SETUP, election, trustees, roll, setup)


def add_ballot(timestamp: int, after: Event, ballot: str) -> Addition:
    return _add(timestamp, after, Kind.BALLOT, ballot)


def add_end(timestamp: int, after: Event) -> Addition:
    return _add(timestamp, after, Kind.END)


def add_tally(timestamp: int, after: Event, tally: str, sized: str) -> Addition:
    return _add(timestamp, after, Kind.TALLY, tally, sized)


def add_partial(timestamp: int, after: Event, partial: str, owner: str) -> Addition:
    return _add(timestamp, after, Kind.PARTIAL, partial, owner)


def add_result(timestamp: int, after: Event, result: str) -> Addition:
    return _add(timestamp, after, Kind.RESULT, result)


def _add(timestamp: int, after: Event | None, kind: Kind, *objects: str) -> Addition:
    height = after.height + 1 if after else 0
    link: dict[str, object] = {"parent": after.hash} if after else {}
    link |= {"height": height, "type": kind.value}
    if objects:
        link["payload"] = sha256_hex(objects[-1])
    event = _event(dumps(link), height)
    entries = [_entry(sha256_hex(text) + _DATA, text, timestamp) for text in objects]
    entries.append(_entry(event.hash + _EVENT, event.text, timestamp))
    return Addition(b"".join(entries), event)


def _event(text: str, height: int) -> Event:
    return Event(text, sha256_hex(text), height)


def _entry(name: str, text: str, timestamp: int) -> bytes:
    content = text.encode()
    return _header(name, len(content), timestamp) + content + bytes(_padding(len(content)))


def _padding(size: int) -> int:
    return -size % BLOCK


def _header(name: str, size: int, timestamp: int) -> bytes:
    """The bare header of the first tar files: no owner, no mark of a later format, zeros elsewhere."""
    before = name.encode().ljust(100, b"\0") + b"0000644\0" + 2 * b"0000000\0"
    before += b"%011o\0%011o\0" % (size, timestamp)
    after = b"0".ljust(356, b"\0")
    checksum = sum(before) + 8 * ord(" ") + sum(after)  # its own field counts as eight spaces
    return before + b"%06o\0 " % checksum + after


@dataclass(frozen=True)
class Where:
    """The place of a fault, as far as it is known: what its reader will look up."""

    offset: int | None = None
    height: int | None = None
    tracker: str | None = None
    owner: int | None = None  # the number of a share, as it is written there: it proves not who made it
    member: int | None = None  # of a group of trustees


class ArchiveFault(BallotFault):
    """What is wrong in an archive, and where."""

    def __init__(self, code: Fault, where: Where) -> None:
        super().__init__(code, trustee=where.member)
        self.where = where


@contextmanager
def located(where: Where) -> Iterator[None]:
    """A fault found inside is told with its place."""
    try:
        yield
    except BallotFault as fault:
        raise ArchiveFault(fault.code, replace(where, member=fault.trustee)) from fault


@dataclass(frozen=True)
class Recorded:
    """An event as read, with the objects that it brings, in the order of the protocol."""

    event: Event
    kind: Kind
    parent: str | None
    objects: tuple[str, ...]
    offset: int


@dataclass(frozen=True)
class Archive:
    """What an archive holds. `timestamp` is that of its making."""

    timestamp: int
    events: tuple[Recorded, ...]

    @property
    def head(self) -> str:
        return self.events[-1].event.hash if self.events else ""

    def of(self, kind: Kind) -> list[Recorded]:
        return [one for one in self.events if one.kind is kind]


@dataclass(frozen=True)
class _Entry:
    name: str
    text: str
    timestamp: int
    offset: int


# The objects that come before an event: by which keys its payload names those before it, and with what else.
_BRINGS: dict[Kind, tuple[str, ...]] = {
    Kind.SETUP: ("election", "trustees", "credentials"),
    Kind.TALLY: ("encrypted_tally",),
    Kind.PARTIAL: ("payload",),
}
_TELLS = {Kind.TALLY: ("num_tallied", "total_weight"), Kind.PARTIAL: ("owner",)}
_FIELD = re.compile(rb"[0-7]{11}\0")
_SECONDS = re.compile("0|[1-9][0-9]{0,9}")


def read_archive(data: bytes) -> Archive:
    """Takes an archive apart. Refuses any byte that writing its events again would not give: a header that is
    not bare, a name that is not the SHA-256 of its content, an object stray, missing or out of place."""
    entries = _entries(data)
    timestamp = _timestamp(next(entries, None))
    events: list[Recorded] = []
    waiting: list[_Entry] = []
    for entry in entries:
        suffix = entry.name[64:]
        if suffix not in {_DATA, _EVENT} or entry.name[:64] != sha256_hex(entry.text):
            raise ArchiveFault(Fault.NAME_WRONG, Where(entry.offset))
        if suffix == _DATA:
            waiting.append(entry)
        else:
            events.append(_recorded(entry, waiting))
            waiting = []
    if waiting:
        raise ArchiveFault(Fault.STRAY_DATA, Where(waiting[0].offset))
    return Archive(timestamp, tuple(events))


def _entries(data: bytes) -> Iterator[_Entry]:
    offset = 0
    instant: int | None = None
    while offset < len(data):
        here, begin = Where(offset), offset + BLOCK
        header = data[offset:begin]
        if not _FIELD.fullmatch(header, 124, 136) or not _FIELD.fullmatch(header, 136, 148):
            raise ArchiveFault(Fault.CONTAINER_WRONG, here)
        size, timestamp = int(header[124:135], 8), int(header[136:147], 8)
        instant = timestamp if instant is None else instant
        end = begin + size
        after = end + _padding(size)
        name = header[:100].rstrip(b"\0").decode("ascii", "replace")
        if header != _header(name, size, instant) or after > len(data) or any(data[end:after]):
            raise ArchiveFault(Fault.CONTAINER_WRONG, here)
        with located(here):
            text = text_of(data[begin:end])
        yield _Entry(name, text, timestamp, offset)
        offset = after


def _timestamp(first: _Entry | None) -> int:
    with located(Where(offset=0)):
        if first is None or first.name != _HEAD:
            raise BallotFault(Fault.CONTAINER_WRONG)
        version, timestamp = fields(loads_exact(first.text), "version", "timestamp")
        if integer(version) != 1:
            raise BallotFault(Fault.VERSION_WRONG)
        if not _SECONDS.fullmatch(string(timestamp)) or int(timestamp) != first.timestamp:
            raise BallotFault(Fault.CONTAINER_WRONG)
        return first.timestamp


def _recorded(entry: _Entry, brought: list[_Entry]) -> Recorded:
    """The event, once the objects before it are found to be its own."""
    objects = tuple(one.text for one in brought)
    with located(Where(entry.offset)):
        link = loads_exact(entry.text)
        parented = type(link) is dict and "parent" in link
        paid = bool(objects)
        names = (*["parent"] * parented, "height", "type", *["payload"] * paid)
        values = dict(zip(names, fields(link, *names), strict=True))
        if string(values["type"]) not in set(Kind):
            raise BallotFault(Fault.SHAPE_WRONG)
        kind, height = Kind(values["type"]), integer(values["height"])
    with located(Where(entry.offset, height)):
        _own(kind, objects)
        if paid and values["payload"] != sha256_hex(objects[-1]):
            raise BallotFault(Fault.STRAY_DATA)
        parent = string(values["parent"]) if parented else None
    return Recorded(_event(entry.text, height), kind, parent, objects, entry.offset)


def _own(kind: Kind, objects: tuple[str, ...]) -> None:
    """Whether an event of this kind brings these objects, each named by the one that names the others."""
    named = _BRINGS.get(kind, ())
    expected = 0 if kind is Kind.END else len(named) + 1
    if len(objects) != expected:
        raise BallotFault(Fault.STRAY_DATA)
    if named:
        others = _TELLS.get(kind, ())
        values = fields(loads_exact(objects[-1]), *others, *named)
        if values[len(others) :] != [sha256_hex(text) for text in objects[:-1]]:
            raise BallotFault(Fault.STRAY_DATA)


# What may follow what: §11, 2.
_FOLLOWERS: dict[Kind | None, set[Kind]] = {
    None: {Kind.SETUP},
    Kind.SETUP: {Kind.BALLOT, Kind.END},
    Kind.BALLOT: {Kind.BALLOT, Kind.END},
    Kind.END: {Kind.TALLY},
    Kind.TALLY: {Kind.PARTIAL},
    Kind.PARTIAL: {Kind.PARTIAL, Kind.RESULT},
    Kind.RESULT: set(),
}


def check_chain(archive: Archive, *, unfinished: bool = False) -> None:
    """Refuses a height that does not count up from 0, a parent that is not the event before, an event out of
    its turn, and an archive that ends before its result, unless it is said to be `unfinished`."""
    last: Recorded | None = None
    for one in archive.events:
        with located(Where(one.offset, one.event.height)):
            if one.event.height != (last.event.height + 1 if last else 0):
                raise BallotFault(Fault.CHAIN_WRONG)
            if one.parent != (last.event.hash if last else None):
                raise BallotFault(Fault.CHAIN_WRONG)
            if one.kind not in _FOLLOWERS[last.kind if last else None]:
                raise BallotFault(Fault.ORDER_WRONG)
        last = one
    if last is None or not (unfinished or last.kind is Kind.RESULT):
        raise ArchiveFault(Fault.UNFINISHED, Where(height=last.event.height if last else None))


# -------------------- credentials
# What lets a member vote: a secret code kept by the voter, and the list of public parts that the box knows
# (§6).


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


# -------------------- elections
# What is voted on (§7): election.json, whose fingerprint φ every ballot and every proof carries.


VERSION = 1
GROUP = "Ed25519"


@dataclass(frozen=True, slots=True)
class Question:
    """Between `minimum` and `maximum` of the answers, or, where `blank` is allowed, none at all."""

    question: str
    answers: tuple[str, ...]
    minimum: int
    maximum: int
    blank: bool = False

    @property
    def places(self) -> int:
        """How many numbers a ballot encrypts, the blank vote first."""
        return len(self.answers) + self.blank

    @property
    def sums(self) -> range:
        """How many answers may be chosen by a vote that is not blank."""
        return range(self.minimum, self.maximum + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    uuid: str
    name: str
    description: str
    key: bytes  # what ballots are encrypted with
    questions: tuple[Question, ...]
    administrator: str | None
    credential_authority: str | None
    text: str
    fingerprint: str  # φ

    @property
    def shape(self) -> tuple[int, ...]:
        """How many places each question has."""
        return tuple(question.places for question in self.questions)


def write_election(
    *,
    uuid: str,
    name: str,
    description: str,
    public_key: str,
    questions: Sequence[Question],
    administrator: str = "",
    credential_authority: str = "",
) -> str:
    """The text of election.json. Refuses what `read_election` would."""
    named = {"administrator": administrator, "credential_authority": credential_authority}
    text = dumps(
        {
            "version": VERSION,
            "description": description,
            "name": name,
            "group": GROUP,
            "public_key": public_key,
            "questions": [_question_written(question) for question in questions],
            "uuid": uuid,
        }
        | {key: value for key, value in named.items() if value}
    )
    return read_election(text).text


def read_election(text: str) -> Election:
    """The election that this text says. Refuses another version or group, a key that is O or of no group,
    impossible bounds, and any other shape."""
    value = loads_exact(text)
    last = [key for key in ("administrator", "credential_authority") if type(value) is dict and key in value]
    version, description, name, group, key, questions, uuid, *named = fields(
        value, "version", "description", "name", "group", "public_key", "questions", "uuid", *last
    )
    if integer(version) != VERSION:
        raise BallotFault(Fault.VERSION_WRONG)
    if string(group) != GROUP:
        raise BallotFault(Fault.GROUP_WRONG)
    if not is_uuid(string(uuid)):
        raise BallotFault(Fault.UUID_WRONG)
    signed = dict(zip(last, map(string, named), strict=True))
    read = tuple(_read_question(question) for question in items(questions))
    if not read:
        raise BallotFault(Fault.BOUNDS_WRONG)
    return Election(
        uuid=uuid,
        name=string(name),
        description=string(description),
        key=decode_key(key),
        questions=read,
        administrator=signed.get("administrator"),
        credential_authority=signed.get("credential_authority"),
        text=text,
        fingerprint=b64_of(text),
    )


def _question_written(question: Question) -> dict[str, object]:
    blank = {"blank": True} if question.blank else {}
    return {
        "answers": list(question.answers),
        **blank,
        "min": question.minimum,
        "max": question.maximum,
        "question": question.question,
    }


def _read_question(value: object) -> Question:
    """`blank` may be absent, or false."""
    optional = ("blank",) if type(value) is dict and "blank" in value else ()
    answers, *blank, minimum, maximum, asked = fields(value, "answers", *optional, "min", "max", "question")
    if blank and type(blank[0]) is not bool:
        raise BallotFault(Fault.SHAPE_WRONG)
    question = Question(
        question=string(asked),
        answers=tuple(string(answer) for answer in items(answers)),
        minimum=integer(minimum),
        maximum=integer(maximum),
        blank=blank == [True],
    )
    if not 0 <= question.minimum <= question.maximum <= len(question.answers) or question.maximum < 1:
        raise BallotFault(Fault.BOUNDS_WRONG)
    return question


# -------------------- proofs
# The proofs of the protocol, as they are checked: to know a secret (§3), to have raised two points to one
# secret (§9), to have encrypted one of a few numbers (§8). Who makes them calls `proving`.


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


# -------------------- ballots
# What a box accepts (§8.1): a ballot of this election, of a credential of its roll, not seen, all proofs
# true.


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


# -------------------- tally
# The count (§9): the last ballot of each credential, added without being opened; then the sums, once
# opened.


Points = tuple[tuple[bytes, ...], ...]  # one for each place of each question
Counts = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    text: str
    boxes: tuple[tuple[Ciphertext, ...], ...]
    kept: int  # how many ballots it adds: one for each credential that voted

    @property
    def digest(self) -> str:
        return sha256_hex(self.text)


def add_ballots(election: Election, ballots: Iterable[Ballot]) -> Tally:
    """The tally of these ballots, all checked, in the order of the box: of each credential, the last
    counts."""
    kept: dict[str, list[tuple[Ciphertext, ...]]] = {}
    for ballot in ballots:
        kept[ballot.credential] = [answer.choices for answer in ballot.answers]
    boxes = tuple(
        tuple(add_boxes([choices[number][place] for choices in kept.values()]) for place in range(places))
        for number, places in enumerate(election.shape)
    )
    return write_tally(boxes, len(kept))


def write_tally(boxes: Sequence[Sequence[Ciphertext]], kept: int) -> Tally:
    text = dumps([[box.plain() for box in places] for places in boxes])
    return Tally(text, tuple(map(tuple, boxes)), kept)


def read_tally(text: str, shape: Sequence[int], kept: int) -> Tally:
    """The tally that this text writes, of so many places for each question (`Election.shape`). Refuses
    another shape and any point that is not of the group; whether it is a box's, only its ballots say."""
    boxes = tuple(
        tuple(map(_read_sum, items(places, count)))
        for places, count in zip(items(loads_exact(text), len(shape)), shape, strict=True)
    )
    return Tally(text, boxes, kept)


def sized_object(tally: Tally) -> str:
    """What the archive says of a tally: how many ballots it adds, and its digest."""
    return dumps({"num_tallied": tally.kept, "total_weight": tally.kept, "encrypted_tally": tally.digest})


def open_tally(election: Election, tally: Tally, factors: Points) -> str:
    """The result, as text: each sum less its factor is count·G. Refuses a place that no count from 0 to the
    number of ballots opens, and counts that no such ballots can make."""
    opened = [
        [sub(box.beta, factor) for box, factor in zip(boxes, raised, strict=True)]
        for boxes, raised in zip(tally.boxes, factors, strict=True)
    ]
    found = _logarithms({point for points in opened for point in points}, tally.kept)
    counts = tuple(tuple(found[point] for point in points) for points in opened)
    check_plausible(election, counts, tally.kept)
    return dumps({"result": counts})


def read_result(text: str, election: Election) -> Counts:
    """The counts of a result, the blank votes first where they are allowed."""
    (result,) = fields(loads_exact(text), "result")
    questions = zip(items(result, len(election.questions)), election.questions, strict=True)
    return tuple(tuple(map(integer, items(counts, question.places))) for counts, question in questions)


def check_plausible(election: Election, counts: Counts, kept: int) -> None:
    """Refuses counts that so many legal ballots cannot make."""
    for question, row in zip(election.questions, counts, strict=True):
        if not _possible(question, row, kept):
            raise BallotFault(Fault.RESULT_IMPLAUSIBLE)


def _possible(question: Question, counts: Sequence[int], kept: int) -> bool:
    voting = kept - (counts[0] if question.blank else 0)
    chosen = counts[question.blank :]
    within = voting <= kept and all(0 <= count <= voting for count in chosen)
    return within and voting * question.minimum <= sum(chosen) <= voting * question.maximum


def _read_sum(value: object) -> Ciphertext:
    alpha, beta = fields(value, "alpha", "beta")
    return Ciphertext(decode_point(alpha), decode_point(beta))


def _logarithms(points: set[bytes], largest: int) -> dict[bytes, int]:
    """The count of each of these points, by adding G from 0 on: all places are looked for in one walk."""
    found: dict[bytes, int] = {}
    point = NEUTRAL
    for count in range(largest + 1):
        if point in points:
            found[point] = count
            if len(found) == len(points):
                return found
        point = add(point, BASE)
    raise BallotFault(Fault.RESULT_NOT_FOUND)


# -------------------- trustees
# Who holds the key of a box (§3 to §5): trustees alone, all needed, and groups of whom some are enough.


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


# -------------------- decryption
# The shares that open a tally (§9), as they are checked, with their strict proofs (§14): those of Belenios
# do not hash what they are about, and let a trustee in league with the last voter move a voice.


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


# -------------------- audit
# What anyone may verify of a secret vote without trusting who gives its archive: the eight steps of
# voting-protocol.md §11, in order; whatever does not hold is named, with its place.


class Step(IntEnum):
    """In the order of the protocol; each rests on those before it, but for the third."""

    CONTAINER = 1
    CHAIN = 2
    CONTINUITY = 3
    SETUP = 4
    BALLOTS = 5
    TALLY = 6
    SHARES = 7
    RESULT = 8


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    NOT_REACHED = "not_reached"  # it rests on a step that fails
    NOT_YET = "not_yet"  # the vote has not come to this
    NOT_ASKED = "not_asked"  # there was nothing to compare with


@dataclass(frozen=True)
class Expected:
    """What was announced, displayed or kept before: an archive alone cannot prove to be the right one."""

    uuid: str | None = None
    head: str | None = None
    fingerprint: str | None = None
    roll_fingerprint: str | None = None
    voters: int | None = None
    earlier: bytes | None = None
    trackers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold."""

    step: Step
    code: Fault
    where: Where


Progress = Callable[[int, int], None]  # so many ballots done, of so many


def _silent(_done: int, _total: int) -> None:
    pass


@dataclass
class Report:
    """What was verified, and found; `unasked`: what might have been compared, and was not given."""

    verdicts: dict[Step, Verdict] = field(default_factory=lambda: dict.fromkeys(Step, Verdict.NOT_REACHED))
    faults: list[Finding] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    head: str = ""
    fingerprint: str = ""
    roll_fingerprint: str = ""
    election: Election | None = None
    credentials: int = 0
    trackers: list[str] = field(default_factory=list)
    kept: int = 0
    strict: bool = False
    counts: Counts = ()

    @property
    def sound(self) -> bool:
        """Whatever could be verified holds."""
        return not self.faults


def verify_archive(
    data: bytes,
    *,
    expected: Expected | None = None,
    strict: bytes | None = None,
    foreign: bool = False,
    unfinished: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Does: the eight steps, up to the first that fails. Refuses no bytes: reports them. `strict`: the file
    of strict proofs, which only a `foreign` archive may lack. `unfinished`: the vote or its count goes on."""
    audit = _Audit(data, expected or Expected(), strict, foreign, unfinished, progress or _silent)
    return audit.run()


def write_strict(objects: Iterable[str]) -> str:
    """The file of the strict proofs of an election, of each owner's in the order of their numbers."""
    return dumps([loads_exact(text) for text in objects])


@dataclass
class _Audit:
    """One run over one archive; each step says what to think of it if it notes no fault."""

    data: bytes
    expected: Expected
    strict: bytes | None
    foreign: bool
    unfinished: bool
    progress: Progress
    report: Report = field(default_factory=Report)
    step: Step = Step.CONTAINER
    archive: Archive = field(init=False)
    election: Election = field(init=False)
    trustees: Trustees = field(init=False)
    roll: frozenset[str] = field(init=False)
    replaced: set[str] = field(default_factory=set)  # trackers of ballots that a later one replaced
    tally: Tally = field(init=False)
    factors: Points = field(init=False)

    def run(self) -> Report:
        steps: dict[Step, Callable[[], Verdict]] = {
            Step.CONTAINER: self.container,
            Step.CHAIN: self.chain,
            Step.CONTINUITY: self.continuity,
            Step.SETUP: self.setup,
            Step.BALLOTS: self.ballots,
            Step.TALLY: self.sums,
            Step.SHARES: self.shares,
            Step.RESULT: self.result,
        }
        for self.step, verify in steps.items():
            verdict = self.verdict(verify)
            self.report.verdicts[self.step] = verdict
            if verdict is Verdict.FAILS and self.step is not Step.CONTINUITY:
                break
        return self.report

    def verdict(self, verify: Callable[[], Verdict]) -> Verdict:
        before = len(self.report.faults)
        found = Verdict.FAILS
        try:
            found = verify()
        except ArchiveFault as fault:
            self.note(fault.code, fault.where)
        return Verdict.FAILS if len(self.report.faults) > before else found

    def note(self, code: Fault, where: Where) -> None:
        self.report.faults.append(Finding(self.step, code, where))

    @contextmanager
    def noting(self, where: Where) -> Iterator[None]:
        """A fault found inside is reported, and what comes after is looked at all the same."""
        try:
            yield
        except BallotFault as fault:
            self.note(fault.code, replace(where, member=fault.trustee))

    def container(self) -> Verdict:
        self.archive = read_archive(self.data)
        self.report.head = self.archive.head
        return Verdict.HOLDS

    def chain(self) -> Verdict:
        check_chain(self.archive, unfinished=self.unfinished)
        return Verdict.HOLDS

    def continuity(self) -> Verdict:
        election, _, roll, _ = self.archive.events[0].objects
        self.report.fingerprint, self.report.roll_fingerprint = b64_of(election), b64_of(roll)
        self.compare("fingerprint", self.report.fingerprint, Fault.FINGERPRINT_WRONG)
        self.compare("roll_fingerprint", self.report.roll_fingerprint, Fault.ROLL_WRONG)
        self.compare("head", self.report.head, Fault.HEAD_WRONG)
        earlier = self.expected.earlier
        if earlier is not None and not self.data.startswith(earlier):
            self.note(Fault.EARLIER_DIFFERS, Where())
        asked = earlier is not None or len(self.report.unasked) < 3
        return Verdict.HOLDS if asked else Verdict.NOT_ASKED

    def compare(self, name: str, found: object, code: Fault) -> None:
        announced = getattr(self.expected, name)
        if announced is None:
            self.report.unasked.append(name)
        elif announced != found:
            self.note(code, Where())

    def setup(self) -> Verdict:
        election, trustees, roll, _ = self.archive.events[0].objects
        with self.noting(Where(height=0)):
            self.election = self.report.election = read_election(election)
            if self.expected.uuid is None:
                self.report.unasked.append("uuid")
            elif self.expected.uuid != self.election.uuid:
                raise BallotFault(Fault.UUID_WRONG)
            self.trustees = read_trustees(trustees)
            if self.trustees.key != self.election.key:
                raise BallotFault(Fault.ELECTION_KEY_WRONG)
            self.roll = frozenset(read_roll(roll))
            self.report.credentials = len(self.roll)
        return Verdict.HOLDS

    def ballots(self) -> Verdict:
        self.tally = add_ballots(self.election, self.checked())
        self.report.kept = self.tally.kept
        self.compare("voters", self.tally.kept, Fault.VOTERS_WRONG)
        if not self.expected.trackers:
            self.report.unasked.append("trackers")
        for tracker in self.expected.trackers:
            if tracker not in self.report.trackers:
                self.note(Fault.TRACKER_UNKNOWN, Where(tracker=tracker))
            elif tracker in self.replaced:
                self.note(Fault.TRACKER_REPLACED, Where(tracker=tracker))
        return Verdict.HOLDS

    def checked(self) -> Iterator[Ballot]:
        """The ballots that hold, one by one: ten thousand are not held at once."""
        recorded = self.archive.of(Kind.BALLOT)
        seen: set[str | tuple[str, str]] = set()
        last: dict[str, str] = {}
        for done, one in enumerate(recorded, 1):
            tracker = b64_of(one.objects[0])
            self.report.trackers.append(tracker)
            with self.noting(Where(height=one.event.height, tracker=tracker)):
                ballot = check_ballot(one.objects[0], self.election, self.roll, seen)
                seen |= {ballot.digest, ballot.pair}
                if ballot.credential in last:
                    self.replaced.add(last[ballot.credential])
                last[ballot.credential] = tracker
                yield ballot
            self.progress(done, len(recorded))

    def sums(self) -> Verdict:
        recorded = self.archive.of(Kind.TALLY)
        for one in recorded:
            tally, sized = one.objects
            with self.noting(Where(height=one.event.height)):
                if tally != self.tally.text:
                    raise BallotFault(Fault.TALLY_WRONG)
                if sized != sized_object(self.tally):
                    raise BallotFault(Fault.COUNT_WRONG)
        return Verdict.HOLDS if recorded else Verdict.NOT_YET

    def shares(self) -> Verdict:
        recorded = self.archive.of(Kind.PARTIAL)
        shares: dict[int, Points] = {}
        for one in recorded:
            here = Where(height=one.event.height)
            with self.noting(here):
                owner, _ = read_owner_object(one.objects[1])
                public = self.trustees.public_of(owner)
                with self.noting(replace(here, owner=owner)):
                    if owner in shares:
                        raise BallotFault(Fault.OWNER_WRONG)
                    shares[owner] = check_partial(
                        one.objects[0], self.tally, fingerprint=self.election.fingerprint, public=public
                    )
        if len(shares) == len(recorded):
            self.strictly(shares)
        for one in self.archive.of(Kind.RESULT):
            with self.noting(Where(height=one.event.height)):
                self.factors = combine(self.trustees, shares)
        return Verdict.HOLDS if recorded else Verdict.NOT_YET

    def strictly(self, shares: Mapping[int, Points]) -> None:
        """A proof that hashes what it is about, for each share: only archives of other programs have none."""
        if self.strict is None:
            if shares and not self.foreign:
                self.note(Fault.STRICT_PROOF_MISSING, Where())
            return
        with self.noting(Where()):
            objects = items(loads_exact(text_of(self.strict)), len(shares))
            held = 0
            for owner, value in zip(sorted(shares), objects, strict=True):
                with self.noting(Where(owner=owner)):
                    check_strict(
                        dumps(value),
                        self.tally,
                        shares[owner],
                        fingerprint=self.election.fingerprint,
                        public=self.trustees.public_of(owner),
                        owner=owner,
                    )
                    held += 1
            self.report.strict = 0 < held == len(shares)

    def result(self) -> Verdict:
        recorded = self.archive.of(Kind.RESULT)
        for one in recorded:
            with self.noting(Where(height=one.event.height)):
                found = open_tally(self.election, self.tally, self.factors)
                if one.objects[0] != found:
                    raise BallotFault(Fault.RESULT_WRONG)
                self.report.counts = read_result(found, self.election)
        return Verdict.HOLDS if recorded else Verdict.NOT_YET


# -------------------- telling
# What the auditor says of an archive, line by line, in the words that it is given: those of the house in its
# command, those written into the script that needs nothing of the house.


Words = Mapping[str, str]

# Names of the places of a fault, the most telling first.
_PLACES = ("tracker", "owner", "member", "height", "offset")


def lines_of(report: Report, words: Words) -> Iterator[str]:
    """The whole report."""
    if report.election:
        yield words["election"] % {"name": _plain(report.election.name), "uuid": report.election.uuid}
    for step in Step:
        yield words["step"] % {
            "number": step.value,
            "step": words[f"step_{step.name.lower()}"],
            "verdict": words[f"verdict_{report.verdicts[step]}"],
        }
        yield from (f"   {fault_told(one, words)}" for one in report.faults if one.step is step)
    yield from _facts(report, words)
    yield from _counts(report, words)
    yield from _left(report, words)
    yield words["sound"] if report.sound else words["unsound"] % {"count": len(report.faults)}


def fault_told(finding: Finding, words: Words) -> str:
    """One fault, after its place."""
    places = ", ".join(_places(finding.where, words))
    sentence = words[f"fault_{finding.code}"]
    return words["fault"] % {"place": places, "sentence": sentence} if places else sentence


def _places(where: Where, words: Words) -> Iterator[str]:
    for name in _PLACES:
        value = getattr(where, name)
        if value is not None:
            yield words[f"place_{name}"] % {name: value}


def _facts(report: Report, words: Words) -> Iterator[str]:
    """What is to be compared with what was announced."""
    told = {
        "fingerprint": report.fingerprint,
        "roll": report.roll_fingerprint,
        "head": report.head,
        "credentials": report.credentials,
        "ballots": len(report.trackers),
        "kept": report.kept,
    }
    for name, value in told.items():
        if value:
            yield words[f"fact_{name}"] % {name: value}


def _counts(report: Report, words: Words) -> Iterator[str]:
    """The result, in the words of the election; only once the whole of it holds."""
    questions = report.election.questions if report.election and report.sound else ()
    for question, counts in zip(questions, report.counts, strict=False):
        yield _plain(question.question)
        names = [words["blank"]] * question.blank + list(question.answers)
        for name, count in zip(names, counts, strict=True):
            yield "   " + words["count"] % {"answer": _plain(name), "count": count}


def _plain(text: str) -> str:
    """A text of the archive, on its line: one with ends of lines or orders to the terminal could write a
    report of its own."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _left(report: Report, words: Words) -> Iterator[str]:
    """What this run could not prove."""
    if report.verdicts[Step.SHARES] is Verdict.HOLDS:
        yield words["strict_held"] if report.strict else words["strict_absent"]
    for name in report.unasked:
        yield words[f"unasked_{name}"]


# -------------------- auditor
# The auditor as a program: its options, the files that it reads, the sentences that it prints. The house has
# it as a command, everybody else as one file (docs/verify).


HOLDS, FAULTY, UNREADABLE = 0, 1, 2
LANGUAGES = ("fr", "en")
_EACH = 1000  # ballots, from one line of progress to the next

Say = Callable[[str], object]


def audit_alone(words: Mapping[str, Words], arguments: Sequence[str]) -> int:
    """The whole program, where there is no house: `words` by language."""
    first = ArgumentParser(add_help=False)
    first.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    spoken = words[first.parse_known_args(arguments)[0].lang]
    parser = ArgumentParser(description=spoken["help"])
    add_options(parser, spoken)
    options = vars(parser.parse_args(arguments))
    return verify_files(options, spoken, print, partial(print, file=sys.stderr, flush=True))


def add_options(parser: ArgumentParser, words: Words) -> None:
    option = parser.add_argument
    option("archive", metavar="ARCHIVE", type=Path, help=words["help_archive"])
    option("--strict-proofs", metavar="FILE", type=Path, help=words["help_strict"])
    option("--head", metavar="HASH", type=str.strip, help=words["help_head"])
    option("--fingerprint", metavar="B64", type=str.strip, help=words["help_fingerprint"])
    option("--roll", metavar="B64", type=str.strip, dest="roll_fingerprint", help=words["help_roll"])
    option("--voters", metavar="N", type=int, help=words["help_voters"])
    option("--earlier", metavar="FILE", type=Path, help=words["help_earlier"])
    option("--tracker", metavar="B64", type=str.strip, action="append", help=words["help_tracker"])
    option("--open", action="store_true", help=words["help_open"])
    option("--foreign", action="store_true", help=words["help_foreign"])
    option("--lang", choices=LANGUAGES, default=LANGUAGES[0], help=words["help_lang"])


def verify_files(options: Mapping[str, Any], words: Words, say: Say, say_aside: Say) -> int:
    """Verifies the archive of these options and says all of it; gives the status of the program."""
    try:
        data, earlier, strict = (
            path and path.read_bytes()
            for path in (options["archive"], options["earlier"], options["strict_proofs"])
        )
    except OSError as error:
        say_aside(words["unreadable"] % {"path": error.filename})
        return UNREADABLE
    name = options["archive"].stem
    expected = Expected(
        uuid=name if is_uuid(name) else None,
        head=options["head"],
        fingerprint=options["fingerprint"],
        roll_fingerprint=options["roll_fingerprint"],
        voters=options["voters"],
        earlier=earlier,
        trackers=tuple(options["tracker"] or ()),
    )
    report = verify_archive(
        data,
        expected=expected,
        strict=strict,
        foreign=options["foreign"],
        unfinished=options["open"],
        progress=_by_thousands(words, say_aside),
    )
    for line in lines_of(report, words):
        say(line)
    return HOLDS if report.sound else FAULTY


def _by_thousands(words: Words, say: Say) -> Progress:
    def told(done: int, total: int) -> None:
        if done % _EACH == 0:
            say(words["progress"] % {"done": done, "total": total})

    return told


# The sentences, by language.
WORDS = {
    "fr": {
        "fault_not_canonical": "Le texte n’est pas écrit de la seule façon que le protocole admet.",
        "fault_too_big": "Le texte est plus long qu’aucun texte valable.",
        "fault_shape_wrong": "Une partie manque, est de trop ou n’est pas du type attendu.",
        "fault_point_invalid": "Un nombre chiffré n’appartient pas au groupe du protocole.",
        "fault_neutral_point": "Une clé ou un chiffré est l’élément neutre, dont tout le monde connaît le secret.",
        "fault_scalar_invalid": "Un nombre est mal écrit, ou trop grand.",
        "fault_proof_wrong": "Une preuve est fausse.",
        "fault_version_wrong": "Ce n’est pas la version 1 du protocole.",
        "fault_group_wrong": "Ce n’est pas le groupe Ed25519.",
        "fault_uuid_wrong": "L’identifiant de l’élection n’est pas celui attendu.",
        "fault_bounds_wrong": "Les nombres de réponses permis par une question sont impossibles.",
        "fault_code_malformed": "Ce code de vote est mal écrit : il a 22 lettres et chiffres, sans 0, I, O ni l.",
        "fault_credential_twice": "Un code de vote figure deux fois sur la liste.",
        "fault_wrong_election": "Ce bulletin est celui d’une autre élection.",
        "fault_credential_unknown": "Ce bulletin est signé d’un code de vote qui n’est pas sur la liste.",
        "fault_hash_wrong": "L’empreinte que ce bulletin porte n’est pas la sienne.",
        "fault_signature_wrong": "La signature est fausse.",
        "fault_seen_before": "Ce bulletin est déjà dans l’urne.",
        "fault_choice_invalid": "Ces choix ne font pas un bulletin valable.",
        "fault_threshold_wrong": "Le seuil du groupe de scrutateurs est impossible ou n’est pas celui annoncé.",
        "fault_certificate_wrong": "Le certificat d’un scrutateur n’est pas valable.",
        "fault_key_twice": "Une même clé sert deux fois.",
        "fault_commitment_wrong": "Le message n’est pas celui dont l’empreinte avait été publiée.",
        "fault_polynomial_wrong": "Le polynôme d’un scrutateur n’est pas valable.",
        "fault_secret_wrong": "Le secret remis par un scrutateur ne correspond pas à ce qu’il a publié.",
        "fault_channel_wrong": "Un message chiffré ne s’ouvre pas, ou était destiné à quelqu’un d’autre.",
        "fault_verification_key_wrong": "La clé de vérification d’un scrutateur n’est pas la sienne.",
        "fault_election_key_wrong": "La clé de l’élection n’est pas la somme des clés de ses scrutateurs.",
        "fault_owner_wrong": "Cette part de dépouillement n’est d’aucun scrutateur, ou le même en a donné deux.",
        "fault_share_wrong": "Cette part de dépouillement est fausse.",
        "fault_share_missing": "Il manque des parts pour dépouiller.",
        "fault_strict_proof_missing": "Les preuves renforcées des parts de dépouillement n’ont pas été données.",
        "fault_strict_proof_wrong": "La preuve renforcée d’une part de dépouillement est fausse.",
        "fault_tally_wrong": "Les sommes chiffrées ne sont pas celles des bulletins.",
        "fault_count_wrong": "Le nombre de bulletins comptés n’est pas celui qui est annoncé.",
        "fault_result_not_found": "Une somme ne s’ouvre sur aucun nombre de voix possible.",
        "fault_result_implausible": "Le résultat compte plus ou moins de voix que les bulletins n’en permettent.",
        "fault_result_wrong": "Le résultat n’est pas celui que donnent les parts de dépouillement.",
        "fault_container_wrong": "L’archive est coupée, ou des octets n’y sont pas à leur place.",
        "fault_name_wrong": "Le nom d’un élément n’est pas l’empreinte de son contenu.",
        "fault_chain_wrong": "La chaîne des événements est rompue.",
        "fault_order_wrong": "Un événement n’est pas à son tour.",
        "fault_stray_data": "Un élément manque, est de trop ou n’est pas celui que son événement annonce.",
        "fault_earlier_differs": "Le début de l’archive n’est plus celui qui avait été enregistré.",
        "fault_head_wrong": "La tête de la chaîne n’est pas celle qui a été annoncée.",
        "fault_fingerprint_wrong": "L’empreinte de l’élection n’est pas celle qui a été annoncée.",
        "fault_unfinished": "L’archive s’arrête avant le résultat.",
        "fault_roll_wrong": "L’empreinte de la liste n’est pas celle qui a été arrêtée avant l’ouverture.",
        "fault_voters_wrong": "Le nombre de bulletins comptés n’est pas celui des signatures de la liste d’émargement.",
        "fault_tracker_unknown": "Ce numéro de suivi n’est pas dans l’urne.",
        "fault_tracker_replaced": "Ce bulletin est dans l’urne, mais un bulletin déposé plus tard avec le même code l’a remplacé. Si ce n’est pas vous, prévenez le bureau.",
        "election": "%(name)s (élection %(uuid)s)",
        "step": "%(number)s. %(step)s : %(verdict)s",
        "step_container": "Intégrité du fichier",
        "step_chain": "Chaîne des événements",
        "step_continuity": "Accord avec ce qui a été annoncé",
        "step_setup": "Élection, scrutateurs et liste",
        "step_ballots": "Bulletins, un par un",
        "step_tally": "Sommes chiffrées",
        "step_shares": "Parts de dépouillement",
        "step_result": "Résultat",
        "verdict_holds": "vérifié",
        "verdict_fails": "FAUX",
        "verdict_not_reached": "non vérifié, car une étape précédente est fausse",
        "verdict_not_yet": "pas encore",
        "verdict_not_asked": "rien à comparer n’a été donné",
        "fault": "%(place)s : %(sentence)s",
        "place_tracker": "bulletin %(tracker)s",
        "place_owner": "part n° %(owner)s",
        "place_member": "membre n° %(member)s du groupe",
        "place_height": "événement %(height)s",
        "place_offset": "octet %(offset)s",
        "fact_fingerprint": "Empreinte de l’élection : %(fingerprint)s",
        "fact_roll": "Empreinte de la liste : %(roll)s",
        "fact_credentials": "Codes de vote sur la liste : %(credentials)s",
        "fact_head": "Tête de la chaîne : %(head)s",
        "fact_ballots": "Bulletins reçus : %(ballots)s",
        "fact_kept": "Bulletins comptés, le dernier de chaque code de vote : %(kept)s",
        "blank": "Blanc",
        "count": "%(answer)s : %(count)s",
        "strict_held": "Preuves renforcées des parts : vérifiées.",
        "strict_absent": "Preuves renforcées des parts : absentes. Un scrutateur de mèche avec l’auteur du dernier bulletin a pu fausser le résultat sans que rien d’autre le montre.",
        "unasked_head": "Non comparée : la tête de la chaîne (--head), lue dans le procès-verbal.",
        "unasked_fingerprint": "Non comparée : l’empreinte de l’élection (--fingerprint), lue avant l’ouverture du vote.",
        "unasked_roll_fingerprint": "Non comparée : l’empreinte de la liste (--roll), lue avant l’ouverture du vote.",
        "unasked_uuid": "Non comparé : l’identifiant de l’élection, que le nom de ce fichier ne donne pas.",
        "unasked_voters": "Non comparé : le nombre de signatures de la liste d’émargement (--voters).",
        "unasked_trackers": "Non cherché : votre numéro de suivi (--tracker).",
        "sound": "Tout ce qui a été demandé est vérifié.",
        "unsound": "Anomalies : %(count)s. Cette archive ne prouve pas son résultat.",
        "help": "Vérifie l’archive publique d’un vote secret, sans faire confiance à qui l’a donnée.",
        "help_archive": "l’archive .bel",
        "help_strict": "les preuves renforcées des parts de dépouillement",
        "help_head": "la tête de la chaîne, lue à l’écran de la séance ou dans le procès-verbal",
        "help_fingerprint": "l’empreinte de l’élection, annoncée avant l’ouverture",
        "help_roll": "l’empreinte de la liste, annoncée avant l’ouverture",
        "help_voters": "le nombre de signatures de la liste d’émargement",
        "help_earlier": "une archive enregistrée plus tôt, dont celle-ci doit être la suite",
        "help_tracker": "votre numéro de suivi ; peut être donné plusieurs fois",
        "help_open": "l’urne est encore ouverte, ou le dépouillement en cours : l’archive n’a pas de fin",
        "help_foreign": "l’archive vient d’un autre logiciel, qui ne fait pas de preuves renforcées",
        "help_lang": "langue du rapport",
        "unreadable": "Ce fichier ne peut pas être lu : %(path)s",
        "progress": "Bulletins vérifiés : %(done)s sur %(total)s",
    },
    "en": {
        "fault_not_canonical": "The text is not written in the one way that the protocol allows.",
        "fault_too_big": "The text is longer than any valid one.",
        "fault_shape_wrong": "A part is missing, is one too many or is not of the expected type.",
        "fault_point_invalid": "An encrypted number does not belong to the group of the protocol.",
        "fault_neutral_point": "A key or a ciphertext is the neutral element, whose secret everybody knows.",
        "fault_scalar_invalid": "A number is badly written, or too large.",
        "fault_proof_wrong": "A proof is false.",
        "fault_version_wrong": "This is not version 1 of the protocol.",
        "fault_group_wrong": "This is not the group Ed25519.",
        "fault_uuid_wrong": "The identifier of the election is not the expected one.",
        "fault_bounds_wrong": "The numbers of answers that a question allows are impossible.",
        "fault_code_malformed": "This voting code is badly written: it has 22 letters and digits, without 0, I, O or l.",
        "fault_credential_twice": "A voting code is on the roll twice.",
        "fault_wrong_election": "This ballot is that of another election.",
        "fault_credential_unknown": "This ballot is signed with a voting code that is not on the roll.",
        "fault_hash_wrong": "The fingerprint that this ballot bears is not its own.",
        "fault_signature_wrong": "The signature is false.",
        "fault_seen_before": "This ballot is already in the box.",
        "fault_choice_invalid": "These choices do not make a valid ballot.",
        "fault_threshold_wrong": "The threshold of the group of scrutineers is impossible or is not the one announced.",
        "fault_certificate_wrong": "The certificate of a scrutineer is not valid.",
        "fault_key_twice": "One key is used twice.",
        "fault_commitment_wrong": "The message is not the one whose fingerprint had been published.",
        "fault_polynomial_wrong": "The polynomial of a scrutineer is not valid.",
        "fault_secret_wrong": "The secret handed over by a scrutineer does not match what that scrutineer published.",
        "fault_channel_wrong": "An encrypted message cannot be opened, or was meant for somebody else.",
        "fault_verification_key_wrong": "The verification key of a scrutineer is not that scrutineer’s own.",
        "fault_election_key_wrong": "The key of the election is not the sum of the keys of its scrutineers.",
        "fault_owner_wrong": "This share of the count is no scrutineer’s, or one scrutineer gave two.",
        "fault_share_wrong": "This share of the count is false.",
        "fault_share_missing": "Shares are missing to open the count.",
        "fault_strict_proof_missing": "The strict proofs of the shares of the count were not given.",
        "fault_strict_proof_wrong": "The strict proof of a share of the count is false.",
        "fault_tally_wrong": "The encrypted sums are not those of the ballots.",
        "fault_count_wrong": "The number of ballots counted is not the one announced.",
        "fault_result_not_found": "A sum opens on no possible number of voices.",
        "fault_result_implausible": "The result counts more or fewer voices than the ballots allow.",
        "fault_result_wrong": "The result is not the one that the shares of the count give.",
        "fault_container_wrong": "The archive is cut short, or bytes of it are not in their place.",
        "fault_name_wrong": "The name of an entry is not the fingerprint of its content.",
        "fault_chain_wrong": "The chain of events is broken.",
        "fault_order_wrong": "An event is out of its turn.",
        "fault_stray_data": "An entry is missing, is one too many or is not the one that its event announces.",
        "fault_earlier_differs": "The beginning of the archive is no longer the one that had been saved.",
        "fault_head_wrong": "The head of the chain is not the one that was announced.",
        "fault_fingerprint_wrong": "The fingerprint of the election is not the one that was announced.",
        "fault_unfinished": "The archive ends before the result.",
        "fault_roll_wrong": "The fingerprint of the roll is not the one that was frozen before the opening.",
        "fault_voters_wrong": "The number of ballots counted is not that of the signatures on the attendance list.",
        "fault_tracker_unknown": "This tracker is not in the box.",
        "fault_tracker_replaced": "This ballot is in the box, but a ballot cast later with the same code replaced it. If it was not you, tell the bureau.",
        "election": "%(name)s (election %(uuid)s)",
        "step": "%(number)s. %(step)s: %(verdict)s",
        "step_container": "Integrity of the file",
        "step_chain": "Chain of events",
        "step_continuity": "Agreement with what was announced",
        "step_setup": "Election, scrutineers and roll",
        "step_ballots": "Ballots, one by one",
        "step_tally": "Encrypted sums",
        "step_shares": "Shares of the count",
        "step_result": "Result",
        "verdict_holds": "verified",
        "verdict_fails": "FALSE",
        "verdict_not_reached": "not verified, because an earlier step is false",
        "verdict_not_yet": "not yet",
        "verdict_not_asked": "nothing to compare with was given",
        "fault": "%(place)s: %(sentence)s",
        "place_tracker": "ballot %(tracker)s",
        "place_owner": "share no. %(owner)s",
        "place_member": "member no. %(member)s of the group",
        "place_height": "event %(height)s",
        "place_offset": "byte %(offset)s",
        "fact_fingerprint": "Fingerprint of the election: %(fingerprint)s",
        "fact_roll": "Fingerprint of the roll: %(roll)s",
        "fact_credentials": "Voting codes on the roll: %(credentials)s",
        "fact_head": "Head of the chain: %(head)s",
        "fact_ballots": "Ballots received: %(ballots)s",
        "fact_kept": "Ballots counted, the last of each voting code: %(kept)s",
        "blank": "Blank",
        "count": "%(answer)s: %(count)s",
        "strict_held": "Strict proofs of the shares: verified.",
        "strict_absent": "Strict proofs of the shares: none. A scrutineer in league with the author of the last ballot may have falsified the result, and nothing else would show it.",
        "unasked_head": "Not compared: the head of the chain (--head), read in the minutes.",
        "unasked_fingerprint": "Not compared: the fingerprint of the election (--fingerprint), read before the vote was opened.",
        "unasked_roll_fingerprint": "Not compared: the fingerprint of the roll (--roll), read before the vote was opened.",
        "unasked_uuid": "Not compared: the identifier of the election, which the name of this file does not give.",
        "unasked_voters": "Not compared: the number of signatures on the attendance list (--voters).",
        "unasked_trackers": "Not looked for: your tracker (--tracker).",
        "sound": "All that was asked is verified.",
        "unsound": "Faults: %(count)s. This archive does not prove its result.",
        "help": "Verifies the public archive of a secret vote, without trusting who gave it.",
        "help_archive": "the archive, .bel",
        "help_strict": "the strict proofs of the shares of the count",
        "help_head": "the head of the chain, read on the screen of the sitting or in the minutes",
        "help_fingerprint": "the fingerprint of the election, announced before the opening",
        "help_roll": "the fingerprint of the roll, announced before the opening",
        "help_voters": "the number of signatures on the attendance list",
        "help_earlier": "an archive saved earlier, that this one must continue",
        "help_tracker": "your tracker; may be given several times",
        "help_open": "the box is still open, or the count goes on: the archive has no end",
        "help_foreign": "the archive comes from another program, which makes no strict proofs",
        "help_lang": "language of the report",
        "unreadable": "This file cannot be read: %(path)s",
        "progress": "Ballots verified: %(done)s of %(total)s",
    },
}


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")
    sys.exit(audit_alone(WORDS, sys.argv[1:]))
