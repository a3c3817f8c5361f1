"""What an activity can pay for six months: its cash, what is due to it and by it, usual costs (ACC-25)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum

from accounting.calculations.contribution.planning import plan
from accounting.calculations.contribution.presence import Presence
from accounting.calculations.contribution.scales import Turnover
from accounting.calculations.contribution.whole_year import contribution_of_year
from accounting.calculations.pay.affordable import Coming, MonthFlow, balances, flows, highest_cost, netted
from accounting.calculations.pay.pricing import Contribution
from accounting.models import AnalyticAccount, EntryLine
from accounting.selectors.contribution import contribution_sums
from accounting.selectors.histories import history_of
from accounting.selectors.lettering import open_lines
from accounting.selectors.pay_means import coming_pay, owed_by
from accounting.selectors.payments import cash_left
from accounting.selectors.presence import people_of_activities
from accounting.selectors.scales import scale_of
from cae.core.money import ZERO, cents
from cae.core.periods import Month, after_months
from entrepreneurs.models import Activity

MONTHS = 6
# Goods, services bought and other costs of the trade; pay, taxes and what goes between activities are apart.
_USUAL = ("60", "61", "62")


@dataclass(frozen=True)
class MonthLine:
    """A month of the forecast: what it begins with, brings and takes, and what is left."""

    flow: MonthFlow
    opening: Decimal
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


def affordable(section: AnalyticAccount, activity: Activity, on: date, floor: Decimal) -> Affordable:
    """Plays the next six months, this one first, and finds what each can pay."""
    first = Month.of(on)
    months = list(first.until(Month.of(after_months(first.first, MONTHS - 1))))
    cash = cash_left([section], on).get(section.pk, ZERO)
    owed = owed_by([section.pk], on).get(section.pk, ZERO)
    owed += coming_pay([section.pk], first).get(section.pk, ZERO)
    found = flows(
        months,
        _coming(section, on),
        owed=owed,
        usual=usual_costs(section, first),
        pending=_pending(activity, first),
        contribution_rate=_contribution_rate(activity, on),
    )
    cost = highest_cost(lambda paid: balances(cash, found, paid), floor)
    return Affordable(cost, floor, cash, _lines(cash, found, cost or ZERO))


def _coming(section: AnalyticAccount, on: date) -> list[Coming]:
    """Invoices not yet paid by customers, and those not yet paid to suppliers, on their due dates."""
    owed_to = [Coming(one.due_on, one.left) for one in open_lines(on=on, prefix="41", section=section)]
    owed_by_it = [Coming(one.due_on, -one.left) for one in open_lines(on=on, prefix="40", section=section)]
    return [*netted(owed_to), *(Coming(one.on, -one.amount) for one in netted(owed_by_it))]


def usual_costs(section: AnalyticAccount, first: Month) -> Decimal:
    """The costs of an average month of the last six that are over, or of those since the first entry."""
    start = after_months(first.first, -MONTHS)
    chosen = Q()
    for prefix in _USUAL:
        chosen |= Q(account__number__startswith=prefix)
    rows = EntryLine.objects.order_by().filter(analytic=section, on__lt=first.first)
    begun = rows.order_by("on").values_list("on", flat=True).first()
    if begun is None:
        return ZERO
    spent = rows.filter(chosen, on__gte=start).aggregate(sum=Sum(F("debit") - F("credit")))["sum"] or ZERO
    months = len(list(Month.of(max(begun, start)).until(first.previous())))
    return max(ZERO, cents(spent / months))


def _pending(activity: Activity, month: Month) -> Decimal:
    """What the last month and this one will give, as they stand, and have not given yet."""
    found: dict[Month, Decimal] = {}
    for one in (month.previous(), month):
        found |= {change.month: change.figures.due for change in plan(history_of(activity, one), one)}
    return sum(found.values(), ZERO)


def _contribution_rate(activity: Activity, on: date) -> Decimal:
    """Under a scale that takes from what is received: the share that the last year gave. Else what is issued
    has already given."""
    scale = scale_of(activity, on)
    if scale is None or scale.turnover != Turnover.RECEIVED:
        return ZERO
    sums = contribution_sums(activity, start=after_months(on, -12), end=on)
    return sums.due / sums.base if sums.base > 0 else ZERO


def _lines(cash: Decimal, found: tuple[MonthFlow, ...], cost: Decimal) -> tuple[MonthLine, ...]:
    closings = balances(cash, found, cost)
    lowest = min(closings)
    openings = (cash, *closings[:-1])
    return tuple(
        MonthLine(flow, opening, cost, closing, closing == lowest)
        for flow, opening, closing in zip(found, openings, closings, strict=True)
    )


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
