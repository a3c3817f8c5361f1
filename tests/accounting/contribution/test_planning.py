"""What is left to book for the months and the years of an activity, from values alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.contribution.history import Booked, Figures, History, InForce, Other
from accounting.calculations.contribution.people import ASSOCIATE, Dates, Membership, People, Relief, Status
from accounting.calculations.contribution.planning import (
    month_fact,
    plan,
    plan_year,
    play_month,
    taken_in,
    year_ends_with,
)
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.replay import Version
from accounting.calculations.contribution.scales import Turnover
from accounting.calculations.contribution.target import turnover_for_cost
from accounting.calculations.contribution.windows import Counted
from accounting.calculations.contribution.working import cap_of_year
from accounting.calculations.contribution.year_end import advance
from cae.core.money import ZERO
from cae.core.periods import Month

ALWAYS = Dates(date(2020, 1, 1), None)
MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)
TIERS = [{"up_to": "1000.00", "rate": "0.2000"}, {"up_to": None, "rate": "0.1000"}]
CURVE = {"kind": "curve", "window": "year", "points": [["1000.00", "1200.00"], ["2000.00", "1800.00"]]}


def rules(**parts: Any) -> dict[str, Any]:
    shape = {"kind": "slices", "window": "year", "slices": TIERS}
    return {"base": {"turnover": "invoiced"}, "shape": shape, "taken_on": "month"} | parts


def history(
    data: dict[str, Any], *, sales: dict[Month, str] | None = None, people: People | None = None, **parts: Any
) -> History:
    members = people or People(members=(Membership(1, ALWAYS),), statuses=(Status(1, "CESA", ALWAYS),))
    sold = {(month, Turnover.INVOICED): {"ordinary": Decimal(net)} for month, net in (sales or {}).items()}
    inforce = InForce(ALWAYS, Version(1, read_scale(data)), "general")
    return History(**({"people": members, "scales": (inforce,), "sales": sold} | parts))


def left_on(day: date) -> People:
    return People(members=(Membership(1, Dates(date(2020, 1, 1), day)),))


def booked(due: str, base: str, **parts: Any) -> Booked:
    amount = Decimal(due)
    figures = Figures(Decimal(base), amount, ZERO, amount, amount)
    part = Counted("ordinary", "year:2026", 1, Decimal(base), amount)
    return Booked(**({"rank": 1, "live": True, "figures": figures, "parts": (part,), "last": 7} | parts))


def test_a_month_already_right_leaves_nothing() -> None:
    known = history(rules(), sales={MARCH: "500.00"}, months={MARCH: booked("100.00", "500.00")})
    assert plan(known, MARCH) == []


def test_a_month_that_gives_nothing_any_more_is_given_back() -> None:
    known = history(
        rules(), people=left_on(date(2026, 2, 10)), months={MARCH: booked("100.00", "500.00", version=1)}
    )
    (change,) = plan(known, MARCH)
    assert (change.played, change.figures.due, change.version) == (None, Decimal("-100.00"), 1)


def test_a_document_of_the_year_comes_before_the_months_after_it() -> None:
    part = Counted("ordinary", "year:2026", 1, Decimal("900.00"), Decimal("180.00"))
    figures = Figures(Decimal("900.00"), Decimal("180.00"), ZERO, Decimal("180.00"), Decimal("180.00"))
    document = Other(date(2026, 2, 2), 2026, figures, (part,))
    later = Other(date(2026, 5, 2), 2026, figures, (part,))
    known = history(rules(), sales={MARCH: "200.00"}, others=(document, later))
    (change,) = plan(known, MARCH)
    assert change.figures.due == Decimal("30.00")
    foreseen = play_month(known, MARCH, more={"ordinary": Decimal("100.00")})
    assert foreseen is not None
    assert foreseen.working.due == Decimal("40.00")
    assert taken_in(known, 2026) == Decimal("360.00")


def test_a_month_to_come_finds_those_before_it() -> None:
    months = {MARCH: booked("200.00", "1000.00")}
    known = history(rules(), sales={MARCH: "1000.00", APRIL: "100.00"}, months=months)
    foreseen = play_month(known, APRIL)
    assert foreseen is not None
    assert foreseen.working.due == Decimal("10.00")


def test_nothing_is_foreseen_without_anybody() -> None:
    known = history(rules(), people=People())
    assert play_month(known, MARCH) is None
    assert year_ends_with(known, Month(2026, 12)) is None


def test_a_sale_after_the_exit_gives_its_rate_alone() -> None:
    data = rules(fixed_per_month="30.00", floor={"per": "month", "amount": "40.00"})
    known = history(data, sales={APRIL: "100.00"}, people=left_on(date(2026, 3, 15)))
    (change,) = plan(known, APRIL)
    assert (change.figures.fixed, change.figures.due) == (ZERO, Decimal("20.00"))
    assert plan(known, MAY) == []


def test_the_scale_of_the_month_of_exit_is_that_of_its_last_day() -> None:
    inforce = InForce(Dates(date(2020, 1, 1), date(2026, 3, 15)), Version(1, read_scale(rules())), "general")
    known = history(rules(), people=left_on(date(2026, 3, 15)), scales=(inforce,))
    assert month_fact(known, MARCH) is not None
    assert month_fact(known, APRIL) is None
    assert year_ends_with(known, MARCH) == 2026


def test_a_financial_year_begins_with_its_month() -> None:
    data = rules(year_starts=10, floor={"per": "year", "amount": "1200.00"})
    known = history(data, sales={})
    assert year_ends_with(known, Month(2026, 9)) == 2025
    end = plan_year(known, 2025)
    assert end is not None
    assert (end.last_day, end.figures.due) == (date(2026, 9, 30), Decimal("1200.00"))


def test_a_year_before_the_entry_asks_nothing() -> None:
    known = history(rules(floor={"per": "year", "amount": "1200.00"}), people=left_on(date(2024, 6, 30)))
    assert plan_year(known, 2026) is None
    end = plan_year(known, 2024)
    assert end is not None
    assert (end.last_day, end.end.floor) == (date(2024, 6, 30), Decimal("600.00"))


def test_the_months_of_another_scale_do_not_count_in_the_floor() -> None:
    before = InForce(Dates(date(2020, 1, 1), date(2026, 6, 30)), Version(1, read_scale(rules())), "other")
    floored = read_scale(rules(floor={"per": "year", "amount": "1200.00"}))
    after = InForce(Dates(date(2026, 7, 1), None), Version(2, floored), "general")
    end = plan_year(history(rules(), scales=(before, after)), 2026)
    assert end is not None
    assert end.end.floor == Decimal("600.00")


def test_no_scale_no_year() -> None:
    assert plan_year(history(rules(), scales=()), 2026) is None


def test_a_curve_counts_no_month_that_is_waived() -> None:
    data = rules(shape=CURVE, franchise={"months": 3, "waives": ["proportional"]})
    people = People(members=(Membership(1, Dates(date(2026, 3, 10), None)),))
    known = history(data, people=people, sales={MARCH: "500.00", Month(2026, 6): "0.00"})
    free, first = month_fact(known, MARCH), month_fact(known, Month(2026, 6))
    assert free is not None
    assert first is not None
    assert (free[1].curve_months, first[1].curve_months) == (0, 1)
    played = play_month(known, Month(2026, 6))
    assert played is not None
    assert played.working.due == Decimal("100.00")


def test_a_curve_takes_nothing_on_a_year_without_a_month() -> None:
    known = history(rules(shape=CURVE), people=left_on(date(2025, 12, 31)), sales={MARCH: "500.00"})
    (change,) = plan(known, MARCH)
    assert (change.figures.base, change.figures.due) == (Decimal("500.00"), ZERO)


def test_the_months_of_a_year_are_those_of_its_scale() -> None:
    known = history(rules(), months={MARCH: booked("100.00", "500.00")})
    assert (taken_in(known, 2026), taken_in(known, 2025)) == (Decimal("100.00"), ZERO)


def test_a_curve_may_go_on_with_the_same_slope() -> None:
    scale = read_scale(rules(shape=CURVE | {"above_last": "extend"}))
    assert turnover_for_cost(scale, Decimal("1000.00")).turnover == Decimal("3999.99")


def test_people_decide_contract_and_cap() -> None:
    statuses = (Status(1, "CAPE", ALWAYS), Status(2, "CESA", ALWAYS), Status(2, ASSOCIATE, ALWAYS))
    relief = Relief("sick_leave", frozenset({"floor"}), ALWAYS)
    two = People((Membership(1, ALWAYS), Membership(2, ALWAYS)), statuses, (relief,))
    presence = two.presence_on(date(2026, 3, 1))
    assert presence is not None
    assert (presence.contract, presence.associate, presence.people) == ("CESA", False, 2)
    data = rules(
        floor={"per": "month", "amount": "40.00"}, cap={"amount": "900.00", "associate_amount": "800.00"}
    )
    assert cap_of_year(read_scale(data), presence, 2026) == Decimal("900.00")
    alone = People((Membership(2, ALWAYS),), statuses, (relief,)).presence_on(date(2026, 3, 1))
    assert alone is not None
    assert cap_of_year(read_scale(data), alone, 2026) == Decimal("800.00")
    played = play_month(history(data, people=two), MARCH)
    assert played is not None
    assert (played.working.floor, played.working.due) == (ZERO, ZERO)


def test_no_turnover_pays_when_everything_is_given() -> None:
    for shape in (
        {"kind": "flat", "window": "month", "rate": "1"},
        {"kind": "slices", "window": "month", "slices": [{"up_to": None, "rate": "1"}]},
    ):
        with pytest.raises(ValueError, match=r"given|enough"):
            turnover_for_cost(read_scale(rules(shape=shape)), Decimal("100.00"))


def test_a_scale_without_floor_asks_no_advance() -> None:
    assert advance(read_scale(rules()), "CAPE") == ZERO


def test_the_year_is_that_of_the_scale_in_force_at_its_end() -> None:
    before = InForce(Dates(date(2020, 1, 1), date(2026, 6, 30)), Version(1, read_scale(rules())), "other")
    floored = read_scale(rules(year_starts=10, floor={"per": "year", "amount": "1200.00"}))
    after = InForce(Dates(date(2026, 7, 1), None), Version(2, floored), "general")
    end = plan_year(history(rules(), scales=(before, after)), 2026)
    assert end is not None
    assert (end.last_day, end.end.floor) == (date(2027, 9, 30), Decimal("1200.00"))
