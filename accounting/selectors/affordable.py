"""What an activity can pay for six months: the highest cost that its forecast carries (ACC-25)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate

from accounting.calculations.contribution.presence import Presence
from accounting.calculations.contribution.whole_year import contribution_of_year
from accounting.calculations.pay.affordable import balances, highest_cost
from accounting.calculations.pay.pricing import Contribution
from accounting.calculations.treasury.forecast import (
    OF_CUSTOMERS,
    Changes,
    Flow,
    FlowKind,
    ForecastMonth,
    is_supposed_pay,
)
from accounting.models import AnalyticAccount
from accounting.selectors.forecasts import prospect_of
from accounting.selectors.presence import people_of_activities
from accounting.selectors.scales import scale_of
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity

MONTHS = 6
# The columns of the page; what is of none of them is owed already: pay, bodies, claims, loans.
_COLUMNS: dict[str, frozenset[FlowKind]] = {
    "received": OF_CUSTOMERS | {FlowKind.GRANT},
    "contribution": frozenset({FlowKind.CONTRIBUTION}),
    "suppliers": frozenset({FlowKind.SUPPLIER}),
    "usual": frozenset({FlowKind.USUAL}),
}


@dataclass(frozen=True)
class MonthLine:
    """A month of the forecast: what it begins with, brings and takes, and what is left. What leaves is told
    as a positive amount."""

    month: Month
    opening: Decimal
    received: Decimal
    contribution: Decimal
    suppliers: Decimal
    usual: Decimal
    owed: Decimal
    pay: Decimal
    closing: Decimal
    lowest: bool = False


@dataclass(frozen=True)
class Affordable:
    """The highest cost of a month, none when the cash goes below the floor without any pay."""

    cost: Decimal | None
    floor: Decimal
    cash: Decimal
    lines: tuple[MonthLine, ...]


def affordable(section: AnalyticAccount, on: date, floor: Decimal) -> Affordable:
    """Plays the next six months, this one first, as the forecast of the activity says them, without the pay
    that is not in the books; finds what each can pay."""
    prospect = prospect_of(section, on, MONTHS)
    months = prospect.forecast(Changes(pay=ZERO)).months
    unpaid = [one.closing for one in months]
    paid = list(accumulate(sum(is_supposed_pay(row) for row in one.flows) for one in months))
    cost = highest_cost(lambda asked: balances(unpaid, paid, asked), floor)
    closings = balances(unpaid, paid, cost or ZERO)
    openings = (prospect.cash, *closings[:-1])
    lines = tuple(
        _line(one, opening, closing, cost or ZERO, lowest=closing == min(closings))
        for one, opening, closing in zip(months, openings, closings, strict=True)
    )
    return Affordable(cost, floor, prospect.cash, lines)


def _line(
    one: ForecastMonth, opening: Decimal, closing: Decimal, cost: Decimal, *, lowest: bool
) -> MonthLine:
    pay = sum((cost for row in one.flows if is_supposed_pay(row)), ZERO)
    sums = {name: _sum(one.flows, kinds) for name, kinds in _COLUMNS.items()}
    received = sums.pop("received")
    owed = opening + received + sum(sums.values(), ZERO) - pay - closing
    return MonthLine(
        month=one.month,
        opening=opening,
        received=received,
        **{name: -amount for name, amount in sums.items()},
        owed=owed,
        pay=pay,
        closing=closing,
        lowest=lowest,
    )


def _sum(flows: tuple[Flow, ...], kinds: frozenset[FlowKind]) -> Decimal:
    return sum((row.amount for row in flows if row.kind in kinds), ZERO)


def yearly_contribution(activity: Activity, on: date, deducted: Decimal) -> tuple[str, Contribution]:
    """The scale in force by its label, and what a year of sales gives under it; nothing without a scale."""
    scale = scale_of(activity, on)
    if scale is None:
        return "", lambda _turnover: ZERO
    known = people_of_activities([activity])[activity.pk].presence_on(on)
    # An ordinary year: there since the year before, without anything that somebody waived.
    begun = date(on.year - 1, 1, 1)
    presence = Presence(begun) if known is None else replace(known, entered_on=begun, left_on=None)
    presence = replace(presence, situations=frozenset(), granted=frozenset())
    rule = scale.rule
    return scale.label, lambda turnover: contribution_of_year(rule, turnover, deducted, presence, on.year)
