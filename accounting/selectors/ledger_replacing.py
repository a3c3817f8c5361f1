"""Ledgers kept elsewhere: what later files of the same source took from an import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import pgettext

from accounting.models import ImportedEntry, LedgerImport
from accounting.selectors.ledger_imports import ledger_imports
from accounting.states.ledger_imports import LedgerImportState


@dataclass(frozen=True)
class Replacement:
    """How many entries of an import later files took, how many stand, the last of these files."""

    taken: int
    left: int
    by: LedgerImport


def listed_imports() -> QuerySet[LedgerImport]:
    """Imports, each with `is_taken`, whether later files took entries of it, `is_left`, if some stay."""
    theirs = ImportedEntry.objects.filter(ledger_import=OuterRef("pk"))
    taken = theirs.filter(ended_by__state=LedgerImportState.APPLIED)
    return ledger_imports().annotate(is_taken=Exists(taken), is_left=Exists(theirs.filter(ended_by=None)))


def replacement_of(row: LedgerImport) -> Replacement | None:
    """What was taken from an import in force; nothing when all of it stands."""
    if row.state != LedgerImportState.APPLIED:
        return None
    theirs = ImportedEntry.objects.filter(ledger_import=row)
    taken = theirs.filter(ended_by__state=LedgerImportState.APPLIED)
    last = taken.select_related("ended_by").order_by("-ended_by__state_since", "-ended_by").first()
    if last is None or last.ended_by is None:
        return None
    return Replacement(taken.count(), theirs.filter(ended_by=None).count(), last.ended_by)


def told_status(row: LedgerImport, *, is_taken: bool, is_left: bool) -> tuple[str, str, Any]:
    """Tone, sign and word: an import in force says when later files took its place."""
    if row.state != LedgerImportState.APPLIED or not is_taken:
        return row.status
    if is_left:
        return "info", "●", pgettext("ledger import", "Remplacée en partie")
    return "neutral", "◇", pgettext("ledger import", "Remplacée")
