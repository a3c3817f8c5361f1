"""What time costs, what is included, which passes are the cheapest, what part of a month is due."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.periods import Month, Span
from coworking.calculations.allowances import Lot, draw
from coworking.calculations.mixes import Mix, Offer, cheapest_mix
from coworking.calculations.prices import Prices, minutes_by_day, price_of, price_of_day, price_of_days
from coworking.calculations.proration import Due, days_held, due_of, end_after_notice
from coworking.calculations.stretches import Stretch, moment

PARIS = ZoneInfo("Europe/Paris")
D = Decimal
ROOM = Prices(hour=D("12.00"), half_day=D("40.00"), day=D("70.00"))


@pytest.mark.parametrize(
    ("minutes", "price"),
    [
        (60, "12.00"),
        (100, "20.00"),
        # Half a day for 200 minutes would cost as much: 40,00 €.
        (200, "40.00"),
        (210, "40.00"),
        (240, "40.00"),
        (270, "46.00"),
        (390, "70.00"),
        (600, "70.00"),
    ],
)
def test_the_least_for_a_part_of_a_day(minutes: int, price: str) -> None:
    assert price_of_day(minutes, ROOM) == D(price)


def test_what_is_not_sold_so_has_no_price() -> None:
    assert price_of_day(60, Prices()) is None
    assert not Prices().is_sold
    assert price_of_day(60, Prices(half_day=D(9))) == D(9)
    assert price_of_day(300, Prices(half_day=D(9))) == D(18)
    assert price_of_day(30, Prices(day=D(20))) == D(20)
    # An office by the month alone is not sold for a day, but one may take it for a month.
    office = Prices(month=D(300))
    assert office.is_sold
    assert price_of_days([1440], office) == D(300)


def test_a_week_at_once_when_it_costs_less() -> None:
    desk = Prices(day=D(18), week=D(70))
    assert price_of_days([480] * 3, desk) == D("54.00")
    assert price_of_days([480] * 5, desk) == D("70.00")
    assert price_of_days([480] * 8, desk) == D("88.00")
    assert price_of_days([], desk) == D(0)


def test_days_of_the_clock() -> None:
    night = Stretch(moment(date(2026, 10, 24), time(22), PARIS), moment(date(2026, 10, 25), time(4), PARIS))
    # Two hours before midnight, five after it: one hour comes twice.
    assert minutes_by_day(night, PARIS) == [120, 300]
    assert price_of(night, Prices(hour=D(6)), PARIS) == D("42.00")


def test_what_lapses_first_is_used_first() -> None:
    july, august = Lot(date(2026, 7, 31), D(2), key=1), Lot(date(2026, 8, 31), D(5), key=2)
    gone = Lot(date(2026, 6, 30), D(9), key=3)
    found = draw([august, july, gone], D("4.5"), on=date(2026, 7, 10))
    assert found.taken == ((1, D(2)), (2, D("2.5")))
    assert (found.covered, found.beyond) == (D("4.5"), D(0))
    assert [lot.left for lot in found.lots] == [D(9), D(0), D("2.5")]
    assert draw([july], D(3), on=date(2026, 7, 31)).beyond == D(1)


OFFERS = [
    Offer("1 jour", 1, D(18), 90),
    Offer("5 jours", 5, D(80), 180),
    Offer("10 jours", 10, D(140), 365),
]


def test_the_cheapest_passes_for_what_was_used() -> None:
    assert cheapest_mix(OFFERS, 7) == Mix((("1 jour", 2), ("5 jours", 1)), D(116), 7)
    assert cheapest_mix(OFFERS, 9) == Mix((("10 jours", 1),), D(140), 10)
    assert cheapest_mix(OFFERS, 0) == Mix((), D(0), 0)
    assert cheapest_mix([], 3) is None
    assert cheapest_mix([Offer("vide", 0, D(0), 1)], 3) is None


def test_of_two_as_cheap_fewer_passes_then_the_longest() -> None:
    some = [Offer("un", 1, D(10), 30), Offer("deux", 2, D(20), 30), Offer("deux long", 2, D(20), 90)]
    assert cheapest_mix(some, 2) == Mix((("deux long", 1),), D(20), 2)


offers = st.lists(
    st.builds(
        Offer,
        name=st.uuids().map(str),
        units=st.integers(1, 6),
        price=st.integers(1, 60).map(D),
        days=st.just(90),
    ),
    min_size=1,
    max_size=3,
)


@given(offers, st.integers(1, 9))
def test_no_other_passes_cost_less(some: list[Offer], wanted: int) -> None:
    found = cheapest_mix(some, wanted)
    assert found
    assert found.units >= wanted
    least = min(
        sum((offer.price * n for offer, n in zip(some, counts, strict=True)), D(0))
        for counts in product(range(wanted + 1), repeat=len(some))
        if sum(offer.units * n for offer, n in zip(some, counts, strict=True)) >= wanted
    )
    assert found.price == least


NOVEMBER = Month(2026, 11)


def test_a_month_held_in_part_is_due_in_part() -> None:
    assert due_of(D("180.00"), NOVEMBER, date(2026, 1, 5), None) == Due(30, 30, D("180.00"))
    assert due_of(D("180.00"), NOVEMBER, date(2026, 11, 16), None) == Due(15, 30, D("90.00"))
    assert due_of(D("100.00"), NOVEMBER, date(2026, 1, 5), date(2026, 11, 20)).amount == D("66.67")
    assert due_of(D("180.00"), NOVEMBER, date(2026, 12, 1), None) == Due(0, 30, D("0.00"))
    assert due_of(D("180.00"), NOVEMBER, date(2026, 1, 1), date(2026, 10, 31)).days == 0
    assert due_of(D("180.00"), NOVEMBER, date(2026, 1, 5), None).is_whole


def test_pauses_are_taken_off_once() -> None:
    pauses = [
        Span(date(2026, 10, 20), date(2026, 11, 5)),
        Span(date(2026, 11, 4), date(2026, 11, 6)),
        Span(date(2026, 12, 1), date(2026, 12, 31)),
    ]
    assert days_held(NOVEMBER, date(2026, 1, 1), None, pauses) == 24


def test_the_end_of_a_notice() -> None:
    assert end_after_notice(date(2026, 11, 28), months=1) == date(2026, 12, 31)
    assert end_after_notice(date(2027, 1, 31), months=1) == date(2027, 2, 28)
    assert end_after_notice(date(2026, 11, 28), months=0, days=15) == date(2026, 12, 13)
