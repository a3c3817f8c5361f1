"""Yearly statements of activities: what each section moved, what was sent, what changed since (ACC-46)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounting.models import AnalyticAccount, FiscalYear, MonthTotal, StatementAgreement
from accounting.states.books import AccountKind, AnalyticKind
from accounting.states.periods import YearState
from accounting.states.year_end import StatementState
from cae.core.facts import Source
from cae.core.models import Document
from cae.core.money import ZERO
from cae.core.questions import GivenKeys
from people.models import PersonScope, User
from people.selectors import scopes_with_part
from people.states import LEADING_PARTS

STATEMENT_FILE = "accounting.year_statement"
ARCHIVE_FILE = "accounting.year_statements"
_FLOW = ~Q(account__kind=AccountKind.BALANCE)


@dataclass(frozen=True)
class Moved:
    """What a section moved up to the end of a year, opening and closing entries left out: each posting adds
    to one of the sums, so that equal sums mean that nothing was booked since."""

    debit: Decimal = ZERO
    credit: Decimal = ZERO
    result: Decimal = ZERO

    @property
    def sums(self) -> tuple[Decimal, Decimal]:
        return self.debit, self.credit


def moved_by_section(year: FiscalYear, *, only: AnalyticAccount | None = None) -> dict[int, Moved]:
    """The sections of activities that moved something up to the end of the year; one query."""
    rows = MonthTotal.objects.filter(
        month__lte=year.ends_on, is_opening=False, analytic__kind=AnalyticKind.ACTIVITY
    )
    if only is not None:
        rows = rows.filter(analytic=only)
    in_year = _FLOW & Q(month__gte=year.starts_on)
    sums = (
        rows.order_by()
        .values("analytic")
        .annotate(
            debits=Sum("debit"),
            credits=Sum("credit"),
            result=Sum(F("credit") - F("debit"), filter=in_year, default=ZERO),
        )
    )
    found = sums.values_list("analytic", "debits", "credits", "result")
    return {key: Moved(*amounts) for key, *amounts in found}


def sections_of_year(year: FiscalYear) -> QuerySet[AnalyticAccount]:
    """The sections of activities that moved something in the year, by name."""
    moved = MonthTotal.objects.filter(
        analytic=OuterRef("pk"), month__range=(year.starts_on, year.ends_on), is_opening=False
    )
    rows = AnalyticAccount.objects.filter(Exists(moved), kind=AnalyticKind.ACTIVITY)
    return rows.select_related("activity").order_by("sort_label", "pk")


def standing_of_year(year: FiscalYear) -> dict[int, StatementAgreement]:
    """The last statement sent to each section; one query."""
    rows = StatementAgreement.objects.standing().filter(year=year)
    return {row.analytic_id: row for row in rows.select_related("analytic", "year")}


def is_to_review(row: StatementAgreement, moved: Moved) -> bool:
    """Something was booked since it was sent."""
    return (row.debit, row.credit) != moved.sums


def moved_since(row: StatementAgreement) -> bool:
    """The same, of one statement."""
    found = moved_by_section(row.year, only=row.analytic)
    return is_to_review(row, found.get(row.analytic_id, Moved()))


def with_sums_now(rows: QuerySet[StatementAgreement]) -> QuerySet[StatementAgreement]:
    """Each with `debit_now` and `credit_now`, the sums that `is_to_review` puts beside its own."""
    moved = MonthTotal.objects.filter(
        analytic=OuterRef("analytic"), month__lte=OuterRef("year__ends_on"), is_opening=False
    )
    by_section = moved.order_by().values("analytic")
    return rows.annotate(
        debit_now=Coalesce(Subquery(by_section.annotate(sum=Sum("debit")).values("sum")), ZERO),
        credit_now=Coalesce(Subquery(by_section.annotate(sum=Sum("credit")).values("sum")), ZERO),
    )


_AS_SENT = Q(debit=F("debit_now"), credit=F("credit_now"))


def statements_to_review() -> QuerySet[StatementAgreement]:
    """Those of open years that say no longer what the books say; a closed year receives nothing."""
    rows = StatementAgreement.objects.standing().filter(year__state=YearState.OPEN)
    return with_sums_now(rows).exclude(_AS_SENT)


def statements_listed(user: Any) -> QuerySet[StatementAgreement]:
    """Those of the activities in sight, the latest year first."""
    rows = StatementAgreement.objects.visible_to(user)
    return rows.select_related("year", "analytic__activity", "signature", "created_by")


def statements_of_section(section: AnalyticAccount) -> list[StatementAgreement]:
    """The last statement of each year of a section."""
    rows = StatementAgreement.objects.standing().filter(analytic=section)
    return list(rows.select_related("year", "analytic").order_by("-year__starts_on"))


def statements_led(user: Any) -> list[StatementAgreement]:
    """The last statement of each year of the activities that this person leads."""
    rows = StatementAgreement.objects.standing().filter(
        analytic__activity__scope__in=scopes_with_part(user, LEADING_PARTS)
    )
    return list(rows.select_related("year", "analytic").order_by("-year__starts_on", "analytic__sort_label"))


def file_of_statement(row: StatementAgreement) -> Document | None:
    """The file that is accepted; its hash is that of the statement."""
    rows = Document.objects.filter(
        about_type=row._meta.label_lower, about_id=str(row.pk), kind=STATEMENT_FILE, sha256=row.content_sha256
    )
    return rows.first()


def statements_to_sign(scopes: Iterable[int] | GivenKeys) -> QuerySet[StatementAgreement]:
    """Those that wait for who leads the activity; one that something was booked since cannot be accepted."""
    rows = StatementAgreement.objects.filter(
        state=StatementState.TO_SIGN, analytic__activity__scope__in=scopes
    )
    return with_sums_now(rows).filter(_AS_SENT)


def statement_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each statement that a notice or an act is about, among those in sight."""
    rows = statements_listed(user).filter(pk__in=keys)
    return {str(row.pk): Source(str(row), row.get_absolute_url()) for row in rows}


def leaders_of(section: AnalyticAccount, on: date) -> list[User]:
    """The open accounts of those who lead the activity of a section on a day."""
    activity = section.activity
    held = PersonScope.objects.in_force(on).filter(
        person=OuterRef("person"), scope=activity.scope_id if activity else None, part__in=LEADING_PARTS
    )
    return list(User.objects.filter(Exists(held), is_active=True).order_by("pk"))
