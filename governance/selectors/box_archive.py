"""The public archive of a box, written anew from its rows: as bytes, or piece by piece where it is long
(GOV-27, GOV-31)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, Max, OuterRef

from governance.engines.ballots.archive import (
    Addition,
    Event,
    Kind,
    add_ballot,
    add_end,
    add_partial,
    add_result,
    add_setup,
    add_tally,
    start,
)
from governance.engines.ballots.audit import write_strict
from governance.engines.ballots.decryption import owner_object
from governance.engines.ballots.elections import Election, read_election
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import sha256_hex
from governance.engines.ballots.tally import Tally, read_tally, sized_object
from governance.models import Ballot, BallotBox
from governance.states.secret import Channel


@dataclass(frozen=True)
class Counters:
    """What a box says of itself: ballots received, codes that voted, voices marked as voting on a screen."""

    ballots: int
    credentials: int
    marked: int

    @property
    def agree(self) -> bool:
        return self.credentials == self.marked


class Posted(NamedTuple):
    """A ballot as the board shows it. `is_replaced`: its code voted again since, so it does not count."""

    tracker: str
    is_replaced: bool


def timestamp_of(box: BallotBox) -> int:
    """Gives the instant that all entries of the archive bear: that of its sealing."""
    return int(box.timestamp or 0)


def election_of(box: BallotBox) -> Election:
    return read_election(box.election)


def tally_of(box: BallotBox) -> Tally:
    """Gives the encrypted sums of a box that has them."""
    return read_tally(box.tally, election_of(box).shape, box.kept_count or 0)


def head_of(box: BallotBox) -> str:
    """Gives the hash of the last event, which says all that is before it; nothing of a box not sealed."""
    return box.events.order_by("-height").values_list("digest", flat=True).first() or ""


def counters_of(box: BallotBox) -> Counters:
    voted = box.ballots.order_by()
    return Counters(
        voted.count(),
        voted.values("credential").distinct().count(),
        box.entries.order_by().filter(channel=Channel.SCREEN).count(),
    )


def board_of(box: BallotBox) -> list[Posted]:
    """Gives the ballots, trackers in alphabetical order: the archive alone has that of their arrival."""
    later = Ballot.objects.filter(
        box=OuterRef("box"), credential=OuterRef("credential"), height__gt=OuterRef("height")
    )
    return [Posted(*row) for row in box.ballots.order_by("tracker").values_list("tracker", Exists(later))]


def archive_of(box: BallotBox) -> bytes:
    """Gives the archive, as far as the vote has come; nothing of a box that is not sealed."""
    return b"".join(archive_parts(box))


def archive_parts(box: BallotBox) -> Iterator[bytes]:
    """Gives the archive piece by piece."""
    if not box.election:
        return
    yield start(timestamp_of(box))
    for addition in additions_of(box):
        yield addition.data


def additions_of(box: BallotBox) -> Iterator[Addition]:
    """Gives what each event adds, chained again from what the rows hold: a row that changed makes another
    chain than the one that was published. Ballots that enter meanwhile are left for the next time. Raises
    BallotFault where rows were changed so that they make none."""
    rows = box.events.order_by("height").values_list("kind", "text")
    after = [(kind, text) for kind, text in rows if kind not in (Kind.SETUP, Kind.BALLOT)]
    # Read after its events: what each names is there, however long ago this box was given.
    box = BallotBox.objects.get(pk=box.pk)
    top = box.events.aggregate(top=Max("height"))["top"] or 0
    ballots = box.ballots.filter(height__lte=top).order_by("height").values_list("text", flat=True)
    at = timestamp_of(box)
    addition = add_setup(at, election=box.election, trustees=box.trustees, roll=box.roll)
    yield addition
    for text in ballots.iterator(chunk_size=200):
        addition = add_ballot(at, addition.event, text)
        yield addition
    for kind, text in after:
        addition = _added(box, kind, text, addition.event)
        yield addition


def _added(box: BallotBox, kind: str, text: str, before: Event) -> Addition:
    at = timestamp_of(box)
    if kind == Kind.END:
        return add_end(at, before)
    if kind == Kind.TALLY:
        return add_tally(at, before, box.tally, sized_object(tally_of(box)))
    if kind == Kind.RESULT:
        return add_result(at, before, box.result)
    for share in box.shares.all():
        owned = owner_object(share.owner, share.text)
        if sha256_hex(owned) in text:
            return add_partial(at, before, share.text, owned)
    raise BallotFault(Fault.SHARE_MISSING)


def strict_proofs_of(box: BallotBox) -> str:
    """Gives the file of the strict proofs that goes beside the archive, in the order of their owners."""
    return write_strict(box.shares.order_by("owner").values_list("strict", flat=True))
