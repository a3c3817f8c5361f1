"""Statements by layout say what the lines say, whatever the books: totals, closings, the cooperative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F, Sum
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounting.calculations.layouts.standing import between, flows, standing
from accounting.models import AnalyticAccount, EntryLine, MonthTotal
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.layout_figures import (
    all_moved,
    lines_of_figure,
    moved,
    period_columns,
    standing_columns,
)
from accounting.selectors.layouts import read
from accounting.selectors.statement import figures_of
from accounting.selectors.totals import total_faults
from accounting.services.totals import fold_totals, rebuild_totals
from cae.core.money import ZERO
from cae.core.periods import Month
from tests.factories import accounting as books
from tests.factories import accounting_layouts as made
from tests.factories.entrepreneurs import make_activity
from tests.tampering import triggers_off

pytestmark = pytest.mark.django_db

D = Decimal
ACCOUNTS = ["101300", "106100", "164000", "401000", "411000", "421000", "445710", "512000"]
RESULTS = ["601000", "625100", "641000", "706000", "707000", "740000"]
PAIRS = [
    ("internal_charge", "internal_income"),
    ("inside_charge", "inside_income"),
    ("share_charge", "share_income"),
]
# Each try writes in the database: a smaller case would be looked for during minutes.
_NO_SHRINK = (Phase.explicit, Phase.generate)
_AMOUNT = st.integers(1, 10**7).map(lambda cents: str(D(cents) / 100))
_DAY = st.dates(date(2024, 1, 1), date(2026, 12, 31))
_MOVE = st.tuples(
    st.integers(0, 2), st.sampled_from(ACCOUNTS + RESULTS), st.sampled_from(ACCOUNTS), _AMOUNT, _DAY
)
_EXCHANGE = st.tuples(st.permutations(range(3)), st.sampled_from(PAIRS), _AMOUNT, _DAY)


def _figures(code: str, rows: list[Any]) -> dict[str, Any]:
    kept = made.layout(code)
    sums = flows(rows) if kept.kind == "income" else standing(rows)
    layout = read(kept)
    assert layout.coverage(sums).is_whole
    return layout.figures(sums)


class AnyBooks(TestCase):
    """Random years of three sections, folded or not."""

    @settings(max_examples=12, phases=_NO_SHRINK)
    @given(
        st.lists(_MOVE, max_size=12),
        st.lists(_EXCHANGE, max_size=6),
        st.booleans(),
        st.dates(date(2024, 2, 1), date(2026, 12, 31)),
    )
    def test_the_cooperative_is_the_sum_of_its_sections(
        self, moves: list[Any], exchanges: list[Any], folded: bool, on: date
    ) -> None:
        sections = [
            shared_section(),
            section_of(make_activity(code="A1")),
            section_of(make_activity(code="A2")),
        ]
        for section, taken, given_to, amount, day in moves:
            if taken != given_to:
                made.moves(sections[section], taken, given_to, amount, day)
        for order, pair, amount, day in exchanges:
            made.between(sections[order[0]], sections[order[1]], pair, amount, day)
        if folded:
            fold_totals()
        assert list(total_faults()) == []
        column = standing_columns(on, 0)
        of_each = [all_moved(moved(column, section=section), 0) for section in sections]
        whole = all_moved(moved(column), 0)
        gone = [row.number for row in between(whole)]
        outside = [row for row in whole if row.number not in gone]
        for code in ("resultat", "tresorerie", "bilan"):
            each = [_figures(code, rows) for rows in of_each]
            cooperative, added = _figures(code, outside), _figures(code, whole)
            for line, amount in added.items():
                if line == "TAUX_MARGE":
                    continue
                assert amount == sum(one[line] for one in each), (code, line)
            # Nothing of what goes between activities is left in the result, nor in the balance sheet.
            assert cooperative["RESULTAT"] == added["RESULTAT"]
            if code == "bilan":
                assert added["LIAISON"] == 0
                assert cooperative["ACTIF"] == cooperative["PASSIF"] == added["ACTIF"]
        for one, rows in zip([*sections, None], [*of_each, whole], strict=True):
            sheet = _figures("bilan", rows)
            assert sheet["ACTIF"] == sheet["PASSIF"]
            assert sheet["RESULTAT"] == _figures("resultat", rows)["RESULTAT"]
            cash = _figures("tresorerie", rows)
            assert cash["RESULTAT"] == cash["FUTURE"] + cash["AUTRES"] + cash["BILAN"]
            _opens_its_lines("bilan", sheet, column[0], one)

    @settings(max_examples=6, phases=_NO_SHRINK)
    @given(st.lists(_MOVE, min_size=1, max_size=10))
    def test_closing_entries_change_no_statement(self, moves: list[Any]) -> None:
        section = section_of(make_activity(code="A1"))
        for _section, taken, given_to, amount, day in moves:
            if taken != given_to:
                made.moves(section, taken, given_to, amount, day)
        days = [date(2025, 12, 31), date(2026, 6, 30)]
        before = _read(section, days)
        former = figures_of(section, Month(2025, 12)).now
        rows = (
            EntryLine.objects.filter(account__number__in=RESULTS, on__year=2025)
            .order_by("account__number")
            .values_list("account__number")
            .annotate(sum=Sum(F("debit") - F("credit")))
        )
        sums = {number: amount for number, amount in rows if amount}
        if sums:
            made.close_year(section, sums, date(2025, 12, 31))
        assert _read(section, days) == before
        assert figures_of(section, Month(2025, 12)).now == former


def _read(section: AnalyticAccount, days: list[date]) -> list[dict[str, Any]]:
    return [
        _figures(code, all_moved(moved(standing_columns(day, 0), section=section), 0))
        for day in days
        for code in ("resultat", "bilan", "tresorerie")
    ]


def _opens_its_lines(
    code: str, figures: dict[str, Any], column: Any, section: AnalyticAccount | None
) -> None:
    """The lines behind each figure add up to it."""
    layout = read(made.layout(code))
    for line in layout.lines:
        if line.accounts is None:
            continue
        rows = lines_of_figure(layout, line.code, kind="balance", column=column, section=section)
        found = rows.aggregate(sum=Sum(F("debit") - F("credit"), default=ZERO))["sum"]
        assert (found if line.side == "debit" else -found) == figures[line.code], line.code


def test_the_lines_of_the_cooperative_are_those_of_its_figures() -> None:
    """What goes between activities is in neither."""
    one, other = (section_of(make_activity(code=code)) for code in ("A1", "A2"))
    made.between(one, other, ("inside_charge", "inside_income"), "100.00", date(2026, 2, 3))
    layout = read(made.layout("resultat"))
    (column,) = period_columns(Month(2026, 2), 0)[1:]

    def behind(section: AnalyticAccount | None) -> list[str]:
        rows = lines_of_figure(layout, "ECHANGES", kind="income", column=column, section=section)
        return [str(line.debit - line.credit) for line in rows]

    assert [behind(one), behind(other), behind(None)] == [["100.00"], ["-100.00"], []]


def test_a_month_totals_what_its_lines_say() -> None:
    one, other = (section_of(make_activity(code=code)) for code in ("A1", "A2"))
    for month in (1, 2, 2, 3):
        made.moves(one, "601000", "401000", "10.00", date(2026, month, 28))
    made.moves(other, "601000", "401000", "5.00", date(2026, 2, 1), journal="RA")
    rows = MonthTotal.objects.filter(account__number="601000", analytic=one)
    assert rows.count() == 4
    fold_totals()
    fold_totals()
    assert list(rows.order_by("month").values_list("month", "debit", "credit", "is_fresh")) == [
        (date(2026, 1, 1), D("10.00"), ZERO, False),
        (date(2026, 2, 1), D("20.00"), ZERO, False),
        (date(2026, 3, 1), D("10.00"), ZERO, False),
    ]
    made.moves(one, "601000", "401000", "1.00", date(2026, 3, 5))
    assert MonthTotal.objects.filter(analytic=other).values_list("is_opening", flat=True).distinct().get()
    fold_totals()
    assert rows.get(month=date(2026, 3, 1)).debit == D("11.00")
    assert list(total_faults()) == []


def test_a_total_that_is_not_its_lines_is_told_then_mended() -> None:
    books.sale(make_activity(name="Pain", code="A1"), "100.00", on=date(2026, 3, 2))
    fold_totals()
    with triggers_off() as cursor:
        cursor.execute(
            "UPDATE accounting_monthtotal SET credit = credit + 1 FROM accounting_account account"
            " WHERE account.id = account_id AND account.number = '706000'"
        )
    (fault,) = total_faults()
    assert fault.startswith("1 total mensuel n’est pas la somme de ses lignes : mars 2026, compte 706000, « ")
    rebuild_totals()
    assert list(total_faults()) == []


def test_columns_stand_beside_earlier_years() -> None:
    found = period_columns(Month(2026, 2), 2)
    assert [(one.start, one.end) for one in found] == [
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2025, 2, 1), date(2025, 2, 28)),
        (date(2026, 1, 1), date(2026, 2, 28)),
        (date(2025, 1, 1), date(2025, 2, 28)),
        (date(2024, 1, 1), date(2024, 2, 29)),
    ]
    assert [one.end for one in standing_columns(date(2025, 2, 28), 1)] == [
        date(2025, 2, 28),
        date(2024, 2, 29),
    ]
    assert [one.end for one in standing_columns(date(2026, 3, 15), 1)] == [
        date(2026, 3, 15),
        date(2025, 3, 15),
    ]


def test_a_statement_costs_the_same_however_many_entries(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    section = section_of(make_activity(code="A1"))
    for count in (1, 30):
        for _one in range(count):
            made.moves(section, "601000", "401000", "1.00", date(2026, 3, 10))
        columns = [*standing_columns(date(2026, 3, 31), 1), *standing_columns(date(2026, 3, 10), 1)]
        with django_assert_num_queries(2):
            found = moved(columns, section=section)
    sums = defaultdict(Decimal)
    for row in all_moved(found, 0):
        sums[row.number] += row.ever
    assert sums == {"601000": D(31), "401000": D(-31)}
