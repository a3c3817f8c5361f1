"""The cards of codes that a scrutineer makes for a box: whose voice each is for, who made those that are in
force (GOV-26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from governance.models import BallotBox, RollEntry, SecretJournal, SecretVote
from governance.selectors.secret_voices import alphabetical


@dataclass(frozen=True)
class CardsOf:
    """A box, and the act of the journal that says who made its cards; none before they are made."""

    box: BallotBox
    voices: int
    made: SecretJournal | None


def labels_of(box: BallotBox) -> list[str]:
    """Gives what is written on each card, in alphabetical order: whose voice it is, and who casts it."""
    return [_label(entry) for entry in alphabetical(RollEntry.objects.filter(box=box))]


def _label(entry: RollEntry) -> str:
    if entry.holder_id is None:
        return str(entry)
    return _("%(voice)s, voix portée par %(holder)s") % {"voice": entry, "holder": entry.holder}


def cards_of(vote: SecretVote) -> Sequence[CardsOf]:
    """Gives each box with its cards. An act is known by the fingerprint of the list that it brought."""
    acts = vote.journal.filter(act="receive_cards").select_related("by__person")
    made = {act.facts["roll"]: act for act in acts}
    boxes = vote.boxes.select_related("college", "secret_vote").order_by("college__rank", "pk")
    return [CardsOf(box, box.entries.count(), made.get(box.roll_fingerprint)) for box in boxes]
