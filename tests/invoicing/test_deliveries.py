"""What was handed over, what is left of it, and the day that an invoice is offered."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoicing.calculations.deliveries import (
    Delivered,
    DeliveryFault,
    DeliveryRefusal,
    ToDeliver,
    all_that_is_left,
    how_far,
    offered_day,
    refused,
)

D = Decimal
BOARDS, HOURS, BACK = ToDeliver(1, D(10), D(4)), ToDeliver(2, D("2.5")), ToDeliver(3, D(-1))
LINES = [BOARDS, HOURS, BACK]


def test_what_is_left_is_never_below_zero() -> None:
    assert [line.left for line in LINES] == [D(6), D("2.5"), D(0)]
    assert ToDeliver(1, D(10), D(11)).left == D(0)
    assert all_that_is_left(LINES) == {1: D(6), 2: D("2.5")}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({1: D(6), 2: D("0.25")}, []),
        ({1: D(0), 2: D("2.5")}, []),
        ({1: D("6.0001")}, [DeliveryRefusal(DeliveryFault.ABOVE_LEFT, 1, D(6))]),
        ({3: D(1)}, [DeliveryRefusal(DeliveryFault.ABOVE_LEFT, 3, D(0))]),
        ({1: D(1), 2: D(-1)}, [DeliveryRefusal(DeliveryFault.NOT_POSITIVE, 2, D("2.5"))]),
        ({4: D(1)}, [DeliveryRefusal(DeliveryFault.NOT_ORDERED, 4)]),
        ({1: D(0)}, [DeliveryRefusal(DeliveryFault.EMPTY)]),
        ({}, [DeliveryRefusal(DeliveryFault.EMPTY)]),
    ],
)
def test_nothing_beyond_what_is_left(asked: dict[int, Decimal], found: list[DeliveryRefusal]) -> None:
    assert refused(asked, LINES) == found


def test_how_far_an_order_is_delivered() -> None:
    assert how_far([]) is Delivered.NOTHING
    assert how_far([HOURS, BACK]) is Delivered.NOTHING
    assert how_far([BOARDS, HOURS]) is Delivered.PART
    assert how_far([ToDeliver(1, D(10), D(10)), BACK]) is Delivered.WHOLE


def test_the_last_day_not_after_the_invoice_is_offered() -> None:
    days = [date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 1)]
    assert offered_day(days, on=date(2026, 3, 31)) == date(2026, 3, 9)
    assert offered_day(days, on=date(2026, 4, 1)) == date(2026, 4, 1)
    assert offered_day(days, on=date(2026, 3, 1)) is None
    assert offered_day([], on=date(2026, 3, 1)) is None
