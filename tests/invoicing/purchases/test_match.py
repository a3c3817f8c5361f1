"""An invoice against its order: prices, quantities, what came in; and how late a due date is."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounting.calculations.ages import age_of
from invoicing.calculations.purchase_match import Gap, GapKind, Invoiced, Ordered, gaps
from tests.invoicing.purchases.days import TODAY

D = Decimal

ORDERED = Ordered(1, "Planches", D(10), D("12.50"), received=D(6), invoiced=D(2))


def test_what_is_left_is_never_below_zero() -> None:
    assert (ORDERED.left_to_receive, ORDERED.left_to_invoice) == (D(4), D(8))
    more = Ordered(1, "Planches", D(10), D("12.50"), received=D(11), invoiced=D(12))
    assert (more.left_to_receive, more.left_to_invoice) == (D(0), D(0))


def test_an_invoice_of_what_came_in_at_the_price_of_the_order_has_no_gap() -> None:
    assert gaps([Invoiced("Planches", D("50.00"), D(4), 1)], [ORDERED]) == []
    assert gaps([Invoiced("Planches", D("50.01"), D(4), 1)], [ORDERED]) == []


@pytest.mark.parametrize(
    ("line", "gap"),
    [
        (Invoiced("Planches", D("56.00"), D(4), 1), Gap(GapKind.PRICE, "Planches", D("12.50"), D("14.00"))),
        (Invoiced("Planches", D("112.50"), D(9), 1), Gap(GapKind.QUANTITY, "Planches", D(8), D(9))),
        (Invoiced("Planches", D("62.50"), D(5), 1), Gap(GapKind.NOT_RECEIVED, "Planches", D(6), D(7))),
        (Invoiced("Port", D("9.00")), Gap(GapKind.NOT_ORDERED, "Port", D("0.00"), D("9.00"))),
        (Invoiced("Port", D("9.00"), D(1), 44), Gap(GapKind.NOT_ORDERED, "Port", D("0.00"), D("9.00"))),
    ],
)
def test_each_gap_says_what_was_wanted_and_what_was_found(line: Invoiced, gap: Gap) -> None:
    assert gaps([line], [ORDERED]) == [gap]


def test_a_line_without_quantity_stands_for_all_that_is_left() -> None:
    whole = Ordered(1, "Planches", D(10), D("12.50"), received=D(10))
    assert gaps([Invoiced("Planches", D("125.00"), None, 1)], [whole]) == []
    done = Ordered(1, "Planches", D(10), D("12.50"), received=D(10), invoiced=D(10))
    assert gaps([Invoiced("Planches", D("125.00"), None, 1)], [done]) == [
        Gap(GapKind.PRICE, "Planches", D("12.50"), D("125.00"))
    ]


@pytest.mark.parametrize(
    ("late", "rank"), [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)]
)
def test_lateness_is_counted_by_months_of_thirty_days(late: int, rank: int) -> None:
    assert age_of(TODAY - timedelta(days=late), TODAY) == rank
