"""A whole secret vote of our own, from its keys to its result, and its archive as written by other hands than
the engine's: so that tests may write one that the engine never would."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from governance.engines.ballots.archive import Kind
from governance.engines.ballots.audit import write_strict
from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.ceremony import private_share
from governance.engines.ballots.credentials import public_credential, read_roll, write_roll
from governance.engines.ballots.decryption import check_partial, combine, owner_object
from governance.engines.ballots.elections import Question, read_election, write_election
from governance.engines.ballots.group import encode_point
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.sharing import decrypt, single_key, strict_decrypt
from governance.engines.ballots.tally import Tally, add_ballots, open_tally, sized_object
from governance.engines.ballots.trustees import read_trustees, write_trustees
from tests.governance.ballots.count import Ceremony

TIMESTAMP = 1_795_000_000
UUID = "2345678923456789"
SERVER = 12345  # the private key of the house's trustee
CODES = tuple(f"{letter * 5}-{letter * 6}-{letter * 5}-{letter * 6}" for letter in "ABCDEF")
QUESTIONS = (
    Question("Approuver les comptes ?", ("Pour", "Contre", "Abstention"), 1, 1),
    Question("Deux sièges", ("Alice", "Bob", "Chloé"), 1, 2, blank=True),
    Question("Deux points au plus", ("Jardin", "Four"), 0, 2),
)
Votes = tuple[tuple[int, tuple[tuple[int, ...], ...]], ...]  # by number of the voter
# The first two ballots are of one voter: the second replaces the first.
VOTES: Votes = (
    (0, ((1, 0, 0), (1, 0, 0, 0), (0, 0))),
    (0, ((0, 1, 0), (0, 1, 1, 0), (1, 1))),
    (1, ((1, 0, 0), (0, 0, 1, 0), (0, 1))),
    (2, ((0, 0, 1), (1, 0, 0, 0), (0, 0))),
    (3, ((1, 0, 0), (0, 1, 0, 1), (1, 0))),
)
RESULT = '{"result":[[2,1,1],[1,2,2,1],[2,2]]}'

Objects = tuple[str, ...]


@dataclass(frozen=True)
class Vote:
    """What was made of it: the objects of each event, in their order, and the strict proofs."""

    events: tuple[tuple[Kind, Objects], ...]
    strict: bytes

    @property
    def election(self) -> str:
        return self.events[0][1][0]

    @property
    def data(self) -> bytes:
        return written(self.events)

    def place(self, kind: Kind) -> int:
        return next(place for place, (found, _) in enumerate(self.events) if found is kind)

    def with_event(self, place: int, *objects: str, kind: Kind | None = None) -> bytes:
        """The archive with other objects in this event."""
        events = list(self.events)
        events[place] = (kind or events[place][0], objects)
        return written(events)


def a_vote() -> Vote:
    """Four voters of six, one of whom voted twice."""
    return vote_of(VOTES)


@functools.cache
def vote_of(votes: Votes) -> Vote:
    """The vote of these voters, opened by the house's trustee and two of three scrutineers."""
    ceremony = Ceremony(size=3, threshold=2)
    trustees = read_trustees(write_trustees([single_key(SERVER), ceremony.group]))
    text = write_election(
        uuid=UUID,
        name="Assemblée d’essai",
        description="",
        public_key=encode_point(trustees.key),
        questions=QUESTIONS,
    )
    election = read_election(text)
    roll = write_roll(public_credential(UUID, code) for code in CODES)
    ballots = [make_ballot(election, CODES[voter], answers) for voter, answers in votes]
    tally = add_ballots(election, (check_ballot(one, election, read_roll(roll)) for one in ballots))
    privates = {1: SERVER, 2: _share(ceremony, 1), 4: _share(ceremony, 3)}
    partials = {
        owner: decrypt(tally, private, fingerprint=election.fingerprint)
        for owner, private in privates.items()
    }
    factors = {
        owner: check_partial(
            partial, tally, fingerprint=election.fingerprint, public=trustees.public_of(owner)
        )
        for owner, partial in partials.items()
    }
    events = [
        (Kind.SETUP, setup(text, trustees.text, roll)),
        *((Kind.BALLOT, (ballot,)) for ballot in ballots),
        (Kind.END, ()),
        (Kind.TALLY, (tally.text, sized_object(tally))),
        *((Kind.PARTIAL, (partial, owner_object(owner, partial))) for owner, partial in partials.items()),
        (Kind.RESULT, (open_tally(election, tally, combine(trustees, factors)),)),
    ]
    return Vote(tuple(events), _strict(tally, privates, election.fingerprint))


def setup(election: str, trustees: str, roll: str) -> Objects:
    """The objects of a Setup, the last of which names the others."""
    names = ("election", "trustees", "credentials")
    named = zip(names, map(sha256, (election, trustees, roll)), strict=True)
    return election, trustees, roll, dumps(dict(named))


def _share(ceremony: Ceremony, index: int) -> int:
    """The private key of this scrutineer."""
    certificate, output = ceremony.certificates.members[index - 1], ceremony.outputs[index - 1]
    return private_share(ceremony.seeds[index - 1], certificate, output.private_key)


def _strict(tally: Tally, privates: dict[int, int], fingerprint: str) -> bytes:
    return write_strict(
        strict_decrypt(tally, private, fingerprint=fingerprint, owner=owner)
        for owner, private in privates.items()
    ).encode()


# The archive, by other hands ----------------------------------------------------------------------------


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def entry(name: str, text: str) -> bytes:
    content = text.encode()
    header = bytearray(512)
    for place, field in (
        (0, name.encode()),
        (100, b"0000644"),
        (108, b"0000000"),
        (116, b"0000000"),
        (124, format(len(content), "011o").encode()),
        (136, format(TIMESTAMP, "011o").encode()),
        (148, b"        "),
        (156, b"0"),
    ):
        header[place : place + len(field)] = field
    header[148:156] = format(sum(header), "06o").encode() + b"\0 "
    return bytes(header) + content.ljust(-(-len(content) // 512) * 512, b"\0")


def written(events: Iterable[tuple[Kind, Sequence[str]]]) -> bytes:
    """An archive whose chain holds, whatever its events are."""
    data = entry("BELENIOS", json.dumps({"version": 1, "timestamp": str(TIMESTAMP)}, separators=(",", ":")))
    parent = ""
    for height, (kind, objects) in enumerate(events):
        for text in objects:
            data += entry(f"{sha256(text)}.data.json", text)
        link = {"parent": parent} if parent else {}
        link |= {"height": height, "type": kind}
        link |= {"payload": sha256(objects[-1])} if objects else {}
        event = json.dumps(link, separators=(",", ":"))
        parent = sha256(event)
        data += entry(f"{parent}.event.json", event)
    return data
