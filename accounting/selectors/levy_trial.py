"""A levy to come played over a past year: what it would have taken of each activity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import ExtractMonth

from accounting.calculations.levies import LevyRule, due_on
from accounting.models import EntryLine, LevyTaking, SaleMovement
from accounting.selectors.receipts import received_between
from accounting.selectors.simulation import Effect, Simulation
from accounting.states.levies import LevyBase
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity

# Of each activity, the base of each of its windows.
Windows = dict[int, dict[str, Decimal]]


def play_levy(rule: LevyRule, base: str, code: str, year: int, *, today: date) -> Simulation:
    """What a levy for all would have taken of the sales of a year until today, beside what the levy of the
    same name took."""
    until = min(date(year, 12, 31), today)
    windows = _received(rule, year, until) if base == LevyBase.RECEIVED else _sold(rule, year, until)
    if base == LevyBase.MARGIN:
        _take_off_costs(windows, year, until)
    activities = list(_there(year, until).filter(pk__in=windows).order_by("sort_name"))
    if rule.amount is not None and rule.by_month:
        activities = list(_there(year, until).order_by("sort_name"))
        windows = {one.pk: _months_there(one, year, until) for one in activities}
    taken = dict(
        LevyTaking.objects.filter(levy__code=code, fact_on__year=year)
        .values_list("activity")
        .annotate(sum=Sum("amount"))
        .order_by()
    )
    effects = [
        Effect(one, taken.get(one.pk, ZERO), _due(rule, windows[one.pk].values())) for one in activities
    ]
    return Simulation(year, tuple(sorted(effects, key=lambda one: (-abs(one.change), one.activity.name))))


def _due(rule: LevyRule, bases: Iterable[Decimal]) -> Decimal:
    return sum((due_on(rule, base) for base in bases), ZERO)


def _there(year: int, until: date) -> QuerySet[Activity]:
    return Activity.objects.filter(opened_on__lte=until).exclude(closed_on__lt=date(year, 1, 1))


def _months_there(activity: Activity, year: int, until: date) -> dict[str, Decimal]:
    first = max(Month.of(activity.opened_on), Month(year, 1))
    last = min(Month.of(activity.closed_on), Month.of(until)) if activity.closed_on else Month.of(until)
    return {str(month): ZERO for month in first.until(last) if month.last <= until}


def _sold(rule: LevyRule, year: int, until: date) -> Windows:
    """By document, a credit note with its invoice; or by month."""
    rows = SaleMovement.objects.filter(
        on__range=(date(year, 1, 1), until), category__in=rule.categories
    ).order_by("pk")
    found: Windows = defaultdict(lambda: defaultdict(lambda: ZERO))
    for activity, on, document, corrects, net in rows.values_list(
        "activity_id", "on", "document", "corrects", "net"
    ):
        window = str(Month.of(on)) if rule.by_month else corrects or document
        found[activity][window] += net
    return found


def _received(rule: LevyRule, year: int, until: date) -> Windows:
    keys = Activity.objects.order_by().values_list("pk", flat=True)
    found: Windows = defaultdict(lambda: defaultdict(lambda: ZERO))
    for receipt in received_between(keys, start=date(year, 1, 1), end=until):
        window = str(Month.of(receipt.on)) if rule.by_month else receipt.document
        for category, net in receipt.sales.items():
            if category in rule.categories:
                found[receipt.activity][window] += net
    return found


def _take_off_costs(windows: Windows, year: int, until: date) -> None:
    rows = (
        EntryLine.objects.filter(
            analytic__activity__isnull=False,
            cost_kind__enters_base=True,
            on__range=(date(year, 1, 1), until),
        )
        .annotate(rank=ExtractMonth("on"))
        .values_list("analytic__activity", "rank")
        .annotate(sum=Sum(F("debit") - F("credit")))
        .order_by()
    )
    for activity, rank, amount in rows:
        windows[activity][str(Month(year, rank))] -= amount
