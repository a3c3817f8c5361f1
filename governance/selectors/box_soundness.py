"""Whether a box is still what it received: the chain, the ballots it names, the marks beside it; asked each
minute (GOV-33). The proofs of ballots are verified when they enter, and when the result is."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.db.models import F, Func, TextField

from governance.engines.ballots.archive import Kind, add_setup
from governance.engines.ballots.canonical import loads_exact
from governance.engines.ballots.decryption import owner_object
from governance.engines.ballots.faults import BallotFault
from governance.engines.ballots.group import sha256_hex
from governance.engines.ballots.tally import sized_object
from governance.models import BallotBox
from governance.selectors.box_archive import counters_of, tally_of, timestamp_of


class _Digest(Func):
    """The SHA-256 of a text, computed where the text is: ballots are long, and all are looked at."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = TextField()


class _Tracker(Func):
    template = "rtrim(encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'base64'), '=')"
    output_field = TextField()


def is_sound(box: BallotBox) -> bool:
    """Tells whether the rows of a sealed box hold together: each event names the one before and what it
    brought, nothing is missing nor stray, each tracker is that of its ballot, as many codes voted as voices
    are marked."""
    try:
        return _is_whole(box)
    except BallotFault:
        # What cannot even be read is not what was written.
        return False


def _is_whole(box: BallotBox) -> bool:
    with transaction.atomic():
        # What is being written is either in, whole, or not at all; what is in never changes.
        held = BallotBox.objects.select_for_update(of=("self",)).get(pk=box.pk)
        counters, top, others = counters_of(held), held.events.count() - 1, _others(held)
    if not counters.agree:
        return False
    ballots = held.ballots.order_by("height").filter(height__lte=top)
    if ballots.annotate(named=_Tracker("text")).exclude(tracker=F("named")).exists():
        return False
    brought = dict(ballots.annotate(digest=_Digest("text")).values_list("height", "digest"))
    return len(brought) == counters.ballots and _holds(held, brought, others, top)


def _holds(box: BallotBox, ballots: dict[int, str], others: dict[str, list[str | None]], top: int) -> bool:
    """Walks the chain up to this height; all that was brought is named once, and nothing else."""
    parent: str | None = None
    rows = box.events.filter(height__lte=top).order_by("height")
    for height, kind, text, digest in rows.values_list("height", "kind", "text", "digest"):
        event = loads_exact(text)
        if type(event) is not dict or digest != sha256_hex(text):
            return False
        if (event.get("height"), event.get("type")) != (height, kind):
            return False
        known: list[Any] = [ballots.pop(height, "")] if kind == Kind.BALLOT else others.get(kind, [])
        payload = event.get("payload")
        if event.get("parent") != parent or payload not in known:
            return False
        known.remove(payload)
        parent = digest
    return not ballots and not any(others.values())


def _others(box: BallotBox) -> dict[str, list[str | None]]:
    """What the events that are no ballots have to name, by their kind."""
    setup = add_setup(timestamp_of(box), election=box.election, trustees=box.trustees, roll=box.roll)
    found: dict[str, list[str | None]] = {Kind.SETUP: [json.loads(setup.event.text)["payload"]]}
    if box.secret_vote.closed_at is not None:
        found[Kind.END] = [None]
    if box.tally:
        found[Kind.TALLY] = [sha256_hex(sized_object(tally_of(box)))]
        shares = box.shares.order_by("owner").values_list("owner", "text")
        found[Kind.PARTIAL] = [sha256_hex(owner_object(owner, text)) for owner, text in shares]
    if box.result:
        found[Kind.RESULT] = [sha256_hex(box.result)]
    return found
