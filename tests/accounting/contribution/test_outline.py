"""The line of a whole year by its turnover: every part of a rule is on it, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.contribution.outline import (
    Case,
    Spot,
    cases_of,
    corners,
    end_of,
    outline,
    year_gives,
)
from accounting.calculations.contribution.reading import read_scale
from accounting.calculations.contribution.scales import Scale

USUAL, FIRST, MEMBER, TESTING = (
    Case(),
    Case(first_year=True),
    Case(associate=True),
    Case(contract="CAPE"),
)


def scale(shape: dict[str, Any] | None = None, **parts: Any) -> Scale:
    """10 % of each month unless said otherwise."""
    shape = shape or {"kind": "flat", "window": "month", "rate": "0.10"}
    rules = {"base": {"turnover": "invoiced"}, "shape": shape, "taken_on": "month"}
    return read_scale(rules | parts)


def slices(window: str = "year") -> dict[str, Any]:
    tiers = [{"up_to": "40000.00", "rate": "0.11"}, {"up_to": None, "rate": "0.10"}]
    return {"kind": "slices", "window": window, "slices": tiers}


CURVE = {
    "kind": "curve",
    "window": "year",
    "points": [["10000.00", "2400.00"], ["20000.00", "3300.00"]],
    "spread": "year_end",
}


@pytest.mark.parametrize(
    ("found", "case", "turnover", "wanted"),
    [
        (scale(), USUAL, "12000", "1200.00"),
        (scale(), USUAL, "0", "0.00"),
        # Twelve months of 83.33 or 83.34 give 8.33 each: rounding is by the month.
        (scale(), USUAL, "1000", "99.96"),
        (scale(slices()), USUAL, "50000", "5400.00"),
        (scale(slices("month")), USUAL, "600000", "64800.00"),
        (scale(fixed_per_month="30.00"), USUAL, "12000", "1560.00"),
        (scale(floor={"per": "month", "amount": "150.00"}), USUAL, "12000", "1800.00"),
        (scale(floor={"per": "year", "amount": "1500.00"}), USUAL, "12000", "1500.00"),
        (scale(floor={"per": "year", "amount": "1500.00"}), USUAL, "24000", "2400.00"),
        (scale(cap={"per": "year", "amount": "5500.00"}), USUAL, "100000", "5500.00"),
        (
            scale(cap={"per": "year", "amount": "5500.00", "associate_amount": "5000.00"}),
            MEMBER,
            "100000",
            "5000.00",
        ),
        (scale(fixed_per_month={"CAPE": "10.00", "CESA": "20.00"}), TESTING, "12000", "1320.00"),
        (scale(fixed_per_month={"CAPE": "10.00", "CESA": "20.00"}), USUAL, "12000", "1440.00"),
        # Three months of twelve are free of the proportional part.
        (scale(franchise={"months": 3, "waives": ["proportional"]}), FIRST, "12000", "900.00"),
        (scale(franchise={"months": 3, "waives": ["proportional"]}), USUAL, "12000", "1200.00"),
        (scale(CURVE), USUAL, "15000", "2850.00"),
        (scale(CURVE | {"spread": "monthly"}), USUAL, "15000", "2850.00"),
        (scale(slices("year"), taken_on="document"), USUAL, "50000", "5400.00"),
        (scale(year_starts=9, fixed_per_month="30.00"), USUAL, "0", "360.00"),
    ],
)
def test_a_year_gives_every_part_of_its_rule(found: Scale, case: Case, turnover: str, wanted: str) -> None:
    assert year_gives(found, Decimal(turnover), case) == Decimal(wanted)


def test_the_line_says_the_rate_that_is_truly_given() -> None:
    spots = outline(scale(fixed_per_month="30.00"), [Decimal(0), Decimal(12000), Decimal(36000)], USUAL)
    assert [(spot.amount, spot.rate) for spot in spots] == [
        (Decimal("360.00"), Decimal(0)),
        (Decimal("1560.00"), Decimal("0.1300")),
        (Decimal("3960.00"), Decimal("0.1100")),
    ]
    assert Spot(Decimal("0.00"), Decimal("10.00")).rate == 0


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (scale(), (USUAL,)),
        (scale(fixed_per_month={"CAPE": "1.00", "CESA": "2.00"}), (USUAL, TESTING)),
        (scale(floor={"per": "month", "amount": {"CAPE": "1.00", "CESA": "2.00"}}), (USUAL, TESTING)),
        (scale(franchise={"months": 3, "waives": ["floor"]}), (USUAL, FIRST)),
        (
            scale(
                floor={"per": "month", "amount": [{"up_to_month": 6, "amount": "1.00"}, {"amount": "2.00"}]}
            ),
            (USUAL, FIRST),
        ),
        (scale(cap={"per": "year", "amount": "10.00", "associate_amount": "5.00"}), (USUAL, MEMBER)),
        (scale(cap={"per": "year", "amount": "10.00"}), (USUAL,)),
    ],
)
def test_one_line_for_each_case_that_the_rule_tells_apart(found: Scale, wanted: tuple[Case, ...]) -> None:
    assert cases_of(found) == wanted


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (scale(), "60000"),
        (scale(slices()), "54000"),
        (scale(slices("month")), "630000"),
        (scale(CURVE), "30000"),
        (
            scale(
                slices("month")
                | {"slices": [{"up_to": "10.00", "rate": "0.1"}, {"up_to": None, "rate": "0.1"}]}
            ),
            "180",
        ),
        # 10 % reaches 8 400 at 84 000.
        (scale(cap={"per": "year", "amount": "8400.00"}), "114000"),
        (
            scale({"kind": "flat", "window": "month", "rate": "0"}, cap={"per": "year", "amount": "10.00"}),
            "60000",
        ),
        (scale(CURVE, cap={"per": "year", "amount": "3000.00"}), "30000"),
    ],
)
def test_the_drawing_goes_a_little_past_the_last_limit(found: Scale, wanted: str) -> None:
    assert end_of(found) == Decimal(wanted)


def test_the_line_breaks_at_the_limits_and_just_after_those_of_a_level() -> None:
    levels = {
        "kind": "whole_base",
        "window": "month",
        "levels": [{"up_to": "2000.00", "rate": "0.12"}, {"up_to": None, "rate": "0.11"}],
    }
    found = scale(levels)
    assert corners(found, end_of(found)) == {Decimal("24000.00"), Decimal("24000.12")}
    assert year_gives(found, Decimal("24000.00"), USUAL) == Decimal("2880.00")
    assert year_gives(found, Decimal("24000.12"), USUAL) == Decimal("2640.00")
    assert corners(scale(slices()), Decimal(30000)) == set()
    assert corners(scale(CURVE), Decimal(30000)) == {Decimal("10000.00"), Decimal("20000.00")}
