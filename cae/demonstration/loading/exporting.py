"""What leaves the books: the FEC of last year with its report, a month sent to the firm that audits."""

from __future__ import annotations

from datetime import date, timedelta

from accounting.calculations.exports.rows import ExportChoice
from accounting.selectors.exports import waiting
from accounting.selectors.fec_files import has_entries
from accounting.selectors.periods import year_span
from accounting.services.exporting import export_entries
from accounting.services.fec_making import make_fec
from accounting.states.books import JournalCode
from accounting.states.exports import ExportFormat
from cae.core.periods import Month, Span
from people.models import User


def export_books(*, today: date, actor: User) -> None:
    last_year = year_span(year_span(today).starts_on - timedelta(days=1))
    if has_entries(last_year):
        make_fec(last_year, actor=actor)
    month = Month.of(today).previous().previous()
    journals = (JournalCode.SALES, JournalCode.PURCHASES, JournalCode.BANK)
    days = Span(month.first, month.last)
    choice = ExportChoice(days, journals, ExportFormat.CSV, is_grouped=True)
    if waiting(choice).exists():
        export_entries(choice, actor=actor)
