"""A FEC and a batch of entries, made through the services."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounting.calculations.exports.rows import ExportChoice
from accounting.models import ExportBatch, FecExport
from accounting.services.exporting import export_entries
from accounting.services.fec_making import make_fec
from accounting.states.books import JournalCode
from accounting.states.exports import ExportFormat
from cae.core.periods import Span
from people.models import User

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))


def choice(layout: str = ExportFormat.CSV, days: Span = MARCH, **more: bool) -> ExportChoice:
    """The entries of March 2026, of every journal, unless said otherwise."""
    return ExportChoice(days=days, journals=tuple(JournalCode.values), format=layout, **more)


def make_batch(days: Span = MARCH, *, actor: Any = None) -> ExportBatch:
    return export_entries(choice(days=days), actor=actor)


def made_fec(*, actor: Any = None) -> FecExport:
    return make_fec(YEAR, actor=actor)


def exported_by(users: dict[str, User]) -> dict[str, Any]:
    """What the walk visits of FEC and exports: its books have entries in 2026."""
    actor = users["accountant"]
    return {"fec": made_fec(actor=actor), "export_batch": make_batch(YEAR, actor=actor)}
