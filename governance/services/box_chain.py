"""Appends events to the chain of a box: each names the hash of the one before (GOV-27)."""

from __future__ import annotations

from collections.abc import Callable

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
)
from governance.models import BallotBox, BoxEvent
from governance.selectors.box_archive import timestamp_of

_ADD: dict[Kind, Callable[..., Addition]] = {
    Kind.BALLOT: add_ballot,
    Kind.END: add_end,
    Kind.TALLY: add_tally,
    Kind.PARTIAL: add_partial,
    Kind.RESULT: add_result,
}


def begin_chain(box: BallotBox) -> BoxEvent:
    """Does: writes the first event of a box, of its sealed texts. Refuses: nothing. Leaves behind: it."""
    addition = add_setup(timestamp_of(box), election=box.election, trustees=box.trustees, roll=box.roll)
    return _written(box, Kind.SETUP, addition.event)


def append_event(box: BallotBox, kind: Kind, *objects: str) -> BoxEvent:
    """Does: writes the next event, of these objects in the order of the protocol; the box is under lock.
    Refuses: nothing. Leaves behind: the event, which is the new head."""
    last = box.events.latest("height")
    after = Event(last.text, last.digest, last.height)
    return _written(box, kind, _ADD[kind](timestamp_of(box), after, *objects).event)


def _written(box: BallotBox, kind: Kind, event: Event) -> BoxEvent:
    return BoxEvent.objects.create(
        box=box, height=event.height, kind=kind.value, text=event.text, digest=event.hash
    )
