"""The facts that the seal of an entry covers, read from its rows: the same to write and to verify it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Value
from django.db.models.functions import Coalesce

from accounting.calculations.seals import SealedEntry, SealedLine
from accounting.models import Entry, EntryLine

# In the order of `SealedLine`, as far as the label.
_SEALED = (
    "position",
    "account__number",
    "analytic__code",
    "debit",
    "credit",
    "vat_rate",
    "due_on",
    "party",
    "label",
)


def sealed_facts(entry: Entry, rows: Iterable[EntryLine]) -> SealedEntry:
    """Those of an entry whose lines are at hand."""
    lines = (
        SealedLine(
            position=row.position,
            account=row.account.number,
            analytic=row.analytic.code,
            debit=row.debit,
            credit=row.credit,
            vat_rate=row.vat_rate,
            due_on=row.due_on,
            party=row.party,
            label=row.label,
            cost=row.cost_kind.code if row.cost_kind else "",
            vat_kind=row.vat_kind,
            vat_base=row.vat_base,
        )
        for row in rows
    )
    return sealed_entry(entry, lines)


def sealed_entry(entry: Entry, lines: Iterable[SealedLine]) -> SealedEntry:
    reversed_entry, source = entry.reverses, ""
    if entry.source_type_id is not None:
        kind = ContentType.objects.get_for_id(entry.source_type_id)
        source = f"{kind.app_label}.{kind.model} {entry.source_id}"
    return SealedEntry(
        journal=entry.journal.code,
        number=entry.number,
        on=entry.on,
        label=entry.label,
        piece=entry.piece,
        source=source,
        reverses=str(reversed_entry) if reversed_entry else "",
        total=entry.total,
        author=entry.created_by_id,
        at=_utc(entry.created_at),
        lines=tuple(lines),
    )


def sealed_lines(entries: Sequence[Entry]) -> dict[int, list[SealedLine]]:
    """The lines of many entries, read without a row for each account, section and nature of cost."""
    found: dict[int, list[SealedLine]] = {entry.pk: [] for entry in entries}
    rows = EntryLine.objects.filter(entry__in=found).order_by("entry_id", "position")
    cost = Coalesce("cost_kind__code", Value(""))
    for entry, *facts in rows.values_list("entry_id", *_SEALED, cost, "vat_kind", "vat_base"):
        found[entry].append(SealedLine(*facts))
    return found


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
