"""The roll once no ballot enters any more: written anew in alphabetical order, so that no place on the disk,
no key and no number of a transaction joins a voice to a ballot (GOV-33)."""

from __future__ import annotations

from cae.core import audit
from governance.models import BallotBox, RollEntry
from governance.selectors.secret_voices import alphabetical, whose


def rewrite_roll(box: BallotBox) -> list[RollEntry]:
    """Does: replaces the entries of a box by the same ones under new random keys, written in alphabetical
    order, which it gives. For the close, or for a scrutin given up before it, inside its transaction.
    Refuses: nothing. Leaves behind: the roll."""
    before = alphabetical(box.entries.select_for_update(of=("self",)))
    box.entries.all().delete()
    return RollEntry.objects.bulk_create([_same(one) for one in before])


def note_who_took_part(box: BallotBox, entries: list[RollEntry]) -> None:
    """Does: says of each voice that voted that it took part, in the order of these entries. For the close.
    Refuses: nothing. Leaves behind: an act for each voter, all of the same instant."""
    for one in entries:
        if one.has_voted:
            audit.record(
                None, "governance.secret.took_part", whose(one), detail={"name": str(box.secret_vote)}
            )


def _same(entry: RollEntry) -> RollEntry:
    """The same voice with another key."""
    kept = (field for field in RollEntry._meta.concrete_fields if not field.primary_key)
    return RollEntry(**{field.name: getattr(entry, field.name) for field in kept})
