"""What a whole year gives under a scale, by its turnover: the line that a drawing of the scale shows.

The turnover is spread over twelve months, or twelve documents, of ordinary sales without costs; every part
of the rule counts: fixed part, floor, cap, first months.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.contribution.presence import Presence, months_of_year
from accounting.calculations.contribution.replay import Version, play
from accounting.calculations.contribution.scales import ORDINARY, Contract, Kind, Scale, Window
from accounting.calculations.contribution.tariffs import YEAR_MONTHS
from accounting.calculations.contribution.windows import Memory
from accounting.calculations.contribution.working import Fact
from accounting.calculations.contribution.year_end import close_year
from cae.core.money import ZERO, share
from cae.core.periods import Month

# Any year does: no rule looks at its number.
_YEAR = 2001
_LONG_AGO = date(1900, 1, 1)
_WITHOUT_LIMIT = Decimal(60000)
# A fifth of this is twelve whole hundreds: the examples of a table are plain months.
_FIVE_YEARS = Decimal(6000)
# A little more than the last limit, so that what comes after it is seen.
_PAST = Decimal("1.3")


@dataclass(frozen=True)
class Case:
    """Who gives: under which contract, in the year of entry or long after it, associate or not."""

    contract: str = Contract.CESA
    first_year: bool = False
    associate: bool = False


@dataclass(frozen=True)
class Spot:
    """A turnover of the year and what it gives."""

    turnover: Decimal
    amount: Decimal

    @property
    def rate(self) -> Decimal:
        """The share of the turnover that is given, to four decimals; nothing of nothing."""
        return (self.amount / self.turnover).quantize(Decimal("0.0001")) if self.turnover else ZERO


def year_gives(scale: Scale, turnover: Decimal, case: Case) -> Decimal:
    """The contribution of twelve equal months, its floor of the year included, to the cent."""
    months = months_of_year(_YEAR, scale.year_starts)
    presence = Presence(
        entered_on=months[0].first if case.first_year else _LONG_AGO,
        contract=case.contract,
        associate=case.associate,
    )
    version = Version(0, scale)
    facts = ((version, fact) for fact in _facts(months, presence, turnover))
    due = sum((played.working.due for played in play(facts, Memory())), ZERO)
    present = [(month, presence) for month in months]
    return due + close_year(scale, _YEAR, present, taken=due).top_up


def _facts(months: list[Month], presence: Presence, turnover: Decimal) -> Iterator[Fact]:
    nets = share(turnover, [Decimal(1)] * YEAR_MONTHS)
    for rank, (month, net) in enumerate(zip(months, nets, strict=True), start=1):
        yield Fact(
            on=month.last,
            name=str(month),
            presence=presence,
            sales={ORDINARY: net},
            curve_months=rank,
            closes=rank == YEAR_MONTHS,
        )


def outline(scale: Scale, turnovers: Iterable[Decimal], case: Case) -> tuple[Spot, ...]:
    return tuple(Spot(turnover, year_gives(scale, turnover, case)) for turnover in turnovers)


def cases_of(scale: Scale) -> tuple[Case, ...]:
    """Those whose lines differ: the usual one first."""
    found = [Case()]
    floor = scale.floor.amounts if scale.floor else None
    if any(amounts and amounts.by_contract for amounts in (scale.fixed, floor)):
        found.append(Case(contract=Contract.CAPE))
    if scale.franchise or any(amounts and amounts.by_month for amounts in (scale.fixed, floor)):
        found.append(Case(first_year=True))
    if scale.cap and scale.cap.associate_amount is not None:
        found.append(Case(associate=True))
    return tuple(found)


def end_of(scale: Scale) -> Decimal:
    """Where the drawing stops: a round turnover past the last limit and past the cap."""
    shape = scale.shape
    times = 1 if shape.window in (Window.YEAR, Window.ENTRY) else YEAR_MONTHS
    limits = [tier.up_to * times for tier in shape.tiers if tier.up_to is not None]
    limits += [point.base for point in shape.points]
    limits += _reaching_cap(scale)
    if not limits:
        return _WITHOUT_LIMIT
    wanted = max(limits) * _PAST
    unit = _FIVE_YEARS if wanted >= _FIVE_YEARS else _FIVE_YEARS / 100
    return (wanted // unit + 1) * unit


def _reaching_cap(scale: Scale) -> list[Decimal]:
    """The turnover at which even the lowest rate reaches the cap: there the line is flat."""
    rates = [scale.shape.rate, *(tier.rate for tier in scale.shape.tiers)]
    if scale.cap is None or scale.shape.kind == Kind.CURVE or not max(rates):
        return []
    return [scale.cap.amount / min(rate for rate in rates if rate)]


def corners(scale: Scale, end: Decimal) -> set[Decimal]:
    """Where the line may break: the limits of the year, and just after those of a level."""
    shape = scale.shape
    times = 1 if shape.window in (Window.YEAR, Window.ENTRY) else YEAR_MONTHS
    limits = {tier.up_to * times for tier in shape.tiers if tier.up_to is not None}
    limits |= {point.base for point in shape.points}
    after = {limit + times * Decimal("0.01") for limit in limits} if shape.kind == Kind.WHOLE_BASE else set()
    return {base for base in limits | after if base <= end}
