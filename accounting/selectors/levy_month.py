"""What the run of a month takes for the levies counted by month, and gives back of what was held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, Sum

from accounting.calculations.levies import LevyRule, counted, ends_in, returned, step
from accounting.models import EntryLine, Levy, LevyTaking, LevyTerm, SaleMovement
from accounting.selectors.levies import ForeseenTaking, by_month, in_force, levies_of, rule_of, window_of
from accounting.selectors.receipts import received_between
from accounting.states.levies import LevyBase, LevyMoment, TakingKind, TakingNature
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity


@dataclass(frozen=True)
class Due:
    """A taking to write for a month; `answers`: what it gives back."""

    foreseen: ForeseenTaking
    month: Month
    rank: int = 1
    answers: LevyTaking | None = None


def levied_activities(month: Month) -> set[int]:
    """Keys of the activities that a levy of the month may concern, or that are owed what was held."""
    return {key for key, _levy in _taken_by_month(month)} | {taking.activity_id for taking in _held(month)}


def _taken_by_month(month: Month) -> Iterator[tuple[int, int]]:
    """Open activities under a levy of the month; those that it already took from."""
    for levy in in_force(month.last).filter(taken_on=LevyMoment.MONTH):
        terms = LevyTerm.objects.in_force(month.last).filter(levy=levy).order_by()
        named = set(terms.values_list("activity", flat=True))
        opened = Activity.objects.filter(opened_on__lte=month.last).exclude(closed_on__lt=month.first)
        for key in opened.order_by().values_list("pk", flat=True):
            if (key in named) != levy.for_all:
                yield key, levy.pk
    taken = LevyTaking.objects.filter(
        kind=TakingKind.MONTH, fact_on__range=(Month(month.year, 1).first, month.last)
    )
    yield from taken.order_by().values_list("activity", "levy").distinct()


def due_of_month(activity: Activity, month: Month) -> list[Due]:
    """What is left to take so that this month, and those of its year already taken, are right; then what was
    held and is to give back. Nothing when nothing changed."""
    found: list[Due] = []
    months = _months_taken(activity, month)
    for one in sorted({month, *months}):
        levies = {levy.pk: levy for levy in by_month(levies_of(activity, one.last))}
        spared = [levy for levy in months.get(one, ()) if levy.pk not in levies]
        for levy in levies.values():
            found += _due(levy, activity, one, _base(levy, activity, one), rule_of(levy))
        for levy in spared:
            # It no longer falls on this activity: what the month gave goes back.
            found += _due(levy, activity, one, ZERO, _nothing(levy))
    for taking in _held(month, activity):
        found.append(Due(ForeseenTaking(taking.levy, returned(taking.amount)), month, answers=taking))
    return found


def _months_taken(activity: Activity, month: Month) -> dict[Month, list[Levy]]:
    """The months of the year that were taken, each with the levies that still hold something of it."""
    accounts = ("levy__charge_account", "levy__link_account", "levy__income_account")
    rows = LevyTaking.objects.filter(
        activity=activity, kind=TakingKind.MONTH, fact_on__range=(Month(month.year, 1).first, month.last)
    ).exclude(nature=TakingNature.RELEASE)
    sums: dict[tuple[Month, int], Decimal] = {}
    levies: dict[int, Levy] = {}
    for taking in rows.select_related(*accounts):
        key = (Month.parse(taking.subject), taking.levy_id)
        levies[taking.levy_id] = taking.levy
        sums[key] = sums.get(key, ZERO) + taking.amount
    found: dict[Month, list[Levy]] = {}
    for (one, levy), given in sums.items():
        held = found.setdefault(one, [])
        if given:
            held.append(levies[levy])
    return found


def _nothing(levy: Levy) -> LevyRule:
    return LevyRule(ZERO, None, frozenset(levy.categories))


def _due(levy: Levy, activity: Activity, month: Month, base: Decimal, rule: LevyRule) -> Iterator[Due]:
    window = window_of(levy, activity, TakingKind.MONTH, str(month))
    if rule.amount is not None and not _is_there(activity, month):
        rule = _nothing(levy)
    taken = step(rule, base - window.base, window)
    if taken.says_something:
        yield Due(ForeseenTaking(levy, taken), month, rank=window.ranks + 1)


def _is_there(activity: Activity, month: Month) -> bool:
    closed = activity.closed_on
    return activity.opened_on <= month.last and (closed is None or closed >= month.first)


def _base(levy: Levy, activity: Activity, month: Month) -> Decimal:
    sales = _sales(levy, activity, month)
    base = counted(sales, levy.categories)
    return base - _costs(activity, month) if levy.base == LevyBase.MARGIN else base


def _sales(levy: Levy, activity: Activity, month: Month) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    if levy.base == LevyBase.RECEIVED:
        for receipt in received_between([activity.pk], start=month.first, end=month.last):
            for category, net in receipt.sales.items():
                sums[category] = sums.get(category, ZERO) + net
        return sums
    rows = SaleMovement.objects.filter(activity=activity, on__range=(month.first, month.last))
    return dict(rows.values_list("category").annotate(sum=Sum("net")).order_by())


def _costs(activity: Activity, month: Month) -> Decimal:
    """Those whose nature enters the base."""
    rows = EntryLine.objects.filter(
        analytic__activity=activity,
        cost_kind__enters_base=True,
        on__range=(month.first, month.last),
    )
    total: Decimal = rows.aggregate(sum=Sum(F("debit") - F("credit"), default=ZERO))["sum"]
    return total


def _held(month: Month, activity: Activity | None = None) -> list[LevyTaking]:
    """What was held, not answered yet, and whose time ends in this month."""
    rows = LevyTaking.objects.filter(
        ~Q(amount=0),
        nature=TakingNature.TAKE,
        levy__held_months__isnull=False,
        answered_by__isnull=True,
        fact_on__lte=month.last,
    )
    if activity is not None:
        rows = rows.filter(activity=activity)
    accounts = ("levy__charge_account", "levy__link_account", "levy__income_account")
    found = rows.select_related(*accounts).order_by("fact_on", "pk")
    return [one for one in found if ends_in(one.fact_on, one.levy.held_months or 0, month)]


@dataclass(frozen=True)
class ForeseenLevy:
    """A taking that computing the month would write, for the page of its preview."""

    activity: Activity
    foreseen: ForeseenTaking
    month: Month
    gives_back: bool


def preview_levies(month: Month) -> list[ForeseenLevy]:
    """What the run of the month would take and give back, activity by activity."""
    keys = levied_activities(month)
    return [
        ForeseenLevy(activity, due.foreseen, due.month, due.answers is not None)
        for activity in Activity.objects.filter(pk__in=keys).order_by("sort_name")
        for due in due_of_month(activity, month)
    ]
