"""Entries that wait for an export, the lines of a batch, what left before (ACC-49)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from accounting.calculations.exports.plain import plain_lines
from accounting.calculations.exports.quadra import ACCOUNT, quadra_lines
from accounting.calculations.exports.rows import ExportChoice, Row, grouped
from accounting.models import Account, Entry, EntryLine, ExportBatch, ExportedEntry
from accounting.states.exports import ExportFormat
from cae.core import permissions
from cae.core.facts import Source
from cae.core.models import Document

EXPORT_FILE = "accounting.export_file"
PREVIEWED = 20
_CELLS = (
    "entry__journal__code",
    "entry__number",
    "on",
    "entry__piece",
    "account__number",
    "account__label",
    "party",
    "label",
    "debit",
    "credit",
    "vat_rate",
    "due_on",
    "analytic__code",
    "analytic__label",
    "cost_kind__label",
    "entry__label",
)
_SLICE = 5000


@dataclass(frozen=True)
class Preview:
    """What would leave: its first lines as the file would write them, and how much in all."""

    entries: int
    lines: list[str]


def waiting(choice: ExportChoice) -> QuerySet[Entry]:
    """The entries of a choice, without those that a batch took unless it wants them again."""
    start, end = choice.days.starts_on, choice.days.ends_on
    rows = Entry.objects.filter(on__range=(start, end), journal__code__in=choice.journals)
    if choice.takes_again:
        return rows
    return rows.exclude(Exists(ExportedEntry.objects.filter(entry=OuterRef("pk"), is_taken=True)))


def rows_of(number: int) -> Iterator[Row]:
    """The lines that a batch took, in the order of validation; read by slices."""
    return _rows(EntryLine.objects.filter(entry__exported__batch=number))


def _rows(lines: QuerySet[EntryLine]) -> Iterator[Row]:
    found = lines.order_by("entry_id", "position").values_list(*_CELLS)
    for *cells, entry_label in found.iterator(chunk_size=_SLICE):
        cells[7] = cells[7] or entry_label
        cells[14] = cells[14] or ""
        yield Row(*cells)


def written_lines(rows: Iterable[Row], layout: str) -> Iterator[bytes]:
    """The lines of a file in one of the layouts that are ours to write."""
    return quadra_lines(rows) if layout == ExportFormat.QUADRA else plain_lines(rows)


def preview_of(choice: ExportChoice) -> Preview:
    """The first lines of what would leave. A FEC is shown in our own columns: it says the same."""
    entries = waiting(choice)
    first = entries.order_by("pk").values_list("pk", flat=True)[:PREVIEWED]
    rows = _rows(EntryLine.objects.filter(entry__in=list(first)))
    shown = grouped(rows) if choice.is_grouped else rows
    lines = islice(written_lines(shown, choice.format), PREVIEWED + 1)
    return Preview(entries.count(), [line.decode("utf-8-sig").rstrip("\r\n") for line in lines])


def accounts_too_long(choice: ExportChoice) -> list[str]:
    """Accounts of these entries that a layout of fixed places cannot hold, in order."""
    if choice.format != ExportFormat.QUADRA:
        return []
    lines = EntryLine.objects.filter(entry__in=waiting(choice), account=OuterRef("pk"))
    rows = Account.objects.filter(number__regex=f"^.{{{ACCOUNT + 1},}}$").filter(Exists(lines))
    return list(rows.order_by("number").values_list("number", flat=True))


def batches_listed() -> QuerySet[ExportBatch]:
    return ExportBatch.objects.select_related("made_by__person", "undone_by__person")


def next_batch_number() -> int:
    return (ExportBatch.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def last_batch() -> ExportBatch | None:
    """The last that stands."""
    return ExportBatch.objects.filter(undone_at=None).order_by("-number").first()


def file_of_batch(batch: ExportBatch) -> Document | None:
    return Document.objects.filter(
        about_type=ExportBatch._meta.label_lower, about_id=str(batch.pk), kind=EXPORT_FILE
    ).first()


def batch_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each batch that an act is about, for who may open it."""
    if not permissions.can(user, "accounting.open_fec"):
        return {}
    rows = ExportBatch.objects.filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}
