"""What a year of kilometres gives, and what a trip adds: the shared cases, the bands, ten thousand orders."""

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest

from invoicing.calculations.mileage import Band, Tariff, gap, steps, travelled
from invoicing.mileage_scale import ELECTRIC_FACTOR, SCALE

FILE = json.loads((Path(__file__).parents[2] / "data" / "mileage_2026.json").read_text())
CASES = {case["id"]: case for case in FILE["cases"]}
POWERS = {
    ("car", 0): "3",
    ("car", 4): "4",
    ("car", 5): "5",
    ("car", 6): "6",
    ("car", 7): "7+",
    ("motorcycle", 0): "1-2",
    ("motorcycle", 3): "3-5",
    ("motorcycle", 6): "6+",
    ("moped", 0): "any",
}


def tariff(kind: str, power: str, *, electric: bool = False) -> Tariff:
    bands = [
        Band(
            None if row["up_to_km"] is None else Decimal(row["up_to_km"]),
            Decimal(row["rate"]),
            Decimal(row["plus"]),
        )
        for row in FILE["scale"][kind][power]
    ]
    return Tariff(bands, Decimal(FILE["electric_factor"]) if electric else Decimal(1))


@pytest.mark.parametrize("name", CASES)
def test_the_shared_cases_hold(name):
    given, expected = CASES[name]["input"], CASES[name]["expected"]["claims"]
    scale = tariff(given["vehicle"], given["power_cv"], electric=given["electric"])
    found = steps(scale, [Decimal(claim["km"]) for claim in given["claims"]])
    assert [str(step.amount) for step in found] == [claim["amount"] for claim in expected]
    assert [str(step.of_year) for step in found] == [claim["paid_this_year"] for claim in expected]
    assert [str(step.after) for step in found] == [claim["km_of_year"] for claim in expected]


def test_the_first_scale_of_a_cooperative_is_that_of_the_cases():
    assert Decimal(FILE["electric_factor"]) == ELECTRIC_FACTOR
    assert {POWERS[kind, low] for kind, low, *_rest in SCALE} == set(POWERS.values())
    for kind, low, _high, limits, amounts in SCALE:
        rows = FILE["scale"][kind][POWERS[kind, low]]
        assert list(limits) == [row["up_to_km"] for row in rows]
        assert [Decimal(rate) for rate, _plus in amounts] == [Decimal(row["rate"]) for row in rows]
        assert [Decimal(plus) for _rate, plus in amounts] == [Decimal(row["plus"]) for row in rows]


def test_the_last_kilometre_of_a_band_is_still_in_it():
    car = tariff("car", "4")
    assert car.band_at(Decimal(5000)).rate == Decimal("0.606")
    assert car.band_at(Decimal("5000.1")).rate == Decimal("0.340")
    assert car.band_at(Decimal(20001)).rate == Decimal("0.407")


def test_a_scale_that_stops_too_early_gives_no_amount():
    short = Tariff([Band(Decimal(10), Decimal("0.5"))])
    with pytest.raises(LookupError):
        short.of_year(Decimal(11))


def test_a_year_without_kilometres_is_worth_nothing():
    assert tariff("car", "7+").of_year(Decimal(0)) == Decimal("0.00")
    assert steps(tariff("car", "7+"), []) == []


def test_a_half_cent_goes_up_once_a_year():
    """0.5 km × 0.529 = 0.2645: two halves are worth the whole kilometre, no more."""
    first, second = steps(tariff("car", "3"), [Decimal("0.5"), Decimal("0.5")])
    assert (first.amount, second.amount) == (Decimal("0.26"), Decimal("0.27"))


def test_no_order_and_no_cut_of_trips_gains_or_loses_a_cent():
    chance = random.Random(52)  # noqa: S311  # the same orders each time
    scales = [(kind, power) for kind, powers in FILE["scale"].items() for power in powers]
    for _turn in range(10_000):
        scale = tariff(*chance.choice(scales), electric=chance.random() < 0.3)
        trips = [Decimal(chance.randint(1, 30_000)) / 10 for _trip in range(chance.randint(1, 12))]
        cut = chance.randint(0, len(trips))
        before = sum(trips[:cut], Decimal(0))
        found = steps(scale, trips[:cut]) + steps(scale, trips[cut:], before=before)
        assert sum(step.amount for step in found) == scale.of_year(sum(trips))


def test_a_gap_is_what_a_year_lacks():
    """B of 200 km was counted after A of 4 900 km, which is then refused."""
    car = tariff("car", "4")
    second = steps(car, [Decimal(4900), Decimal(200)])[1]
    missing = gap(car, km=Decimal(200), given=second.amount)
    assert (missing.due, missing.given) == (Decimal("121.20"), second.amount)
    assert second.amount + missing.amount == car.of_year(Decimal(200))


def test_a_gap_may_be_to_take_back():
    assert gap(tariff("car", "4"), km=Decimal(0), given=Decimal("6.06")).amount == Decimal("-6.06")


def test_there_and_back_counts_twice():
    assert travelled(Decimal("12.4"), returns=True) == Decimal("24.8")
    assert travelled(Decimal("12.4"), returns=False) == Decimal("12.4")
