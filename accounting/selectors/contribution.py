"""What activities give: runs with their working, sums over a period, and what a document would give now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounting.calculations.contribution.keeping import working_of
from accounting.calculations.contribution.planning import play_month
from accounting.calculations.contribution.replay import Version, play
from accounting.calculations.contribution.scales import Turnover
from accounting.calculations.contribution.working import Fact
from accounting.models import ContributionRun, ContributionScale
from accounting.selectors.histories import history_of
from accounting.selectors.levies import LevyEstimate, estimate_levies
from accounting.selectors.presence import people_of_activities
from accounting.selectors.scales import scale_of
from accounting.selectors.windows import memory_of
from accounting.selectors.working_words import WorkingLine, working_lines
from accounting.states.contributions import RunKind
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.questions import Given
from entrepreneurs.models import Activity

# A document to come has no number yet; no document bears this one.
_UNISSUED = "?"


@dataclass(frozen=True)
class Estimate:
    """What a document would give if it were booked now. `exact`: to the cent, nothing coming in between."""

    due: Decimal
    exact: bool
    lines: tuple[WorkingLine, ...]
    scale_label: str
    levies: tuple[LevyEstimate, ...] = ()

    @property
    def taken(self) -> Decimal:
        """Contribution and levies together."""
        return sum((levy.due for levy in self.levies), self.due)

    @property
    def says_something(self) -> bool:
        return bool(self.scale_label or self.levies)


def estimate(activity: Activity, parts: Sequence[tuple[str, Decimal]], on: date) -> Estimate:
    """Gives what a document of these nets, by category of sale, would give if issued whole that day.

    Exact under a scale taken on issued documents: it is the calculation of the booking. Under another one it
    is what the document adds to its month, as the month stands. Levies are told beside the contribution."""
    sales: dict[str, Decimal] = {}
    for category, net in parts:
        sales[category] = sales.get(category, ZERO) + net
    found, levies = _contribution(activity, sales, on), estimate_levies(activity, sales, on)
    exact = found.exact and all(one.is_exact for one in levies)
    return replace(found, exact=exact, levies=tuple(levies))


def _contribution(activity: Activity, sales: dict[str, Decimal], on: date) -> Estimate:
    scale = scale_of(activity, on)
    if scale is None:
        return Estimate(ZERO, True, (), "")
    if scale.rule.is_monthly:
        return _in_its_month(activity, scale, sales, on)
    presence = people_of_activities([activity])[activity.pk].presence_on(on)
    if presence is None:
        return Estimate(ZERO, False, (), scale.label)
    memory = memory_of(activity.pk, scale.rule, on, _UNISSUED)
    version = Version(scale.pk, scale.rule)
    (played,) = play([(version, Fact(on, _UNISSUED, presence, sales))], memory)
    lines = working_lines(working_of(played.working), scale, subject=_this_document())
    exact = scale.turnover == Turnover.INVOICED
    return Estimate(played.working.due, exact, lines, scale.label)


def _in_its_month(
    activity: Activity, scale: ContributionScale, sales: dict[str, Decimal], on: date
) -> Estimate:
    month = Month.of(on)
    history = history_of(activity, month)
    without, played = play_month(history, month), play_month(history, month, more=sales)
    if without is None or played is None:
        return Estimate(ZERO, False, (), scale.label)
    lines = working_lines(working_of(played.working), scale, subject=month_label(month))
    return Estimate(played.working.due - without.working.due, False, lines, scale.label)


def _this_document() -> str:
    return _("ce document")


def month_label(month: Month) -> str:
    """« novembre 2026 »."""
    return date_format(month.first, "F Y")


def runs_visible_to(user: Any) -> QuerySet[ContributionRun]:
    # Eight tables joined would take PostgreSQL longer to plan than to read.
    rows = ContributionRun.objects.visible_to(user).defer("inputs")
    return rows.select_related("activity", "scale", "entry__journal").prefetch_related(
        "adjusts", "reverses", "corrects"
    )


def runs_listed(user: Any) -> QuerySet[ContributionRun]:
    """The same for a list, which shows neither their workings nor the runs that they answer."""
    rows = ContributionRun.objects.visible_to(user).defer("inputs", "working")
    return rows.select_related("activity", "scale", "entry")


def runs_of(
    activity: Activity | Given, *, start: date | Given, end: date | Given
) -> QuerySet[ContributionRun]:
    """Each run booked over the period, with its working; those that it answers are read by `answered`."""
    rows = ContributionRun.objects.filter(activity=activity, on__range=(start, end)).defer("inputs")
    return rows.select_related("scale", "entry").order_by("on", "pk")


def answered(runs: list[ContributionRun]) -> list[ContributionRun]:
    """The same with the runs that they adjust or give back: read apart, and only where there are some."""
    former = ContributionRun.objects.select_related("scale").defer("inputs")
    prefetch_related_objects([run for run in runs if run.adjusts_id], Prefetch("adjusts", former))
    prefetch_related_objects([run for run in runs if run.corrects_id], "corrects")
    return runs


@dataclass(frozen=True)
class ContributionSums:
    """Base and contribution added up over a period."""

    base: Decimal
    due: Decimal


def contribution_sums(activity: Activity, *, start: date, end: date) -> ContributionSums:
    sums = ContributionRun.objects.filter(activity=activity, on__range=(start, end)).aggregate(
        base=Sum("base", default=ZERO), due=Sum("due", default=ZERO)
    )
    return ContributionSums(base=sums["base"], due=sums["due"])


def lines_of_run(run: ContributionRun) -> tuple[WorkingLine, ...]:
    """The working of a run, as it was found."""
    return working_lines(run.working, run.scale, subject=subject_words(run))


def subject_words(run: ContributionRun) -> str:
    """« novembre 2026 », « F2026-0007 », « fin d’année 2026 »."""
    if run.kind == RunKind.MONTH:
        return month_label(Month.parse(run.subject))
    if run.kind == RunKind.YEAR:
        return _("fin d’année %(year)s") % {"year": run.subject}
    if run.kind == RunKind.RECEIPT and run.entry is not None:
        return _("l’encaissement de %(piece)s") % {"piece": run.entry.piece}
    return run.subject
