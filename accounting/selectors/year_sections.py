"""The activities of a year on the workbench: result, what each still lacks, its statement (ACC-46)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounting.models import AnalyticAccount, FiscalYear, MonthTotal, StatementAgreement, YearClosing
from accounting.models.accounts import AnalyticAccountQuerySet
from accounting.selectors.year_checks import Lack, activity_checks, activity_lacks
from accounting.selectors.year_statements import (
    is_to_review,
    moved_by_section,
    sections_of_year,
    standing_of_year,
)
from accounting.states.books import AccountKind
from accounting.states.year_end import StatementState
from cae.core.money import ZERO

_MONEY = DecimalField(max_digits=14, decimal_places=2)


def closing_of(year: FiscalYear) -> YearClosing:
    """How far the closing of a year has come; a year without a row is in preparation."""
    found = YearClosing.objects.select_related("year", "moved_by").filter(year=year).first()
    return found or YearClosing(year=year)


class YearRead:
    """What is asked once of a year, whatever the number of its activities."""

    def __init__(self, year: FiscalYear) -> None:
        self.year = year

    @cached_property
    def lacks(self) -> dict[int, list[Lack]]:
        return activity_lacks(self.year)

    @cached_property
    def statements(self) -> dict[int, StatementAgreement]:
        return standing_of_year(self.year)

    @cached_property
    def to_review(self) -> frozenset[int]:
        """The sections where something was booked since their statement was sent."""
        moved = moved_by_section(self.year)
        rows = self.statements.items()
        return frozenset(key for key, row in rows if key in moved and is_to_review(row, moved[key]))

    def lacking(self, code: str = "") -> list[int]:
        """The activities that lack this, or anything."""
        return [
            key for key, found in self.lacks.items() if not code or any(one.code == code for one in found)
        ]


class YearSections(AnalyticAccountQuerySet):
    """Sections of a year, each with its `lacks`, its `statement` and whether that is to be sent again."""

    read: YearRead | None = None

    def _clone(self) -> YearSections:
        rows: YearSections = super()._clone()  # type: ignore[misc]
        rows.read = self.read
        return rows

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and self._result_cache and self.read is not None:
            _tell(self._result_cache, self.read)


def _tell(sections: Sequence[Any], read: YearRead) -> None:
    """Gives each of these sections what is known of it."""
    total = len(activity_checks())
    for section in sections:
        section.lacks = read.lacks.get(section.activity_id, [])
        section.checks_total, section.checks_done = total, total - len(section.lacks)
        section.statement = read.statements.get(section.pk)
        section.is_to_review = section.pk in read.to_review


def year_sections(read: YearRead) -> YearSections:
    """The sections of activities of a year, by name, with their result."""
    flows = MonthTotal.objects.filter(
        ~Q(account__kind=AccountKind.BALANCE),
        analytic=OuterRef("pk"),
        month__range=(read.year.starts_on, read.year.ends_on),
        is_opening=False,
    )
    sums = flows.order_by().values("analytic").annotate(sum=Sum(F("credit") - F("debit"))).values("sum")
    rows = YearSections(AnalyticAccount).filter(pk__in=sections_of_year(read.year).order_by().values("pk"))
    rows.read = read
    result = Coalesce(Subquery(sums), Value(ZERO), output_field=_MONEY)
    return rows.select_related("activity").annotate(result=result).order_by("sort_label", "pk")


@dataclass(frozen=True)
class YearProgress:
    """How far the activities of a year are, in four figures."""

    activities: int
    complete: int
    # Statements accepted that still say what the books say; those that wait for an answer.
    accepted: int
    waiting: int


def year_progress(read: YearRead) -> YearProgress:
    keys: Mapping[int, Any] = dict(sections_of_year(read.year).order_by().values_list("pk", "activity"))
    sent = [row for key, row in read.statements.items() if key in keys]
    return YearProgress(
        activities=len(keys),
        complete=sum(activity not in read.lacks for activity in keys.values()),
        accepted=sum(
            row.state == StatementState.SIGNED and row.analytic_id not in read.to_review for row in sent
        ),
        waiting=sum(
            row.state == StatementState.TO_SIGN and row.analytic_id not in read.to_review for row in sent
        ),
    )
