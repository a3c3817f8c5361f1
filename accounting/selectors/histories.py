"""Reads at once all that the contribution of many activities is computed from: a flat number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Max, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from accounting.calculations.contribution.history import Booked, Figures, History, InForce, Other
from accounting.calculations.contribution.people import Dates
from accounting.calculations.contribution.presence import year_of
from accounting.calculations.contribution.replay import Version
from accounting.calculations.contribution.scales import Turnover, Window
from accounting.calculations.contribution.windows import Counted
from accounting.models import (
    ContributionPart,
    ContributionRun,
    ContributionScale,
    EntryLine,
    SaleMovement,
    ScaleAssignment,
)
from accounting.selectors.presence import people_of_activities
from accounting.selectors.receipts import receipts_between
from accounting.states.contributions import RunKind, RunNature
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity

Sums = dict[str, Decimal]
_FIGURES = ("base", "proportional", "fixed", "uncapped", "due")


@dataclass(frozen=True)
class Horizon:
    """The days that a computation reads: the year, or years, that a month belongs to."""

    start: date
    end: date


def horizon_of(month: Month, starts: set[int]) -> Horizon:
    """From the first day of the oldest year that holds the month to the last day of the latest."""
    years = [(year_of(month.last, first), first) for first in starts or {1}]
    begins = [date(year, first, 1) for year, first in years]
    ends = [Month(year + 1, first).previous().last for year, first in years]
    return Horizon(min(begins), max(ends))


def histories(activities: Sequence[Activity], month: Month) -> dict[int, History]:
    """Gives the history of each activity over the year of this month."""
    versions = list(ContributionScale.objects.order_by("valid_from"))
    keys = [activity.pk for activity in activities]
    scales = scales_of_activities(keys, versions)
    horizon = horizon_of(month, {version.rule.year_starts for version in versions})
    people = people_of_activities(activities)
    sales = _sales(keys, horizon, received=any(version.turnover == Turnover.RECEIVED for version in versions))
    costs = _costs(keys, horizon)
    runs = _runs(keys, horizon)
    earlier, last = _earlier(keys, horizon), _last_runs(keys)
    return {
        key: History(
            people=people[key],
            scales=tuple(scales.get(key, ())),
            sales=sales.get(key, {}),
            costs=costs.get(key, {}),
            months=runs[key].months,
            years=runs[key].years,
            others=tuple(runs[key].others),
            earlier=tuple(earlier.get(key, ())),
            last_run=last.get(key, 0),
        )
        for key in keys
    }


def history_of(activity: Activity, month: Month) -> History:
    return histories([activity], month)[activity.pk]


def scales_of_activities(
    activities: Sequence[int], versions: Sequence[ContributionScale]
) -> dict[int, list[InForce]]:
    """The versions of the scale given to each activity, over the days when both are in force."""
    by_code: dict[str, list[ContributionScale]] = defaultdict(list)
    for version in versions:
        by_code[version.code].append(version)
    found: dict[int, list[InForce]] = defaultdict(list)
    rows = ScaleAssignment.objects.filter(activity__in=activities).order_by("starts_on")
    for activity, start, end, code in rows.values_list("activity_id", "starts_on", "ends_on", "scale__code"):
        for version in by_code[code]:
            dates = _both(Dates(start, end), Dates(version.valid_from, version.valid_to))
            if not dates.is_empty:
                found[activity].append(InForce(dates, Version(version.pk, version.rule), code))
    return found


def _both(one: Dates, other: Dates) -> Dates:
    ends = [end for end in (one.end, other.end) if end is not None]
    return Dates(max(one.start, other.start), min(ends) if ends else None)


def _sales(
    keys: list[int], horizon: Horizon, *, received: bool
) -> dict[int, dict[tuple[Month, Turnover], Sums]]:
    found: dict[int, dict[tuple[Month, Turnover], Sums]] = defaultdict(dict)
    rows = (
        SaleMovement.objects.filter(
            activity__in=keys, on__range=(horizon.start, horizon.end), by_document=False
        )
        .annotate(in_year=ExtractYear("on"), in_month=ExtractMonth("on"))
        .values_list("activity_id", "in_year", "in_month", "category")
        .annotate(sum=Sum("net"))
        .order_by()
    )
    for activity, year, rank, category, net in rows:
        found[activity].setdefault((Month(year, rank), Turnover.INVOICED), {})[category] = net
    if received:
        for receipt in receipts_between(keys, start=horizon.start, end=horizon.end):
            sums = found[receipt.activity].setdefault((Month.of(receipt.on), Turnover.RECEIVED), {})
            for category, net in receipt.sales.items():
                sums[category] = sums.get(category, ZERO) + net
    return found


def _costs(keys: list[int], horizon: Horizon) -> dict[int, dict[Month, Sums]]:
    """Costs with a nature, from the lines of the books."""
    found: dict[int, dict[Month, Sums]] = defaultdict(dict)
    rows = (
        EntryLine.objects.filter(
            analytic__activity__in=keys,
            cost_kind__isnull=False,
            on__range=(horizon.start, horizon.end),
        )
        .annotate(in_year=ExtractYear("on"), in_month=ExtractMonth("on"))
        .values_list("analytic__activity", "in_year", "in_month", "cost_kind__code")
        .annotate(sum=Sum(F("debit") - F("credit")))
        .order_by()
    )
    for activity, year, rank, kind, amount in rows:
        found[activity].setdefault(Month(year, rank), {})[kind] = amount
    return found


@dataclass
class Runs:
    """What the runs of an activity add up to, by subject."""

    months: dict[Month, Booked]
    years: dict[int, Booked]
    others: list[Other]


def _runs(keys: list[int], horizon: Horizon) -> dict[int, Runs]:
    found = {key: Runs({}, {}, []) for key in keys}
    seen = ContributionRun.objects.filter(activity__in=keys, fact_on__range=(horizon.start, horizon.end))
    parts: dict[int, list[Counted]] = defaultdict(list)
    fields = ("run_id", "category", "window", "scale_id", "base", "proportional")
    rows = ContributionPart.objects.filter(run__in=seen).order_by("pk")
    for run, *part in rows.values_list(*fields):
        parts[run].append(Counted(*part))
    subjects: dict[tuple[int, str, str], list[ContributionRun]] = defaultdict(list)
    for run in seen.defer("inputs", "working").order_by("rank", "pk"):
        subjects[run.activity_id, run.kind, run.subject].append(run)
    for (activity, kind, subject), chain in subjects.items():
        if kind == RunKind.MONTH:
            found[activity].months[Month.parse(subject)] = booked(chain, parts)
        elif kind == RunKind.YEAR:
            found[activity].years[chain[0].year] = booked(chain, parts)
        else:
            found[activity].others += [
                Other(run.fact_on, run.year, figures_of_run(run), tuple(parts.get(run.pk, ())))
                for run in chain
            ]
    return found


def booked(chain: Sequence[ContributionRun], parts: Mapping[int, list[Counted]]) -> Booked:
    """What the runs of one subject, in the order of their ranks, add up to."""
    if not chain:
        return Booked()
    live = [run for run in chain if run.nature != RunNature.REVERSE]
    return Booked(
        rank=chain[-1].rank,
        live=chain[-1].nature != RunNature.REVERSE,
        figures=sum((figures_of_run(run) for run in chain), Figures()),
        parts=tuple(part for run in chain for part in parts.get(run.pk, ())),
        last=live[-1].pk,
        version=chain[-1].scale_id,
    )


def figures_of_run(run: ContributionRun) -> Figures:
    return Figures(*(getattr(run, name) for name in _FIGURES))


def _earlier(keys: list[int], horizon: Horizon) -> dict[int, list[Counted]]:
    """What the windows that never close held before."""
    found: dict[int, list[Counted]] = defaultdict(list)
    rows = (
        ContributionPart.objects.filter(
            activity__in=keys, window=Window.ENTRY, run__fact_on__lt=horizon.start
        )
        .values_list("activity_id", "category", "scale_id")
        .annotate(base=Sum("base"), proportional=Sum("proportional"))
        .order_by()
    )
    for activity, category, scale, base, proportional in rows:
        found[activity].append(Counted(category, Window.ENTRY, scale, base, proportional))
    return found


def _last_runs(keys: list[int]) -> dict[int, int]:
    rows = ContributionRun.objects.filter(activity__in=keys).values_list("activity_id")
    return dict(rows.annotate(last=Max("pk")).order_by())
