"""The statement reads what the books hold, whatever they hold, in a few questions however much it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F
from django.urls import reverse

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.statement import MonthSum, statement_at
from accounting.models import AnalyticAccount, ContributionRun, EntryLine
from accounting.selectors.accounts import section_of
from accounting.selectors.statement import figures_of, figures_today, first_month, runs_of_month
from accounting.services.contribution_months import run_month
from accounting.services.posting import post_entry
from accounting.services.scales import assign_scale
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

SEPTEMBER = Month(2026, 9)


def _nothing(_activity: Activity) -> Month | None:
    return None


def _only_opening(activity: Activity) -> Month:
    section = section_of(activity).pk
    lines = (
        debit("bank", section, Decimal("812.34")),
        credit("customer_advance", section, Decimal("812.34")),
    )
    draft = EntryDraft(journal="AN", on=date(2023, 1, 1), label="À nouveau", piece="AN", lines=lines)
    post_entry(draft, actor=None, source=None)
    return Month(2023, 1)


def _several_years(activity: Activity) -> Month:
    for year in (2023, 2024, 2025, 2026):
        for month in (1, 9, 12):
            number = f"F-{year}-{month}"
            books.sale(activity, f"{year}.{month:02d}", on=date(year, month, 28), number=number)
            books.take(activity, "100.00", on=date(year, month, 28), number=number)
    return Month(2023, 1)


def _closed(activity: Activity) -> Month:
    books.sale(activity, "50.00", on=date(2025, 12, 31))
    Activity.objects.filter(pk=activity.pk).update(closed_on=date(2026, 1, 31), close_reason="Départ")
    return Month(2025, 12)


def _several_scales(activity: Activity) -> Month:
    books.sale(activity, "1000.00", on=date(2026, 3, 10))
    books.take(activity, "1000.00", on=date(2026, 3, 10), number="F-1")
    other = books.scale("0.2000", code="autre", is_default=False)
    assign_scale(activity, scale=other, starts_on=date(2026, 4, 1), reason="Vote", actor=None)
    books.sale(activity, "500.00", on=date(2026, 9, 2), number="F-2")
    books.take(activity, "500.00", on=date(2026, 9, 2), number="F-2")
    return Month(2026, 3)


CASES: list[Callable[[Activity], Month | None]] = [
    _nothing,
    _only_opening,
    _several_years,
    _closed,
    _several_scales,
]


def _line_by_line(section: AnalyticAccount, end: date) -> list[MonthSum]:
    """The same from each line, dated by its entry and added up here."""
    lines = EntryLine.objects.filter(analytic=section, entry__on__lte=end).select_related("account", "entry")
    return [
        MonthSum(
            line.account.number,
            line.account.kind,
            line.account.role or "",
            Month.of(line.entry.on),
            line.debit - line.credit,
        )
        for line in lines
    ]


@pytest.mark.parametrize("fill", CASES)
def test_figures_are_those_of_the_lines_one_by_one(fill: Callable[[Activity], Month | None]) -> None:
    books.scale("0.1000", on=date(2023, 1, 1))
    activity = make_activity(code="A1", on=date(2023, 1, 1))
    books.sale(make_activity(code="B2"), "77.00", number="B-1")
    first = fill(activity)
    section = section_of(activity)
    assert first_month(section) == first
    for month in (SEPTEMBER, Month(2026, 1), Month(2025, 12), Month(2024, 2)):
        sums = _line_by_line(section, month.last)
        found = figures_of(section, month)
        assert found.now == statement_at(sums, month)
        assert found.before == statement_at(sums, Month(month.year - 1, month.month))
        today = month.first.replace(day=28)
        now, sales = figures_today(activity, today, [month])
        assert now == statement_at(_line_by_line(section, today), month)
        assert sales == [now.sales.month]
    reader = client_of(make_user(RoleKind.ACCOUNTANT))
    for page in ("activity_statement", "statement_file"):
        args = [activity.pk] if page == "activity_statement" else [activity.pk, SEPTEMBER, "csv"]
        assert reader.get(reverse(f"accounting:{page}", args=args)).status_code == 200


def test_no_line_is_of_another_day_than_its_entry() -> None:
    activity = make_activity(code="A1")
    _several_years(activity)
    assert EntryLine.objects.exists()
    assert not EntryLine.objects.exclude(on=F("entry__on")).exists()


def _adjusted_months(activity: Activity, *months: int) -> None:
    """Months computed, then adjusted in September for a sale that came late."""
    for month in months:
        books.take(activity, "1000.00", on=date(2026, month, 10), number=f"F-{month}")
        run_month(activity, Month(2026, month), today=date(2026, 9, 1), actor=None)
        books.take(activity, "-400.00", on=date(2026, month, 20), number=f"A-{month}", corrects=f"F-{month}")
        run_month(activity, Month(2026, month), today=date(2026, 9, 5), actor=None)


def test_the_runs_of_a_month_cost_the_same_however_many_adjust(django_assert_num_queries: Any) -> None:
    books.scale(rules=books.monthly(fixed_per_month="30.00"))
    one, many = make_activity(code="A1"), make_activity(code="B2")
    _adjusted_months(one, 3)
    _adjusted_months(many, 3, 4, 5, 6)

    def read(activity: Activity) -> list[ContributionRun]:
        runs = runs_of_month(activity, SEPTEMBER)
        # All that a statement says of each.
        assert all(run.scale.label and (run.adjusts is None or run.adjusts.scale.label) for run in runs)
        return runs

    read(one)
    with django_assert_num_queries(2):
        assert [run.adjusts is not None for run in read(one)].count(True) == 1
    with django_assert_num_queries(2):
        assert [run.adjusts is not None for run in read(many)].count(True) == 4


def test_a_credit_note_names_what_it_gives_back(django_assert_num_queries: Any) -> None:
    books.scale("0.1000")
    activity = make_activity(code="A1")
    taken = books.take(activity, "1000.00", on=date(2026, 9, 2), number="F-1")
    books.take(activity, "-400.00", on=date(2026, 9, 20), number="A-1", corrects="F-1")
    runs_of_month(activity, SEPTEMBER)
    with django_assert_num_queries(2):
        runs = runs_of_month(activity, SEPTEMBER)
        assert [run.corrects.subject if run.corrects else "" for run in runs] == ["", "F-1"]
    assert taken is not None
