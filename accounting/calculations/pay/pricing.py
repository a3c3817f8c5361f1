"""The price of a day: from a pay to what each day must be sold, or the reverse (ENT-57)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from cae.core.money import CENT, ZERO, cents

# What a year of sales and costs gives to the shared services.
Contribution = Callable[[Decimal], Decimal]
_MONTHS = 12
_MOST = 10**12


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the activity: what it sells, gives, spends, and what is left for pay."""

    price: Decimal
    days: Decimal
    turnover: Decimal
    contribution: Decimal
    costs: Decimal
    pay_cost: Decimal

    @property
    def left(self) -> Decimal:
        """What the year leaves once pay and costs are paid."""
        return self.turnover - self.contribution - self.costs - self.pay_cost


def price_for(pay_cost: Decimal, costs: Decimal, days: Decimal, contribution: Contribution) -> Year:
    """Gives the lowest price of a day, to the cent, whose year pays twelve months of this cost and the costs.
    Raises ValueError when no price does."""
    wanted = pay_cost * _MONTHS + costs

    def left(units: int) -> Decimal:
        turnover = cents(units * CENT * days)
        return turnover - contribution(turnover) - wanted

    # The least that pays the whole without any contribution, then doubling: each shape of scale is a step.
    start = int((wanted / days / CENT).to_integral_value(rounding=ROUND_CEILING))
    low, high = 0, max(start, 1)
    while left(high) < 0:
        low, high = high, high * 2
        if high > _MOST:
            raise ValueError("no price is enough")
    while high - low > 1:
        middle = (low + high) // 2
        if left(middle) >= 0:
            high = middle
        else:
            low = middle
    price = high * CENT
    return _year(price, days, costs, pay_cost * _MONTHS, contribution)


def pay_for(
    price: Decimal, costs: Decimal, days: Decimal, contribution: Contribution
) -> tuple[Year, Decimal]:
    """Gives the year of this price, and the monthly cost of the pay that it leaves: nothing when it loses."""
    turnover = cents(price * days)
    left = max(ZERO, turnover - contribution(turnover) - costs)
    monthly = (left / _MONTHS).quantize(CENT, rounding="ROUND_FLOOR")
    return _year(price, days, costs, monthly * _MONTHS, contribution), monthly


def _year(
    price: Decimal, days: Decimal, costs: Decimal, pay_cost: Decimal, contribution: Contribution
) -> Year:
    turnover = cents(price * days)
    return Year(price, days, turnover, contribution(turnover), costs, pay_cost)
