"""What must hold whatever the amounts: sums of windows, order, cap, floor, give-backs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.contribution.presence import Presence, months_of_year
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.replay import Played, Version, play
from accounting.calculations.contribution.scales import Scale
from accounting.calculations.contribution.target import turnover_for_cost
from accounting.calculations.contribution.tariffs import steps, tariff
from accounting.calculations.contribution.windows import Memory
from accounting.calculations.contribution.working import Fact
from accounting.calculations.contribution.year_end import close_year
from cae.core.money import CENT, ZERO, cents
from cae.core.periods import Month

HERE = Presence(entered_on=date(2020, 1, 1), contract="CESA")
TIERS = [
    {"up_to": "1000.00", "rate": "0.1300"},
    {"up_to": "2000.00", "rate": "0.1200"},
    {"up_to": None, "rate": "0.0900"},
]
SLICES = {"kind": "slices", "window": "year", "slices": TIERS}
FLAT = {"kind": "flat", "window": "document", "rate": "0.1150"}
CURVE = {
    "kind": "curve",
    "window": "year",
    "points": [["10000.00", "2400.00"], ["20000.00", "3300.00"], ["50000.00", "6000.00"]],
}
amounts = st.decimals(min_value="-3000.00", max_value="3000.00", places=2)
sales = st.lists(amounts, min_size=1, max_size=12)


def scale(shape: dict[str, Any], **parts: Any) -> Scale:
    return read_scale({"base": {"turnover": "invoiced"}, "shape": shape, "taken_on": "document"} | parts)


def documents(rule: Scale, nets: Sequence[Decimal]) -> list[Played]:
    facts = [
        (Version(1, rule), Fact(date(2026, 3, 2), f"D{rank}", HERE, {"ordinary": net}))
        for rank, net in enumerate(nets)
    ]
    return list(play(facts, Memory()))


def months(rule: Scale, nets: Sequence[Decimal]) -> list[Played]:
    year = months_of_year(2026, 1)
    facts = [
        (Version(1, rule), Fact(month.last, str(month), HERE, {"ordinary": net}, curve_months=month.month))
        for month, net in zip(year, nets, strict=False)
    ]
    return list(play(facts, Memory()))


def due(played: Sequence[Played]) -> Decimal:
    return sum((one.working.due for one in played), ZERO)


@given(sales)
def test_a_window_gives_what_its_whole_base_gives_in_any_order(nets: list[Decimal]) -> None:
    rule = scale(SLICES)
    whole = tariff(rule.shape, sum(nets, ZERO))
    for order in (nets, nets[::-1], sorted(nets)):
        assert due(documents(rule, order)) == whole


@given(sales)
def test_the_months_of_a_curve_add_up_to_the_curve_of_the_year(nets: list[Decimal]) -> None:
    rule = scale(CURVE, taken_on="month")
    played = months(rule, [*nets, *[ZERO] * (12 - len(nets))])
    assert due(played) == tariff(rule.shape, sum(nets, ZERO))


@given(amounts, st.decimals(min_value="0", max_value="1", places=4))
def test_a_document_and_its_opposite_cancel_out(net: Decimal, rate: Decimal) -> None:
    rule = scale(FLAT | {"rate": str(rate)})
    assert due(documents(rule, [net, -net])) == 0


@given(sales)
def test_the_cap_is_never_passed_and_a_give_back_takes_the_excess_first(nets: list[Decimal]) -> None:
    rule = scale(SLICES, cap={"amount": "400.00"})
    taken = ZERO
    for count, one in enumerate(documents(rule, nets), start=1):
        taken += one.working.due
        whole = tariff(rule.shape, sum(nets[:count], ZERO))
        assert taken == min(whole, Decimal("400.00"))


@given(sales)
def test_a_monthly_floor_holds_until_the_cap(nets: list[Decimal]) -> None:
    rule = scale(
        SLICES, taken_on="month", floor={"per": "month", "amount": "40.00"}, cap={"amount": "700.00"}
    )
    played = months(rule, nets)
    for one in played:
        assert one.working.due >= min(Decimal("40.00"), one.working.cap_left or ZERO)
    assert due(played) <= Decimal("700.00")


@given(sales, st.integers(min_value=1, max_value=12))
def test_a_year_never_ends_below_its_floor(nets: list[Decimal], entered: int) -> None:
    rule = scale(SLICES, floor={"per": "year", "amount": {"CAPE": "1200.00", "CESA": "2160.00"}})
    presence = Presence(entered_on=date(2026, entered, 15), contract="CESA")
    taken = due(documents(rule, nets))
    end = close_year(rule, 2026, [(month, presence) for month in months_of_year(2026, 1)], taken=taken)
    assert end.floor == cents(Decimal(2160) * (13 - entered) / 12)
    assert taken + end.top_up == max(taken, end.floor)


@given(st.decimals(min_value="0", max_value="99999.99", places=2))
def test_the_steps_are_the_whole_base(base: Decimal) -> None:
    for shape in (scale(SLICES).shape, scale(FLAT).shape):
        cut = steps(shape, base)
        assert sum(step.base for step in cut) == base
        assert cents(sum(step.base * (step.rate or ZERO) for step in cut)) == tariff(shape, base)


@given(st.decimals(min_value="0.01", max_value="99999.99", places=2))
def test_the_turnover_found_pays_the_cost_and_a_cent_less_does_not(cost: Decimal) -> None:
    rule = scale(SLICES)
    found = turnover_for_cost(rule, cost)
    assert found.turnover - tariff(rule.shape, found.turnover) >= cost
    less = found.turnover - CENT
    assert less - tariff(rule.shape, less) < cost
    assert found.contribution == tariff(rule.shape, found.turnover)


def test_another_version_only_says_where_the_slice_begins() -> None:
    """Each fact under the rule of its date: nothing of the first half is computed again."""
    first, second = scale(SLICES | {"slices": [{"up_to": None, "rate": "0.2000"}]}), scale(SLICES)
    facts = [
        (Version(1, first), Fact(date(2026, 3, 2), "D1", HERE, {"ordinary": Decimal("1500.00")})),
        (Version(2, second), Fact(date(2026, 9, 2), "D2", HERE, {"ordinary": Decimal("1000.00")})),
    ]
    played = list(play(facts, Memory()))
    assert [one.working.due for one in played] == [Decimal("300.00"), Decimal("105.00")]
    assert [(step.base, step.rate) for step in played[1].working.parts[0].steps] == [
        (Decimal("500.00"), Decimal("0.1200")),
        (Decimal("500.00"), Decimal("0.0900")),
    ]


def test_two_tiers_of_one_rate_are_added_up_in_the_steps() -> None:
    """10 %, 8 % then 10 % again: 500 at 8 % and 1 000 at 10 % after 1 500."""
    tiers = [{"up_to": "1000.00", "rate": "0.10"}, {"up_to": "2000.00", "rate": "0.08"}]
    rule = scale(SLICES | {"slices": [*tiers, {"up_to": None, "rate": "0.10"}]})
    _first, second = documents(rule, [Decimal("1500.00"), Decimal("1500.00")])
    assert second.working.due == Decimal("140.00")
    found = {(step.base, step.rate, step.amount) for step in second.working.parts[0].steps}
    assert found == {
        (Decimal("500.00"), Decimal("0.08"), Decimal("40.00")),
        (Decimal("1000.00"), Decimal("0.10"), Decimal("100.00")),
    }


def test_a_month_waived_enters_no_window() -> None:
    rule = scale(SLICES, taken_on="month", exemptions={"minima_sociaux": ["proportional"]})
    free = Presence(entered_on=date(2020, 1, 1), situations=frozenset({"minima_sociaux"}))
    facts = [
        (Version(1, rule), Fact(Month(2026, 1).last, "2026-01", free, {"ordinary": Decimal("1000.00")})),
        (Version(1, rule), Fact(Month(2026, 2).last, "2026-02", HERE, {"ordinary": Decimal("1000.00")})),
    ]
    january, february = (one.working for one in play(facts, Memory()))
    assert (january.base, january.due, january.parts[0].window) == (Decimal("1000.00"), ZERO, "")
    assert february.due == Decimal("130.00")


def test_a_curve_taken_at_the_end_gives_the_same_as_month_by_month() -> None:
    for spread, expected in (("monthly", "3300.00"), ("year_end", "3300.00")):
        rule = scale(CURVE | {"spread": spread}, taken_on="month")
        year = months_of_year(2026, 1)
        facts = [
            (
                Version(1, rule),
                Fact(
                    month.last,
                    str(month),
                    HERE,
                    {"ordinary": Decimal("20000.00") if month.month == 2 else ZERO},
                    curve_months=month.month,
                    closes=month.month == 12,
                ),
            )
            for month in year
        ]
        assert due(list(play(facts, Memory()))) == Decimal(expected)
