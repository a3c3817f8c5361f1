"""Contribution to the shared services taken on a document: flat rate, window of the document.

Source: Code du travail, L7331-2 2° c (the contract says how it is computed) and L7332-3 (taken before the
variable part of pay). A credit note gives back what was taken: docs/decisions/0006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, credit, debit
from cae.core.money import ZERO, cents


@dataclass(frozen=True)
class Working:
    """The figures one needs to redo the contribution with a pencil: base × rate = due."""

    document: str
    base: Decimal
    rate: Decimal
    due: Decimal


def flat(document: str, base: Decimal, rate: Decimal) -> Working:
    """What one document pays, or gives back when its base is negative; rounded once, half up, to the cent."""
    return Working(document=document, base=base, rate=rate, due=cents(base * rate))


def given_back(document: str, base: Decimal, rate: Decimal, taken: Sequence[Working]) -> Working:
    """What a credit note of this base (negative) gives back: what its invoice and the notes before it
    took, less what remains due on what is left. Notes that add up to the invoice leave exactly nothing."""
    left = sum((working.base for working in taken), base)
    kept = sum((working.due for working in taken), ZERO)
    return Working(document=document, base=base, rate=rate, due=cents(left * rate) - kept)


def contribution_entry(working: Working, *, on: date, activity_id: int, shared_id: int) -> EntryDraft:
    """From the activity to the shared services, each section balanced by the link account."""
    lines = (
        debit("internal_charge", activity_id, working.due),
        credit("internal_link", activity_id, working.due),
        debit("internal_link", shared_id, working.due),
        credit("internal_income", shared_id, working.due),
    )
    label = f"Contribution {working.document}"
    return EntryDraft(journal="AN", on=on, label=label, piece=working.document, lines=lines)
