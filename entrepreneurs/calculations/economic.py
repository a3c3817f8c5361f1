"""The economic criterion of an entry, with its working: amount, period, basis, working time (ENT-10)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from cae.core.money import CENT, cents
from cae.core.periods import Span

# C. trav. L3121-27: thirty-five hours a week.
FULL_TIME_HOURS = 35
# The sales asked of a candidate are those of the last twelve months.
MONTHS_OF_SALES = 12

Basis = Literal["sales", "margin"]


@dataclass(frozen=True)
class Threshold:
    """What the cooperative asks of an activity tested full time: euros before tax over so many months."""

    amount: Decimal
    months: int
    basis: Basis
    # Whether less is asked of who works less.
    scaled: bool = True


@dataclass(frozen=True)
class Tested:
    """What the candidate says of the activity tested: figures before tax over so many months."""

    sales: Decimal
    costs: Decimal
    months: int
    # A fraction: 1 is full time.
    working_time: Fraction


@dataclass(frozen=True)
class Working:
    """Each figure of the comparison, as the page shows it."""

    measured: Decimal
    # The amount of the rule, then what is asked once period and working time are taken into account.
    amount: Decimal
    share_of_period: Fraction
    share_of_time: Fraction
    required: Decimal
    is_met: bool

    @property
    def gap(self) -> Decimal:
        """What is missing; negative, what there is beyond."""
        return self.required - self.measured


def months_tested(since: date | None, until: date) -> int:
    """Gives the whole months of a test, both days included: from 1 January to 31 December, twelve; one at
    least, and no more than the sales asked are of. A test that nobody dates counts for all of them."""
    if since is None:
        return MONTHS_OF_SALES
    months = Span(since, max(since, until)).length[0]
    return min(max(months, 1), MONTHS_OF_SALES)


def working_time(weekly_hours: int | None) -> Fraction:
    """Gives the share of a full time that so many hours a week are; nothing said is a full time."""
    return min(Fraction(weekly_hours or FULL_TIME_HOURS, FULL_TIME_HOURS), Fraction(1))


def economic_criterion(rule: Threshold, tested: Tested) -> Working:
    """Gives amount × months tested / months of the rule × working time, to the cent, against sales or
    margin. A test longer than the period of the rule is asked for more. Raises ValueError for no month, or
    a working time outside ]0, 1]."""
    if tested.months < 1 or rule.months < 1:
        raise ValueError("a period of at least one month")
    if not 0 < tested.working_time <= 1:
        raise ValueError("a working time is a fraction")
    share_of_period = Fraction(tested.months, rule.months)
    share_of_time = tested.working_time if rule.scaled else Fraction(1)
    required = _euros(Fraction(rule.amount) * share_of_period * share_of_time)
    measured = cents(tested.sales if rule.basis == "sales" else tested.sales - tested.costs)
    return Working(
        measured=measured,
        amount=rule.amount,
        share_of_period=share_of_period,
        share_of_time=share_of_time,
        required=required,
        is_met=measured >= required,
    )


def _euros(amount: Fraction) -> Decimal:
    """Half up to the cent, from an exact fraction that is never negative."""
    hundredths = amount * 100
    return Decimal(int(hundredths + Fraction(1, 2))) * CENT
