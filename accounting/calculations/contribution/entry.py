"""The accounting entry of a contribution: from the activity to the shared services."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, credit, debit

JOURNAL = "AN"


def contribution_entry(
    due: Decimal, *, label: str, piece: str, on: date, activity_id: int, shared_id: int
) -> EntryDraft:
    """Each section is balanced by the link account; what is given back swaps the sides."""
    lines = (
        debit("internal_charge", activity_id, due),
        credit("internal_link", activity_id, due),
        debit("internal_link", shared_id, due),
        credit("internal_income", shared_id, due),
    )
    return EntryDraft(journal=JOURNAL, on=on, label=label, piece=piece, lines=lines)
