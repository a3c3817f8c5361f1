"""The facts that the seal of an entry covers, read from its rows: the same to write and to verify it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from accounting.calculations.seals import SealedEntry, SealedLine
from accounting.models import Entry, EntryLine


def sealed_facts(entry: Entry, rows: Iterable[EntryLine]) -> SealedEntry:
    reversed_entry = entry.reverses
    source = (
        f"{entry.source_type.app_label}.{entry.source_type.model} {entry.source_id}"
        if entry.source_type
        else ""
    )
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
        lines=tuple(
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
            )
            for row in rows
        ),
    )


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
