"""Writes the journal of a scrutin: one sealed act after the other, as the minutes print it (GOV-26)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from governance.models import SecretJournal, SecretVote
from governance.selectors.secret_journal import REASON, hash_of_reason, seal_of
from people.models import User


def note(
    vote: SecretVote,
    act: str,
    *,
    actor: User | None,
    at: datetime,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
) -> SecretJournal:
    """Does: writes an act after the last one, sealed upon its seal; the scrutin is under lock. `actor`:
    nobody for the clock. Refuses: nothing. Leaves behind: a row that never changes."""
    last = vote.journal.order_by("-rank").first()
    row = SecretJournal(
        secret_vote=vote,
        rank=last.rank + 1 if last else 1,
        at=at,
        by=actor,
        act=act,
        reason=reason,
        facts=dict(facts or {}) | ({REASON: hash_of_reason(reason)} if reason else {}),
    )
    row.seal = seal_of(last.seal if last else "", row)
    row.save()
    return row
