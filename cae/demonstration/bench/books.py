"""Statements among a thousand lines of the books, then a million: the same figures, the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounting.models import Account, AnalyticAccount, Entry, EntryLine, Journal, StatementLayout
from accounting.selectors.accounts import shared_section
from accounting.selectors.layout_figures import period_columns, standing_columns
from accounting.selectors.layout_statement import statement_of
from accounting.selectors.layouts import read
from accounting.selectors.statement import figures_of
from accounting.services.totals import rebuild_totals
from cae.core.periods import Month
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from cae.demonstration.mass.copying import Shelf

FEW, MANY = 1_000, 1_000_000
LIMIT = 1.5
# The lines of a section lie over the months of four years and these accounts, each against the bank: few
# or many, an activity has as many accounts and months.
YEARS = 4
# Accounts of third parties bear so many names.
PARTIES = 7_001
NUMBERS = ("601000", "606100", "611000", "625100", "641000", "645000", "706000", "706200", "707000", "401000")
_TOGETHER = 50_000
Ways = dict[str, Callable[[], object]]


def measure_books(*, seconds: float, many: int = MANY) -> list[Comparison]:
    """What the statement, the income statement and the balance sheet ask, of a section of few lines, then of
    many."""
    section, end = shared_section(), Month.of(timezone.localdate())
    ranks = count(1)
    _write(section, FEW, end, ranks)
    few = medians(_ways(section, end), seconds=seconds)
    _write(section, many - FEW, end, ranks)
    found = medians(_ways(section, end), seconds=seconds)
    return [
        Comparison(
            f"{name} of {many:,} lines, against {FEW:,}", ours=found[name], bare=few[name], limit=LIMIT
        )
        for name in few
    ]


def _ways(section: AnalyticAccount, end: Month) -> Ways:
    income, sheet = (
        StatementLayout.objects.filter(code=code).latest("version") for code in ("resultat", "bilan")
    )
    reads = {one.pk: read(one) for one in (income, sheet)}
    return {
        "monthly statement": lambda: figures_of(section, end),
        "income statement, five columns": lambda: statement_of(
            income, reads[income.pk], period_columns(end, 2), section
        ),
        "balance sheet, three years": lambda: statement_of(
            sheet, reads[sheet.pk], standing_columns(end.last, 2), section
        ),
    }


def _write(section: AnalyticAccount, lines: int, end: Month, ranks: Iterator[int]) -> None:
    """So many lines, two an entry. Reading is what is measured: triggers stand aside and totals follow."""
    accounts = {one.number: one for one in Account.objects.filter(number__in=[*NUMBERS, "512000"])}
    journal = Journal.objects.get(code="OD")
    entries, rows = Shelf(Entry), Shelf(EntryLine)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        for rank in range(lines // 2):
            entry, of_entry = _entry(section, journal, accounts, next(ranks), end)
            entries.put(entry)
            for row in of_entry:
                row.entry_id = entry.pk
                rows.put(row)
            if rank % _TOGETHER == _TOGETHER - 1:
                _leave(entries, rows)
        _leave(entries, rows)
    rebuild_totals()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE accounting_entry, accounting_entryline, accounting_monthtotal")


def _leave(*shelves: Shelf) -> None:
    for shelf in shelves:
        shelf.write()
        shelf.leave_counter()


def _entry(
    section: AnalyticAccount, journal: Journal, accounts: dict[str, Any], number: int, end: Month
) -> tuple[Entry, list[EntryLine]]:
    ago, account = number // len(NUMBERS) % (12 * YEARS), accounts[NUMBERS[number % len(NUMBERS)]]
    on = date(end.year - ago // 12, ago % 12 + 1, 1 + number % 28)
    entry = Entry(
        journal=journal,
        number=number,
        on=on,
        label="Mesure",
        total=Decimal(10),
        line_count=2,
        seal="0" * 64,
        created_at=timezone.make_aware(datetime.combine(on, time(12))),
    )
    ten = Decimal(10)
    party = f"Fournisseur n° {number % PARTIES}" if account.number.startswith("4") else ""
    return entry, [
        EntryLine(entry=entry, position=1, on=on, account=account, analytic=section, debit=ten, party=party),
        EntryLine(entry=entry, position=2, on=on, account=accounts["512000"], analytic=section, credit=ten),
    ]
