"""What a deal is worth, and what makes it ask for attention."""

from datetime import date
from decimal import Decimal

import pytest

from invoicing.calculations.deals import Indicator, Level, Standing, Sums, indicators, level

TODAY = date(2026, 11, 27)


def sums(**amounts: str) -> Sums:
    return Sums(**{name: Decimal(amount) for name, amount in amounts.items()})


def test_left_to_invoice_is_what_accepted_quotes_promise_beyond_their_invoices() -> None:
    found = sums(accepted="1000.00", invoiced="450.00", from_quotes="300.00", bought="120.00", spent="30.00")
    assert found.left_to_invoice == Decimal("700.00")
    assert found.costs == Decimal("150.00")
    assert found.margin == Decimal("300.00")
    assert found.sold == Decimal("1150.00")


def test_more_invoiced_than_promised_leaves_nothing() -> None:
    assert sums(accepted="100.00", invoiced="130.00", from_quotes="130.00").left_to_invoice == Decimal(0)


@pytest.mark.parametrize(
    ("standing", "lit", "worst"),
    [
        (Standing(sums(accepted="100")), (), Level.FINE),
        (Standing(Sums(), papers_missing=1), (Indicator.PAPER_MISSING,), Level.ACT),
        (Standing(sums(invoiced="10", overdue="0.01")), (Indicator.OVERDUE,), Level.ACT),
        (Standing(Sums(), contracts_refused=1), (Indicator.CONTRACT_REFUSED,), Level.ACT),
        (Standing(sums(bought="0.02", invoiced="0.01")), (Indicator.SPENT_ABOVE_SOLD,), Level.WATCH),
        (Standing(sums(spent="90", accepted="90")), (), Level.FINE),
        (Standing(Sums(), contracts_waiting=1), (Indicator.CONTRACT_WAITING,), Level.WATCH),
        (Standing(Sums(), contracts_to_negotiate=2), (Indicator.CONTRACT_TO_NEGOTIATE,), Level.WATCH),
        (
            Standing(sums(accepted="100"), accepted_on=date(2026, 10, 28), papers_missing=2),
            (Indicator.PAPER_MISSING,),
            Level.ACT,
        ),
        (
            Standing(sums(accepted="100"), accepted_on=date(2026, 10, 27)),
            (Indicator.LATE_TO_INVOICE,),
            Level.WATCH,
        ),
        (
            Standing(sums(accepted="100", from_quotes="100", invoiced="100"), accepted_on=date(2026, 1, 1)),
            (),
            Level.FINE,
        ),
    ],
)
def test_the_state_of_a_deal_is_the_worst_of_its_indicators(
    standing: Standing, lit: tuple[Indicator, ...], worst: Level
) -> None:
    assert indicators(standing, on=TODAY) == lit
    assert level(indicators(standing, on=TODAY)) == worst


def test_the_gravest_is_named_first() -> None:
    standing = Standing(sums(bought="5", overdue="1", invoiced="1"), papers_missing=1, contracts_waiting=1)
    assert indicators(standing, on=TODAY) == (
        Indicator.PAPER_MISSING,
        Indicator.OVERDUE,
        Indicator.SPENT_ABOVE_SOLD,
        Indicator.CONTRACT_WAITING,
    )
