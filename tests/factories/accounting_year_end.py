"""A year of the books that is over: what an activity sold and spent, its closing, its statements."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import AnalyticAccount, Entry, FiscalYear, StatementAgreement, YearClosing
from accounting.selectors.accounts import section_of
from accounting.selectors.periods import fiscal_year_of
from accounting.services.periods import ensure_year
from accounting.services.posting import post_entry
from accounting.services.year_closings import prepare_year
from accounting.services.year_statements import send_statement, sign_statement
from cae.core.periods import Month
from cae.core.signing import Hand, Origin
from entrepreneurs.models import Activity
from people.models import User
from tests.factories.accounting_ledger import close
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_cooperative

END, TODAY = date(2025, 12, 31), date(2026, 2, 2)
SIGNED_AT = datetime(2026, 2, 3, 9, tzinfo=UTC)


def moved(section: AnalyticAccount, sold: str, spent: str = "0", on: date = date(2025, 12, 3)) -> Entry:
    """What a section sold and spent on a day, by the bank."""
    income, expense = Decimal(sold), Decimal(spent)
    lines = (
        debit("bank", section.pk, income - expense),
        debit("604000", section.pk, expense),
        credit("706000", section.pk, income),
    )
    return post_entry(EntryDraft("OD", on, "Année", lines), actor=None, source=None)


def year_2025() -> FiscalYear:
    return fiscal_year_of(END) or ensure_year(END, actor=None)


def make_year(*, code: str = "ETABLI") -> tuple[User, Activity, FiscalYear]:
    """An activity that sold in the last month of a year whose other months are closed."""
    make_cooperative()
    user, activity = make_entrepreneur(code=code)
    moved(section_of(activity), "900.00", "300.00")
    return user, activity, year_2025()


def ready(year: FiscalYear, *, actor: Any = None) -> YearClosing:
    return prepare_year(year, looked=True, today=TODAY, actor=actor)


def close_before(year: FiscalYear) -> None:
    """The month before the last: the books begin there."""
    close(str(Month.of(year.ends_on).previous()))


def sent(activity: Activity, year: FiscalYear) -> StatementAgreement:
    return send_statement(section_of(activity), year=year, today=TODAY, actor=None)


def signed(row: StatementAgreement, user: User, **changes: Any) -> StatementAgreement:
    facts: dict[str, Any] = {
        "hand": Hand(str(user), typed=str(user)),
        "shown": row.content_sha256,
        "at": SIGNED_AT,
        "origin": Origin("192.0.2.1", "Essai"),
    }
    return sign_statement(row, **facts | changes, actor=user)


def year_ended_by(activity: Activity) -> dict[str, Any]:
    """What the walk visits of a year that is over: the statement of the seller, to accept."""
    return {"year_statement": sent(activity, year_2025())}
