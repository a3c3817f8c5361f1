"""Where a line of the books is counted, what a box is worth, what settles it: pure rules, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.deadlines import due_on, period_around, periods_of
from accounting.calculations.vat import (
    Box,
    Counted,
    Figure,
    Standing,
    TaxLine,
    base_of,
    deduction_coefficient,
    figures,
    place,
    settlement,
)
from accounting.vat_form import BOXES
from cae.core.periods import Span
from invoicing.calculations.entries import kind_of
from invoicing.calculations.payment_vat import change, tax_due
from invoicing.calculations.totals import TaxGroup

D = Decimal
MARCH = date(2026, 3, 1)
RATES = (D("20.00"), D("10.00"), D("5.50"))
FORM = [
    Box(code, D(rate) if rate else None, gathers, formula, overflow)
    for code, _number, _label, _part, _shape, rate, gathers, formula, overflow in BOXES
]


def line(role: str, tax: str = "0", *, on: date = MARCH, **facts: object) -> TaxLine:
    known = {"rate": D("20.00"), "kind": "", "base": None} | facts
    return TaxLine(1, on, role, tax=D(tax), **known)  # type: ignore[arg-type]


def placed(one: TaxLine) -> Counted:
    return place(one, starts_on=MARCH, rates=RATES)


@pytest.mark.parametrize(
    ("one", "operation", "deduction"),
    [
        (line("vat_collected", "20"), "sale", ""),
        (line("vat_collected", "20", kind="asset"), "sale/asset", ""),
        (line("vat_collected", "20", on=date(2026, 2, 28)), "late/taxed", ""),
        (line("vat_reverse", "20", kind="eu_goods"), "bought/eu_goods", ""),
        (line("vat_deductible", "20", rate=None), "", "deducted/other"),
        (line("vat_assets", "20"), "", "deducted/assets"),
        (line("vat_deductible", "20", on=date(2026, 2, 1)), "", "deducted/late"),
        (line("revenue_services", rate=D(0), kind="export", base=D(7)), "sale/export", ""),
        (line("revenue_training", rate=D(0), base=D(7)), "sale/exempt", ""),
        (line("", rate=D(0), kind="exempt", on=date(2026, 1, 1)), "late/untaxed", ""),
    ],
)
def test_a_line_goes_where_its_account_rate_kind_and_day_say(
    one: TaxLine, operation: str, deduction: str
) -> None:
    found = placed(one)
    assert (found.operation, found.deduction, found.why) == (operation, deduction, "")


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (line("unknown"), "account"),
        (line("vat_collected", "20", rate=None), "rate"),
        (line("vat_reverse", "20"), "kind"),
        (line("vat_collected", "7", rate=D("7.00")), "box"),
        (line("vat_collected", "7", rate=D(0)), "box"),
        (line("revenue_services", rate=D(0)), "kind"),
    ],
)
def test_a_line_that_does_not_say_enough_says_what_it_lacks(one: TaxLine, why: str) -> None:
    assert placed(one).why == why


def test_a_coefficient_leaves_a_share_of_a_deduction_and_what_it_changes_later_stands_apart() -> None:
    assert placed(line("vat_deductible", "20.01", share=D("0.80"))).tax == D("16.01")
    adjusted = placed(line("vat_deductible", "-20.40", kind="adjustment", share=D("0.80")))
    assert (adjusted.deduction, adjusted.tax) == ("deducted/late", D("-20.40"))


def test_a_base_is_that_of_the_line_or_of_its_tax() -> None:
    assert placed(line("vat_collected", "20.01", base=D("100.04"))).base == D("100.04")
    assert placed(line("vat_collected", "20.01")).base == D("100.05")
    assert base_of(D("5.50"), D("5.50")) == D("100.00")


def test_a_box_below_zero_goes_where_the_notice_says() -> None:
    found = figures(
        FORM,
        [
            placed(line("vat_collected", "-20", base=D(-100))),
            placed(line("vat_deductible", "-3.40")),
            placed(line("revenue_services", rate=D(0), kind="export", base=D(-50))),
        ],
    )
    said = {code: (figure.base, figure.tax) for code, figure in found.items() if figure.base or figure.tax}
    # A tax given back is deducted in 21, its base stands in F8; a deduction taken back is paid in 15.
    assert said == {
        "F8": (D(100), D(0)),
        "B5": (D(50), D(0)),
        "15": (D(0), D(3)),
        "16": (D(0), D(3)),
        "21": (D(0), D(20)),
        "23": (D(0), D(20)),
        "25": (D(0), D(17)),
        "27": (D(0), D(17)),
    }
    assert found["08"] == Figure(D(-100), D(-20), D(0), D(0))


def test_purchases_in_the_union_are_told_again_and_a_credit_is_carried() -> None:
    bought = placed(line("vat_reverse", "20.50", kind="eu_goods", base=D("102.50")))
    found = figures(FORM, [bought], carried=D("100.00"))
    assert (found["17"].tax, found["16"].tax, found["22"].tax) == (D(21), D(21), D(100))
    assert (found["B2"].base, found["08"].base) == (D(103), D(103))
    assert (found["25"].tax, found["27"].tax, found["TD"].tax) == (D(79), D(79), D(0))


def test_the_settlement_balances_each_section_and_rounding_stays_shared() -> None:
    standings = [
        Standing("vat_collected", 1, D("-200.08")),
        Standing("vat_deductible", 1, D("30.00")),
        Standing("vat_deductible", 2, D("50.40")),
        Standing("vat_credit", 3, D("10.00")),
    ]
    lines = settlement(standings, result=D("110.00"), shared=3)
    sections = {one.analytic_id for one in lines}
    assert {key: sum(one.signed for one in lines if one.analytic_id == key) for key in sections} == {
        1: D(0),
        2: D(0),
        3: D(0),
    }
    due = {one.analytic_id: one.credit - one.debit for one in lines if one.account == "vat_due"}
    assert due == {1: D("170.08"), 2: D("-50.40"), 3: D("-9.68")}
    assert [one.debit for one in lines if one.account == "rounding_charge"] == [D("0.32")]


def test_a_credit_goes_to_its_account_and_nothing_settles_nothing() -> None:
    lines = settlement([Standing("vat_deductible", 1, D("50.40"))], result=D("-50.00"), shared=1)
    assert [(one.account, one.signed) for one in lines] == [
        ("vat_deductible", D("-50.40")),
        ("rounding_charge", D("0.40")),
        ("vat_credit", D("50.00")),
    ]
    assert [
        one.account for one in settlement([Standing("vat_deductible", 1, D("0.60"))], result=D(-1), shared=1)
    ][1] == "rounding_income"
    assert settlement([], result=D(0), shared=1) == []


def test_the_coefficient_of_deduction_is_rounded_up() -> None:
    assert deduction_coefficient(D(801), D(1000)) == D("0.81")
    assert deduction_coefficient(D(800), D(1000)) == D("0.80")
    assert deduction_coefficient(D(0), D(1000)) == D(0)
    for taxed, whole in ((D(1), D(0)), (D(-1), D(10)), (D(11), D(10))):
        with pytest.raises(ValueError, match="part of all sales"):
            deduction_coefficient(taxed, whole)


@given(
    nets=st.lists(st.decimals(D("0.05"), D("9999.99"), places=2), min_size=1, max_size=3),
    parts=st.lists(st.decimals(D("0.01"), D("5000.00"), places=2), max_size=5),
)
def test_a_document_wholly_paid_has_released_its_whole_base(
    nets: list[Decimal], parts: list[Decimal]
) -> None:
    """Whatever the payments, tax and base add up to those of the document, to the cent."""
    rates = [D("0.2000"), D("0.1000"), D("0.0550")]
    groups = [
        TaxGroup("S", rate, net, (net * rate).quantize(D("0.01"), rounding="ROUND_HALF_UP"))
        for rate, net in zip(rates, nets, strict=False)
    ]
    gross, paid = sum((group.gross for group in groups), D(0)), D(0)
    taxes, bases = dict.fromkeys(rates, D(0)), dict.fromkeys(rates, D(0))
    for wanted in [*parts, gross]:
        amount = min(wanted, gross - paid)
        for one in change(tax_due(groups, paid), tax_due(groups, paid + amount)):
            taxes[one.rate] += one.tax
            bases[one.rate] += one.base
        paid += amount
    for group in groups:
        assert taxes[group.rate] == group.tax
        # A rate whose tax is nothing releases nothing.
        assert bases[group.rate] == (group.net if group.tax else 0)


def test_each_category_of_the_e_invoice_has_its_kind() -> None:
    assert [kind_of(*one) for one in (("S",), ("Z",), ("E",), ("K",), ("G",))] == [
        "",
        "",
        "exempt",
        "eu_goods",
        "export",
    ]
    assert kind_of("AE", "reverse-eu") == "services_abroad"
    assert kind_of("AE", "reverse-building") == "domestic"


def test_periods_and_days_of_the_calendar() -> None:
    assert [span.ends_on.month for span in periods_of(2026, "quarter")] == [3, 6, 9, 12]
    assert len(list(periods_of(2026, "month"))) == 12
    assert period_around(date(2026, 5, 7), "quarter") == Span(date(2026, 4, 1), date(2026, 6, 30))
    april = Span(date(2026, 4, 1), date(2026, 4, 30))
    # 24 May 2026 is a Sunday, and the Monday after it is Whit Monday.
    assert due_on(april, months_after=1, day=24) == date(2026, 5, 26)
    assert due_on(april, months_after=0, day=31) == date(2026, 4, 30)
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    assert due_on(year, months_after=5, day=31) == date(2027, 5, 31)
