"""A proposed scale played over a past year: what each activity, and all of them, would have given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import ExtractMonth

from accounting.calculations.contribution.history import History, InForce
from accounting.calculations.contribution.people import Dates
from accounting.calculations.contribution.planning import month_fact
from accounting.calculations.contribution.presence import months_of_year
from accounting.calculations.contribution.replay import Version, play
from accounting.calculations.contribution.scales import Scale, Turnover
from accounting.calculations.contribution.windows import Memory
from accounting.calculations.contribution.working import Fact
from accounting.calculations.contribution.year_end import close_year
from accounting.models import ContributionRun, SaleMovement
from accounting.selectors.histories import histories
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity

# No row bears this key: nothing of the proposal is in the books.
_PROPOSED = 0
# How many changes are read at once; the others are unfolded.
_LARGEST = 8


@dataclass(frozen=True)
class Effect:
    """What one activity gave that year, and what it would have given."""

    activity: Activity
    now: Decimal
    then: Decimal

    @property
    def change(self) -> Decimal:
        return self.then - self.now


@dataclass(frozen=True)
class Simulation:
    """The effect of a proposal, the largest changes first."""

    year: int
    effects: tuple[Effect, ...]

    @property
    def largest(self) -> tuple[Effect, ...]:
        return self.effects[:_LARGEST]

    @property
    def others(self) -> tuple[Effect, ...]:
        return self.effects[_LARGEST:]

    @property
    def now(self) -> Decimal:
        return sum((one.now for one in self.effects), ZERO)

    @property
    def then(self) -> Decimal:
        return sum((one.then for one in self.effects), ZERO)

    @property
    def change(self) -> Decimal:
        return self.then - self.now

    @property
    def gainers(self) -> tuple[Effect, ...]:
        """Those who would have given less."""
        return tuple(one for one in self.effects if one.change < 0)

    @property
    def losers(self) -> tuple[Effect, ...]:
        return tuple(one for one in self.effects if one.change > 0)

    @property
    def unchanged(self) -> int:
        return sum(one.change == 0 for one in self.effects)


def years_to_simulate(today: date) -> list[int]:
    """Civil years in which something was sold, the latest first."""
    found = SaleMovement.objects.filter(on__lte=today).values_list("on__year", flat=True)
    return sorted(set(found.order_by().distinct()), reverse=True)


def simulate(scale: Scale, year: int, *, today: date, only: Iterable[int] | None = None) -> Simulation:
    """Plays the proposal over the months that are over, from the first of the year, for every activity that
    sold or gave, or for those among `only`; what came before the year counts where the windows go back to
    the entry."""
    month = Month(year, 12)
    keys = set(
        SaleMovement.objects.filter(on__year=year).order_by().values_list("activity_id", flat=True)
    ) | set(ContributionRun.objects.filter(year=year).order_by().values_list("activity_id", flat=True))
    if only is not None:
        keys &= set(only)
    activities = list(Activity.objects.filter(pk__in=keys).order_by("sort_name"))
    read, sold = histories(activities, month), _sales(sorted(keys), year)
    given = dict(
        ContributionRun.objects.filter(year=year)
        .values_list("activity_id")
        .annotate(sum=Sum("due"))
        .order_by()
    )
    effects = [
        Effect(
            activity,
            given.get(activity.pk, ZERO),
            _would_give(
                scale, _proposed(scale, read[activity.pk], sold.get(activity.pk, {}), year), year, today
            ),
        )
        for activity in activities
    ]
    return Simulation(year, tuple(sorted(effects, key=lambda one: (-abs(one.change), one.activity.name))))


Sold = dict[tuple[int, str], dict[str, Decimal]]


def _sales(keys: Sequence[int], year: int) -> dict[int, Sold]:
    """The sales of each activity by month and document, whatever their scale was."""
    found: dict[int, Sold] = defaultdict(dict)
    rows = SaleMovement.objects.filter(activity__in=keys, on__year=year).annotate(in_month=ExtractMonth("on"))
    for activity, rank, document, category, net in rows.order_by("on", "pk").values_list(
        "activity_id", "in_month", "document", "category", "net"
    ):
        found[activity].setdefault((rank, document), {})[category] = net
    return found


@dataclass(frozen=True)
class _Case:
    history: History
    sold: Sold


def _proposed(scale: Scale, history: History, sold: Sold, year: int) -> _Case:
    """The same activity, having had nothing but the proposal."""
    version = Version(_PROPOSED, scale)
    sales = dict(history.sales)
    by_month: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for (rank, _document), nets in sold.items():
        for category, net in nets.items():
            by_month[rank][category] = by_month[rank].get(category, ZERO) + net
    for rank, nets in by_month.items():
        sales[Month(year, rank), Turnover.INVOICED] = nets
    everywhere = (InForce(Dates(date.min, None), version, "proposed"),)
    return _Case(replace(history, scales=everywhere, sales=sales, months={}, years={}, others=()), sold)


def _would_give(scale: Scale, case: _Case, year: int, today: date) -> Decimal:
    history, memory = case.history, Memory()
    memory.count(history.earlier)
    months = [month for month in months_of_year(year, 1) if month.last <= today]
    facts = _months(history, months) if scale.is_monthly else _documents(scale, case, year, months)
    due = sum((played.working.due for played in play(facts, memory)), ZERO)
    present = [
        (month, presence)
        for month in months
        if (presence := history.people.presence_on(month.last)) is not None and presence.is_here(month)
    ]
    return due + (close_year(scale, year, present, taken=due).top_up if present else ZERO)


def _months(history: History, months: Sequence[Month]) -> Iterator[tuple[Version, Fact]]:
    for month in months:
        fact = month_fact(history, month)
        if fact is not None:
            yield fact


def _documents(
    scale: Scale, case: _Case, year: int, months: Sequence[Month]
) -> Iterator[tuple[Version, Fact]]:
    version = Version(_PROPOSED, scale)
    for (rank, document), nets in case.sold.items():
        month = Month(year, rank)
        presence = case.history.people.presence_on(month.last)
        if presence is not None and month in months:
            yield version, Fact(month.last, document, presence, nets)
