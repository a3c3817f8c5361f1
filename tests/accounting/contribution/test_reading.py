"""What a scale may not say: each fault has its code and its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.contribution.faults import Fault, ScaleFault
from accounting.calculations.contribution.reading import read_scale

PLAIN: dict[str, Any] = {
    "base": {"turnover": "invoiced", "minus": []},
    "shape": {"kind": "flat", "rate": "0.1000", "window": "month"},
    "taken_on": "month",
}


def shape(kind: str = "slices", window: str = "year", **parts: Any) -> dict[str, Any]:
    return {"shape": {"kind": kind, "window": window, **parts}}


def tiers(*rows: tuple[str | None, str]) -> list[dict[str, Any]]:
    return [{"up_to": up_to, "rate": rate} for up_to, rate in rows]


FAULTS: list[tuple[dict[str, Any], Fault, str]] = [
    ({"shape": None}, Fault.KEY_MISSING, "shape"),
    ({"base": {}}, Fault.KEY_MISSING, "base"),
    ({"shape": "flat"}, Fault.KEY_MISSING, "shape"),
    ({"colour": "red"}, Fault.KEY_UNKNOWN, ""),
    (shape("flat", "month", rate="0.1", tint="red"), Fault.KEY_UNKNOWN, "shape"),
    (shape("parabola"), Fault.VALUE_UNKNOWN, "shape"),
    ({"taken_on": "whim"}, Fault.VALUE_UNKNOWN, "taken_on"),
    (shape("flat", "month", rate="1.0001"), Fault.RATE_INVALID, "shape"),
    (shape("flat", "month", rate="-0.0001"), Fault.RATE_INVALID, "shape"),
    (shape("flat", "month", rate="0.00001"), Fault.RATE_INVALID, "shape"),
    (shape("flat", "month", rate="NaN"), Fault.RATE_INVALID, "shape"),
    (shape("flat", "month", rate="dix"), Fault.RATE_INVALID, "shape"),
    (shape("flat", "month", rate=True), Fault.RATE_INVALID, "shape"),
    (shape(slices=[]), Fault.TIERS_MISSING, "shape"),
    (shape(slices=tiers(("1000.00", "0.1"))), Fault.LAST_TIER_LIMITED, "shape"),
    (
        shape(slices=tiers(("2000.00", "0.1"), ("1000.00", "0.1"), (None, "0.1"))),
        Fault.TIERS_OVERLAP,
        "shape",
    ),
    (
        shape(slices=tiers(("1000.00", "0.1"), ("1000.00", "0.1"), (None, "0.1"))),
        Fault.TIERS_OVERLAP,
        "shape",
    ),
    (shape(slices=tiers((None, "0.1"), (None, "0.1"))), Fault.TIER_ENDLESS, "shape"),
    (shape(slices=tiers(("-1.00", "0.1"), (None, "0.1"))), Fault.AMOUNT_INVALID, "shape"),
    (shape("curve", points=[["1.00", "1.00"]]), Fault.POINTS_MISSING, "shape"),
    (shape("curve", points=[["2.00", "1.00"], ["1.00", "3.00"]]), Fault.POINTS_DISORDERED, "shape"),
    (shape("curve", "month", points=[["1.00", "1.00"], ["2.00", "3.00"]]), Fault.WINDOW_UNFIT, "shape"),
    (shape("cumulative", slices=tiers((None, "0.1"))), Fault.WINDOW_UNFIT, "shape"),
    (shape("flat", "document", rate="0.1"), Fault.WINDOW_UNFIT, "shape"),
    ({"per_category": {"meals": PLAIN["shape"]}}, Fault.CATEGORY_UNKNOWN, "per_category"),
    ({"per_category": {"ordinary": PLAIN["shape"]}}, Fault.CATEGORY_UNKNOWN, "per_category"),
    ({"base": {"turnover": "invoiced", "minus": ["pets"]}}, Fault.COST_UNKNOWN, "base"),
    ({"fixed_per_month": "-1.00"}, Fault.AMOUNT_INVALID, "fixed_per_month"),
    ({"fixed_per_month": "1.005"}, Fault.AMOUNT_INVALID, "fixed_per_month"),
    ({"fixed_per_month": {"CDI": "1.00"}}, Fault.CONTRACT_UNKNOWN, "contract"),
    ({"floor": {"per": "decade", "amount": "1.00"}}, Fault.VALUE_UNKNOWN, "floor"),
    ({"floor": {"per": "entry", "amount": "1.00"}}, Fault.WINDOW_UNFIT, "floor"),
    ({"floor": {"per": "month", "amount": []}}, Fault.LAST_TIER_LIMITED, "floor"),
    (
        {
            "floor": {
                "per": "month",
                "amount": [
                    {"up_to_month": 12, "amount": "1.00"},
                    {"up_to_month": 6, "amount": "1.00"},
                    {"up_to_month": None, "amount": "1.00"},
                ],
            }
        },
        Fault.TIERS_OVERLAP,
        "floor",
    ),
    (
        {"floor": {"per": "month", "amount": "10.00"}, "cap": {"amount": "119.99"}},
        Fault.FLOOR_ABOVE_CAP,
        "floor",
    ),
    (
        {
            "floor": {"per": "year", "amount": "120.00"},
            "cap": {"amount": "500.00", "associate_amount": "9.00"},
        },
        Fault.FLOOR_ABOVE_CAP,
        "floor",
    ),
    ({"cap": {"per": "month", "amount": "10.00"}}, Fault.WINDOW_UNFIT, "cap"),
    ({"franchise": {"months": 0, "waives": ["fixed"]}}, Fault.MONTHS_INVALID, "franchise"),
    ({"franchise": {"months": "6", "waives": ["fixed"]}}, Fault.MONTHS_INVALID, "franchise"),
    ({"franchise": {"months": 6, "waives": []}}, Fault.PART_UNKNOWN, "franchise"),
    ({"exemptions": {"minima_sociaux": ["joy"]}}, Fault.PART_UNKNOWN, "exemptions"),
    ({"exemptions": {"laziness": ["fixed"]}}, Fault.VALUE_UNKNOWN, "exemptions"),
    ({"year_starts": 13}, Fault.MONTHS_INVALID, "year_starts"),
    ({"taken_on": "document", "fixed_per_month": "1.00"}, Fault.MONTHLY_ONLY, "fixed_per_month"),
    ({"taken_on": "document", "floor": {"per": "month", "amount": "1.00"}}, Fault.MONTHLY_ONLY, "floor"),
    (
        {"taken_on": "document"} | shape("curve", points=[["1.00", "1.00"], ["2.00", "3.00"]]),
        Fault.MONTHLY_ONLY,
        "shape",
    ),
]


@pytest.mark.parametrize(("change", "code", "where"), FAULTS, ids=lambda value: str(value)[:60])
def test_one_fault_at_its_place(change: dict[str, Any], code: Fault, where: str) -> None:
    with pytest.raises(ScaleFault) as found:
        read_scale(PLAIN | change, costs={"goods"}, situations={"minima_sociaux"})
    assert (found.value.code, found.value.where) == (code, where)


@pytest.mark.parametrize(
    ("change", "row", "word"),
    [
        (shape(slices=[]), 0, ""),
        (shape(slices=tiers(("1000.00", "0.1"), ("500.00", "0.1"), (None, "0.1"))), 1, Decimal("1000.00")),
        (shape(slices=tiers(("0.00", "0.1"), (None, "0.1"))), 0, Decimal("0.00")),
        (shape(slices=tiers(("1000.00", "0.1"), (None, "0.1"), ("2000.00", "0.1"))), 1, ""),
        (shape(slices=tiers(("1000.00", "0.1"), ("2000.00", "0.1"))), 1, ""),
        (shape(slices=tiers(("1000.00", "0.1"), (None, "2"))), 1, "2"),
        (shape(slices=tiers(("mille", "0.1"), (None, "0.1"))), 0, "mille"),
        (shape("curve", points=[["1.00", "1.00"]]), 1, ""),
        (shape("curve", points=[["2.00", "1.00"], ["1.00", "1.00"]]), 1, Decimal("2.00")),
    ],
)
def test_a_fault_of_a_tier_or_of_a_point_names_its_row(
    change: dict[str, Any], row: int, word: object
) -> None:
    with pytest.raises(ScaleFault) as found:
        read_scale(PLAIN | change)
    assert (found.value.row, found.value.word) == (row, word)


def test_every_fault_is_met() -> None:
    assert {code for _change, code, _where in FAULTS} == set(Fault)


def test_a_plain_scale_is_read() -> None:
    scale = read_scale(PLAIN, costs={"goods"}, situations=set())
    assert (scale.is_monthly, scale.shape.window, scale.cap) == (True, "month", None)
