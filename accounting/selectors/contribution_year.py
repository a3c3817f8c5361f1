"""What closing a year of contribution would book, activity by activity: asked before, never written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounting.calculations.contribution.closing import Closing, plan_closing
from accounting.calculations.contribution.history import History
from accounting.calculations.contribution.keeping import year_working_of
from accounting.models import ContributionRun, ContributionScale, SaleMovement, ScaleAssignment
from accounting.selectors.contribution_month import Foreseen, foreseen, in_batches
from accounting.selectors.working_words import WorkingLine, working_lines
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity

# The job that closes a year, by which one knows that it was.
CLOSING_TASK = "accounting.close_contributions"


def years_to_close(today: date) -> list[int]:
    """Civil years that are over and in which something was sold or given, the latest first."""
    sold = SaleMovement.objects.order_by().values_list("on__year", flat=True).distinct()
    given = ContributionRun.objects.order_by().values_list("year", flat=True).distinct()
    return sorted((year for year in {*sold, *given} if today >= date(year, 12, 31)), reverse=True)


def activities_of_year(year: int) -> list[Activity]:
    """Those that had a scale that year, or gave something for it."""
    had = ScaleAssignment.objects.filter(starts_on__lte=date(year + 1, 12, 31)).exclude(
        ends_on__lt=date(year, 1, 1)
    )
    keys = set(had.order_by().values_list("activity", flat=True)) | set(
        ContributionRun.objects.filter(year=year).order_by().values_list("activity", flat=True)
    )
    return list(Activity.objects.filter(pk__in=keys).order_by("sort_name"))


def histories_of_year(
    activities: Sequence[Activity], year: int
) -> Iterator[tuple[Sequence[Activity], dict[int, History]]]:
    return in_batches(activities, month_read(year))


def month_read(year: int) -> Month:
    """The month around which the history of a year is read, whatever month it begins with."""
    return Month(year, 12)


@dataclass(frozen=True)
class YearForeseen:
    """What closing the year would write for an activity: months to right, then what its floor adds."""

    activity: Activity
    months: tuple[Foreseen, ...]
    top_up: Decimal
    lines: tuple[WorkingLine, ...]

    @property
    def due(self) -> Decimal:
        return sum((run.due for run in self.months), self.top_up)


@dataclass(frozen=True)
class YearPreview:
    rows: tuple[YearForeseen, ...]
    unchanged: int

    @property
    def due(self) -> Decimal:
        return sum((row.due for row in self.rows), ZERO)

    @property
    def top_up(self) -> Decimal:
        return sum((row.top_up for row in self.rows), ZERO)


def preview_year(year: int, *, today: date) -> YearPreview:
    """Plays the year over all its activities; a flat number of questions for each batch."""
    scales = {scale.pk: scale for scale in ContributionScale.objects.all()}
    rows: list[YearForeseen] = []
    unchanged = 0
    for batch, read in histories_of_year(activities_of_year(year), year):
        for activity in batch:
            closing = plan_closing(read[activity.pk], year, today)
            if closing:
                rows.append(_foreseen(activity, closing, scales, year))
            else:
                unchanged += 1
    return YearPreview(tuple(rows), unchanged)


def _foreseen(
    activity: Activity, closing: Closing, scales: dict[int, ContributionScale], year: int
) -> YearForeseen:
    months, end = tuple(foreseen(activity, closing.changes, scales)), closing.end
    if end is None:
        return YearForeseen(activity, months, ZERO, ())
    subject = _("fin d’année %(year)s") % {"year": year}
    lines = working_lines(year_working_of(end.end), scales[end.version.key], subject=subject)
    return YearForeseen(activity, months, end.figures.due, lines)
