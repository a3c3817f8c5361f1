"""Ledger, trial balance, balances of activities: right figures, each in as many queries for 1 or 30 rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import Account, AnalyticAccount, ContributionRun, Entry
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.balances import activity_balances
from accounting.selectors.ledger import (
    books_totals,
    entries_touching,
    entries_visible_to,
    general_ledger,
    ledger_saying,
    opening_balance,
    trial_balance,
)
from accounting.selectors.statement import figures_of, lines_behind, span_of
from accounting.services.posting import post_entry
from cae.core.facts import Source, facts, sources_of
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

MARCH = Month(2026, 3)


def euros(text: str) -> Decimal:
    return Decimal(text)


def pay(activity: Activity, amount: str, *, on: date) -> None:
    section = section_of(activity).pk
    lines = (debit("bank", section, euros(amount)), credit("customer", section, euros(amount)))
    post_entry(EntryDraft(journal="BQ", on=on, label="Règlement", lines=lines), actor=None, source=None)


@pytest.fixture
def activity() -> Activity:
    """February: 100.00 sold. March: 200.00 sold, contribution taken, 150.00 paid."""
    books.scale()
    one = make_activity(code="A1")
    books.sale(one, "100.00", on=date(2026, 2, 10), number="F-1")
    books.sale(one, "200.00", on=date(2026, 3, 2), number="F-2")
    books.take(one, "200.00", number="F-2")
    pay(one, "150.00", on=date(2026, 3, 20))
    return one


def test_the_statement_counts_month_year_and_balances(activity: Activity) -> None:
    found = figures_of(section_of(activity), MARCH).now
    assert (found.sales.month, found.sales.year) == (euros("200.00"), euros("300.00"))
    assert (found.contribution.month, found.contribution.year) == (euros("20.00"), euros("20.00"))
    assert (found.result.month, found.result.year) == (euros("180.00"), euros("280.00"))
    assert (found.vat_collected, found.vat_waiting) == (euros("60.00"), euros("0.00"))
    assert (found.receivables, found.cash) == (euros("210.00"), euros("150.00"))


def test_the_statement_of_an_earlier_month_ignores_what_came_after(activity: Activity) -> None:
    found = figures_of(section_of(activity), MARCH.previous()).now
    assert (found.sales.month, found.sales.year) == (euros("100.00"), euros("100.00"))
    assert (found.receivables, found.cash) == (euros("120.00"), euros("0.00"))


def test_the_year_to_date_begins_on_1_january(activity: Activity) -> None:
    books.sale(activity, "50.00", on=date(2025, 12, 31), number="F-0")
    found = figures_of(section_of(activity), MARCH).now
    assert found.sales.year == euros("300.00")
    assert found.receivables == euros("270.00")


def test_sales_of_the_months_of_a_year(activity: Activity) -> None:
    months = figures_of(section_of(activity), MARCH).sales
    assert months[:4] == (euros("0.00"), euros("100.00"), euros("200.00"), euros("0.00"))
    assert len(months) == 12


FLOWS = [
    (name, period) for name in ("sales", "costs", "contribution", "result") for period in ("month", "year")
]
STOCKS = [(name, "ever") for name in ("vat_collected", "vat_waiting", "receivables", "cash")]


@pytest.mark.parametrize(("figure", "period"), FLOWS + STOCKS)
def test_the_entries_behind_a_figure_add_up_to_it(activity: Activity, figure: str, period: str) -> None:
    section = section_of(activity)
    found = getattr(figures_of(section, MARCH).now, figure)
    wanted = found if period == "ever" else getattr(found, period)
    sums = lines_behind(section, figure, span_of(period, MARCH)).aggregate(
        up=Sum("debit"), down=Sum("credit")
    )
    assert abs((sums["up"] or 0) - (sums["down"] or 0)) == wanted


def test_the_trial_balance_is_equal_on_both_sides(activity: Activity) -> None:
    rows = {row.role: row for row in trial_balance()}
    sums = trial_balance().aggregate(
        up=Sum("debits"), down=Sum("credits"), owed=Sum("debit_balance"), due=Sum("credit_balance")
    )
    assert sums["up"] == sums["down"] == euros("550.00")
    assert sums["owed"] == sums["due"]
    assert (rows["customer"].debit_balance, rows["customer"].credit_balance) == (
        euros("210.00"),
        euros("0.00"),
    )
    assert (rows["revenue_services"].debit_balance, rows["revenue_services"].credit_balance) == (
        euros("0.00"),
        euros("300.00"),
    )


def test_the_trial_balance_of_a_period_carries_what_was_before(activity: Activity) -> None:
    row = trial_balance(start=date(2026, 3, 1), end=date(2026, 3, 31)).get(role="customer")
    assert (row.carried, row.debits, row.credits, row.balance) == (
        euros("120.00"),
        euros("240.00"),
        euros("150.00"),
        euros("210.00"),
    )


def test_the_trial_balance_of_a_section(activity: Activity) -> None:
    shared = {row.role: row.credit_balance for row in trial_balance(analytic=shared_section())}
    assert shared == {"internal_link": euros("0.00"), "internal_income": euros("20.00")}


def test_the_ledger_runs_on_from_the_balance_carried(activity: Activity) -> None:
    account = Account.objects.get(role="customer")
    start = date(2026, 3, 1)
    assert opening_balance(account, start) == euros("120.00")
    assert opening_balance(account, None) == euros("0.00")
    lines = general_ledger(account, start=start, end=date(2026, 3, 31))
    assert [line.running for line in lines] == [euros("360.00"), euros("210.00")]
    whole = general_ledger(account, start=None, end=None)
    assert [line.running for line in whole] == [euros("120.00"), euros("360.00"), euros("210.00")]


def test_a_search_in_the_ledger_keeps_the_running_balance(activity: Activity) -> None:
    account = Account.objects.get(role="customer")
    lines = ledger_saying(general_ledger(account, start=None, end=None), "reglement")
    assert [(line.entry.reference, line.running) for line in lines] == [("BQ 1", euros("210.00"))]
    assert lines.count() == 1
    assert not ledger_saying(general_ledger(account, start=None, end=None), "reglement autre").exists()


def test_each_activity_has_its_balances(activity: Activity) -> None:
    books.sale(make_activity(code="B2"), "1000.00")
    reader = make_user(RoleKind.ACCOUNTANT)
    rows = {row.code: row for row in activity_balances(reader)}
    one = rows["A1"]
    assert (one.sales, one.contribution, one.result) == (euros("300.00"), euros("20.00"), euros("280.00"))
    assert (one.receivables, one.cash) == (euros("210.00"), euros("150.00"))
    assert rows["B2"].sales == euros("1000.00")
    assert (rows["SHARED"].contribution, rows["SHARED"].result) == (euros("-20.00"), euros("20.00"))
    early = {row.code: row.sales for row in activity_balances(reader, end=date(2026, 2, 28))}
    assert early == {"A1": euros("100.00"), "B2": euros("0.00"), "SHARED": euros("0.00")}


def _sums_of(rows: Iterable[Any]) -> dict[str, tuple[Decimal, ...]]:
    names = ("sales", "costs", "contribution", "result", "receivables", "cash")
    return {row.code: tuple(getattr(row, name) for name in names) for row in rows}


@pytest.mark.parametrize("end", [None, date(2026, 2, 28), date(2020, 1, 1)])
def test_balances_of_the_rows_shown_are_those_that_order_and_total_them(
    activity: Activity, end: date | None
) -> None:
    books.sale(make_activity(code="B2"), "1000.00")
    make_activity(code="EMPTY")
    rows = activity_balances(make_user(RoleKind.ACCOUNTANT), end=end)
    every = _sums_of(rows)
    assert every["EMPTY"] == (euros("0.00"),) * 6
    assert _sums_of(rows.order_by("-sales", "code")) == every
    shown = rows[:2]
    assert _sums_of(shown) == {row.code: every[row.code] for row in shown}
    for rank, name in enumerate(("sales", "costs", "contribution", "result", "receivables", "cash")):
        down = [row.code for row in rows.order_by(f"-{name}", "code")]
        assert down == sorted(every, key=lambda code: (-every[code][rank], code)), name
        up = [row.code for row in rows.order_by(name, "code")]
        assert up == sorted(every, key=lambda code: (every[code][rank], code)), name
        total = rows.aggregate(total=Sum(name))["total"]
        assert total == sum((sums[rank] for sums in every.values()), euros("0.00")), name


def test_balances_read_the_lines_of_the_rows_shown(
    activity: Activity, django_assert_num_queries: Any
) -> None:
    for rank in range(3):
        books.sale(make_activity(code=f"X{rank}"))
    rows = activity_balances(make_user(RoleKind.ACCOUNTANT))
    with django_assert_num_queries(1) as counted:
        assert rows.count() == 5
    assert "entryline" not in counted[0]["sql"]
    with django_assert_num_queries(2) as asked:
        shown = list(rows[:2])
    keys = ",".join(str(key) for key in sorted(row.pk for row in shown))
    assert f"= ANY('{{{keys}}}'" in asked[1]["sql"]
    with django_assert_num_queries(2):
        assert list(rows.order_by("-cash")[:2])


def test_entries_that_touch_an_account_or_a_section(activity: Activity) -> None:
    rows = entries_visible_to(make_user(RoleKind.ACCOUNTANT))
    bank = Account.objects.get(role="bank")
    assert [str(row) for row in entries_touching(rows, account=bank)] == ["BQ 1"]
    assert [str(row) for row in entries_touching(rows, analytic=shared_section())] == ["AN 1"]


def test_the_page_of_an_entry_is_given_to_who_sees_it(activity: Activity) -> None:
    entry = Entry.objects.get(journal__code="AN")
    row = ("accounting.entry", str(entry.pk))
    found = sources_of(make_user(RoleKind.AUDITOR), [row])
    assert found == {row: Source("Écriture AN 1", entry.get_absolute_url())}
    assert sources_of(make_user(RoleKind.ENTREPRENEUR), [row]) == {}


def test_facts_read_by_the_rooms_below(activity: Activity) -> None:
    other = make_activity(code="B2")
    on, keys = date(2026, 3, 31), [activity, other]
    assert facts("activity.cash", keys, on=on) == {activity.pk: euros("150.00"), other.pk: euros("0.00")}
    assert facts("activity.receivable", keys, on=on)[activity.pk] == euros("210.00")
    assert facts("activity.sales", keys, on=on)[activity.pk] == euros("300.00")
    assert facts("activity.sales_of_month", keys, on=on)[activity.pk] == euros("200.00")
    assert facts("activity.contribution_of_month", keys, on=on)[activity.pk] == euros("20.00")
    assert facts("activity.sales", keys, on=date(2026, 2, 28))[activity.pk] == euros("100.00")


def _questions(activity: Activity) -> dict[str, Callable[[], Any]]:
    section, user = section_of(activity), make_user(RoleKind.ACCOUNTANT)
    account = Account.objects.get(role="customer")
    return {
        "statement and chart": lambda: figures_of(section, MARCH),
        "behind": lambda: [
            str(line.entry) for line in lines_behind(section, "sales", span_of("year", MARCH))
        ],
        "trial balance": lambda: list(trial_balance()),
        "ledger": lambda: [str(line.entry) for line in general_ledger(account, start=None, end=None)],
        "activities": lambda: [str(row.activity) for row in activity_balances(user)],
        "entries": lambda: [str(row) for row in entries_visible_to(user)],
        "cash": lambda: facts("activity.cash", Activity.objects.all(), on=date(2026, 3, 31)),
    }


def test_questions_cost_the_same_for_1_and_30_rows(
    activity: Activity, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    questions = _questions(activity)
    counts = {}
    for name, ask in questions.items():
        ask()
        with django_assert_max_num_queries(4) as captured:
            ask()
        counts[name] = len(captured)
    for rank in range(30):
        books.sale(make_activity(code=f"X{rank}"), on=date(2026, 3, 5))
        books.sale(activity, on=date(2026, 3, 6), number=f"G-{rank}")
    for name, ask in questions.items():
        with django_assert_num_queries(counts[name]):
            ask()


amounts = st.decimals(min_value="-5000.00", max_value="5000.00", places=2)


class TestBalanceKept(TestCase):
    """Whatever is sold, credited and contributed, the books balance, as a whole and in each section."""

    @settings(max_examples=25)
    @given(st.lists(amounts, min_size=1, max_size=6), st.decimals("0", "1", places=4))
    def test_books_stay_balanced(self, bases: list[Decimal], rate: Decimal) -> None:
        books.scale(str(rate))
        one = make_activity(code="A1")
        for rank, base in enumerate(bases):
            if base:
                books.sale(one, str(base), number=f"F-{rank}")
            books.take(one, str(base), on=date(2026, 3, 2), number=f"F-{rank}")
        assert books_totals().is_balanced
        for section in AnalyticAccount.objects.all():
            sums = trial_balance(analytic=section).aggregate(up=Sum("debits"), down=Sum("credits"))
            assert sums["up"] == sums["down"]
        given_ = ContributionRun.objects.aggregate(due=Sum("due"))["due"]
        assert figures_of(section_of(one), MARCH).now.contribution.month == given_
