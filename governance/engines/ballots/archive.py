"""The public archive of a secret vote (`.bel`, §10): a chain of events in a tar file that is only ever
appended to; written by hand, since no library writes its bare headers; read strictly: all rely on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from governance.engines.ballots.canonical import dumps, fields, integer, loads_exact, string, text_of
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import sha256_hex

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
