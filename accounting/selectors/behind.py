"""What stands behind each figure of a contribution: sales, receipts, costs, what windows and year held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from accounting.models import ContributionPart, ContributionRun, Entry, EntryLine, Exemption, SaleMovement
from accounting.selectors.receipts import receipts_between, released_by
from accounting.selectors.scale_words import category_label, window_words
from accounting.states.contributions import RunKind, ScaleTurnover
from cae.core.money import ZERO
from cae.core.periods import Month

# How many earlier runs are listed one by one; the others are summed.
_LISTED = 24


@dataclass(frozen=True)
class Sold:
    """A sale that a run counted, in one category: its document, or the receipt that pays it."""

    on: date
    document: str
    category: str
    net: Decimal
    source: tuple[str, str] | None = None
    entry: Entry | None = None


def sales_behind(run: ContributionRun) -> list[Sold]:
    """The sales that a run counted, those that came later left out."""
    if run.kind == RunKind.RECEIPT:
        return list(_of_receipt(run))
    if run.kind == RunKind.MONTH and run.scale.turnover == ScaleTurnover.RECEIVED:
        return list(_received(run))
    return [_issued(movement) for movement in movements_behind(run)]


def movements_behind(run: ContributionRun) -> QuerySet[SaleMovement]:
    """The documents issued that a month or a document counted."""
    rows = SaleMovement.objects.filter(activity=run.activity_id).select_related("source_type")
    if run.kind != RunKind.MONTH:
        return rows.filter(document=run.subject)
    month = Month.parse(run.subject)
    dated = rows.filter(on__range=(month.first, month.last), by_document=False)
    return dated.filter(created_at__lte=run.created_at)


def _issued(movement: SaleMovement) -> Sold:
    kind = movement.source_type
    source = (f"{kind.app_label}.{kind.model}", str(movement.source_id)) if kind else None
    return Sold(movement.on, movement.document, category_label(movement.category), movement.net, source)


def _of_receipt(run: ContributionRun) -> Iterator[Sold]:
    entry = Entry.objects.filter(pk=run.subject).select_related("journal").first()
    if entry is not None:
        yield from _sold(entry, entry.piece, released_by(entry, run.activity_id))


def _received(run: ContributionRun) -> Iterator[Sold]:
    month = Month.parse(run.subject)
    receipts = receipts_between([run.activity_id], start=month.first, end=month.last)
    known = Entry.objects.filter(created_at__lte=run.created_at).select_related("journal")
    entries = known.in_bulk([receipt.entry for receipt in receipts])
    for receipt in receipts:
        if receipt.activity == run.activity_id and receipt.entry in entries:
            yield from _sold(entries[receipt.entry], receipt.document, receipt.sales)


def _sold(entry: Entry, document: str, sales: Mapping[str, Decimal]) -> Iterator[Sold]:
    for category, net in sales.items():
        yield Sold(entry.on, document, category_label(category), net, entry=entry)


def costs_behind(run: ContributionRun) -> QuerySet[EntryLine]:
    """The costs that a month took off its base."""
    rows = EntryLine.objects.none()
    if run.kind == RunKind.MONTH:
        month = Month.parse(run.subject)
        rows = EntryLine.objects.filter(
            analytic__activity=run.activity_id,
            cost_kind__code__in=run.scale.rule.minus,
            on__range=(month.first, month.last),
            entry__created_at__lte=run.created_at,
        )
    return rows.select_related("entry__journal", "cost_kind").order_by("on", "entry_id", "position")


@dataclass(frozen=True)
class WindowBefore:
    """What the window of a category held when a run came: the runs that filled it, the latest first.

    `elsewhere` and `worth`: base counted under another version, and what this one makes of it."""

    category: str
    window: str
    base: Decimal
    paid: Decimal
    rows: tuple[ContributionPart, ...]
    more: int
    elsewhere: Decimal
    worth: Decimal


def windows_before(run: ContributionRun) -> list[WindowBefore]:
    """For each category whose window was not empty, what it held and which runs had put it there."""
    parts = run.working.get("parts", ())
    return [
        _window_before(run, part)
        for part in parts
        if part["window"] and (Decimal(part["base_before"]) or Decimal(part["paid_before"]))
    ]


def _window_before(run: ContributionRun, part: Mapping[str, Any]) -> WindowBefore:
    held = ContributionPart.objects.filter(
        activity=run.activity_id, category=part["category"], window=part["window"], run__in=_earlier(run)
    )
    same = held.filter(scale=run.scale_id)
    elsewhere = held.exclude(scale=run.scale_id).aggregate(base=Sum("base", default=ZERO))["base"]
    own_paid = same.aggregate(paid=Sum("proportional", default=ZERO))["paid"]
    rows = list(held.select_related("run__entry", "scale").order_by("-run__fact_on", "-pk"))
    return WindowBefore(
        category=category_label(part["category"]),
        window=window_words(part["window"].split(":")[0]),
        base=Decimal(part["base_before"]),
        paid=Decimal(part["paid_before"]),
        rows=tuple(rows[:_LISTED]),
        more=max(len(rows) - _LISTED, 0),
        elsewhere=elsewhere,
        worth=Decimal(part["paid_before"]) - own_paid,
    )


@dataclass(frozen=True)
class YearBefore:
    """What the year had given when a run came, the latest first."""

    year: int
    due: Decimal
    rows: tuple[ContributionRun, ...]
    more: int


def year_before(run: ContributionRun) -> YearBefore | None:
    """Asked by a cap and by the end of a year; nothing for the other runs."""
    if run.kind != RunKind.YEAR and run.working.get("cap") is None:
        return None
    rows = list(
        _earlier(run)
        .filter(year=run.year)
        .exclude(kind=RunKind.YEAR)
        .select_related("entry", "scale")
        .order_by("-fact_on", "-pk")
    )
    due = sum((one.due for one in rows), ZERO)
    return YearBefore(run.year, due, tuple(rows[:_LISTED]), max(len(rows) - _LISTED, 0))


def _earlier(run: ContributionRun) -> QuerySet[ContributionRun]:
    """The runs that this one found: a month counts those of the months before it, whatever came since."""
    rows = ContributionRun.objects.filter(activity=run.activity_id, pk__lt=run.pk)
    rows = rows.exclude(kind=run.kind, subject=run.subject).defer("inputs", "working")
    return rows.filter(fact_on__lte=run.fact_on) if run.kind == RunKind.MONTH else rows


def exemptions_behind(runs: Iterable[ContributionRun]) -> dict[int, list[Exemption]]:
    """Those that each run met, if something was waived to it: one question whatever their number."""
    waived = [run for run in runs if run.working.get("waived")]
    activities = {run.activity_id for run in waived}
    rows = Exemption.objects.filter(activity__in=activities).order_by("starts_on") if waived else ()
    return {
        run.pk: [one for one in rows if one.activity_id == run.activity_id and one.is_in_force(run.fact_on)]
        for run in waived
    }


def runs_of_exemption(exemption: Exemption) -> QuerySet[ContributionRun]:
    """The contributions of its dates to which something was waived, the latest first."""
    rows = ContributionRun.objects.filter(activity=exemption.activity_id, fact_on__gte=exemption.starts_on)
    if exemption.ends_on is not None:
        rows = rows.filter(fact_on__lte=exemption.ends_on)
    rows = rows.exclude(working__waived=[]).filter(working__has_key="waived")
    return rows.select_related("entry").defer("inputs", "working").order_by("-fact_on", "-pk")


def runs_after(run: ContributionRun) -> QuerySet[ContributionRun]:
    """What came later for the same month or document."""
    rows = ContributionRun.objects.filter(activity=run.activity_id, kind=run.kind, subject=run.subject)
    return rows.filter(rank__gt=run.rank).order_by("rank")
