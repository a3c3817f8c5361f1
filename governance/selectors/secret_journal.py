"""The journal of a scrutin: its acts in order, and whether the chain of their seals holds (GOV-26)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from django.db.models import QuerySet

from cae.core.canonical import sha256_of
from cae.core.permanence import ERASED
from governance.models import SecretJournal, SecretVote

# Of a reason, whose words leave with the file of whom they name: the seal covers its hash, kept apart.
REASON = "reason_sha256"


def journal_of(vote: SecretVote) -> QuerySet[SecretJournal]:
    """Gives the acts of a scrutin, the first one first, with who did them."""
    return vote.journal.select_related("by__person").order_by("rank")


def instant_of(vote: SecretVote, act: str) -> datetime | None:
    """Gives when an act was last done, if it was."""
    rows = vote.journal.filter(act=act).order_by("-rank")
    return rows.values_list("at", flat=True).first()


def hash_of_reason(reason: str) -> str:
    return hashlib.sha256(reason.encode()).hexdigest()


def seal_of(previous: str, row: SecretJournal) -> str:
    """Gives the seal of an act: of all that it says, and of the seal before it."""
    at = row.at.astimezone(UTC).isoformat()
    return sha256_of([previous, row.secret_vote_id, row.rank, at, row.by_id, row.act, row.facts])


def is_sealed(vote: SecretVote) -> bool:
    """Tells whether the journal is the one that was written: no act changed, missing, added or moved."""
    previous = ""
    for rank, row in enumerate(vote.journal.order_by("rank"), start=1):
        said = row.reason in ("", ERASED) or row.facts.get(REASON) == hash_of_reason(row.reason)
        if row.rank != rank or row.seal != seal_of(previous, row) or not said:
            return False
        previous = row.seal
    return True
