"""Folds the month totals that wait into one row each."""

from __future__ import annotations

from django.db import connection, transaction

from accounting.models import MonthTotal
from cae.core.turns import take_turn

_TURN = "accounting.totals"
# One statement: a reader sees the rows before or after, never between. What is inserted meanwhile waits for
# the next time.
_FOLD = """
    WITH gone AS (
        DELETE FROM accounting_monthtotal WHERE is_fresh
        RETURNING analytic_id, account_id, month, is_opening, debit, credit
    )
    INSERT INTO accounting_monthtotal AS kept
        (analytic_id, account_id, month, is_opening, debit, credit, is_fresh)
    SELECT analytic_id, account_id, month, is_opening, SUM(debit), SUM(credit), FALSE
    FROM gone GROUP BY 1, 2, 3, 4
    ON CONFLICT (analytic_id, account_id, month, is_opening) WHERE NOT is_fresh
    DO UPDATE SET debit = kept.debit + EXCLUDED.debit, credit = kept.credit + EXCLUDED.credit
"""
_ADD_AGAIN = """
    INSERT INTO accounting_monthtotal (analytic_id, account_id, month, is_opening, debit, credit, is_fresh)
    SELECT line.analytic_id, line.account_id, date_trunc('month', line."on")::date, journal.code = 'RA',
        SUM(line.debit), SUM(line.credit), FALSE
    FROM accounting_entryline line
    JOIN accounting_entry entry ON entry.id = line.entry_id
    JOIN accounting_journal journal ON journal.id = entry.journal_id
    GROUP BY 1, 2, 3, 4
"""


@transaction.atomic
def fold_totals() -> None:
    """Does: adds the rows that wait to those of their month. Refuses: nothing. Leaves behind: the same
    sums in fewer rows; those who post meanwhile never waited."""
    take_turn(_TURN)
    with connection.cursor() as cursor:
        cursor.execute(_FOLD)


@transaction.atomic
def rebuild_totals() -> None:
    """Does: writes every total again from the lines, once a control found them apart. Refuses: nothing.
    Leaves behind: totals that are those of the lines; those who post wait until the end."""
    # What a fold writes meanwhile would stand beside what is written again.
    take_turn(_TURN)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounting_entryline IN SHARE MODE")
        MonthTotal.objects.all().delete()
        cursor.execute(_ADD_AGAIN)
