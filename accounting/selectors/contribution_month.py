"""Which activities a month concerns, and what computing it would book: asked before, never written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, QuerySet

from accounting.calculations.contribution.history import History, InForce
from accounting.calculations.contribution.keeping import working_of
from accounting.calculations.contribution.planning import Change, plan
from accounting.calculations.contribution.scales import Window
from accounting.models import ContributionRun, ContributionScale, ScaleAssignment
from accounting.selectors.contribution import month_label
from accounting.selectors.histories import histories, scales_of_activities
from accounting.selectors.levy_month import levied_activities
from accounting.selectors.scales import scales_in_force
from accounting.selectors.working_words import WorkingLine, of, working_lines
from accounting.states.contributions import RunKind, ScaleTaking
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.questions import Given
from entrepreneurs.models import Activity
from people.models import Role, User
from people.states import RoleKind

# How many activities are read at once: a few questions for all of them, and a bounded memory.
BATCH = 200


def activities_to_run(month: Month) -> list[Activity]:
    """Those under a monthly scale or levy that month, those with months to adjust, those whose year it may
    close."""
    versions = list(ContributionScale.objects.order_by("valid_from"))
    opened = list(
        Activity.objects.filter(opened_on__lte=month.last)
        .exclude(closed_on__lt=month.first)
        .order_by("sort_name")
    )
    scales = scales_of_activities([activity.pk for activity in opened], versions)
    touched = set(
        ContributionRun.objects.filter(
            kind=RunKind.MONTH, fact_on__range=(Month(month.year, 1).first, month.last)
        ).values_list("activity_id", flat=True)
    ) | levied_activities(month)
    found = [one for one in opened if one.pk in touched or _concerns(scales.get(one.pk, ()), month)]
    known = {activity.pk for activity in found}
    # One that has left may still receive what it is owed, or a credit note.
    return found + list(Activity.objects.filter(pk__in=touched - known).order_by("sort_name"))


def _concerns(scales: Sequence[InForce], month: Month) -> bool:
    for one in scales:
        if one.dates.start <= month.last and (one.dates.end is None or one.dates.end >= month.first):
            floor = one.version.scale.floor
            if one.version.scale.is_monthly or (floor is not None and floor.per == Window.YEAR):
                return True
    return False


def scales_to_compute(on: date | Given, month: str | Given) -> QuerySet[ScaleAssignment]:
    """The monthly scales that activities have at the end of a month, while nothing of it was computed yet."""
    monthly = scales_in_force(on).filter(taken_on=ScaleTaking.MONTH).values("code")
    done = ContributionRun.objects.filter(kind=RunKind.MONTH, subject=month)
    return ScaleAssignment.objects.in_force(on).filter(~Exists(done), scale__code__in=monthly)


def keeper_of_books(on: date) -> User | None:
    """The first accountant: periodic runs are done in that person's name."""
    roles = Role.objects.in_force(on).filter(kind=RoleKind.ACCOUNTANT, scope=None)
    return User.objects.filter(is_active=True, person__roles__in=roles).order_by("pk").first()


def in_batches(
    activities: Sequence[Activity], month: Month
) -> Iterator[tuple[Sequence[Activity], dict[int, History]]]:
    """The activities with their histories, read batch by batch."""
    for start in range(0, len(activities), BATCH):
        batch = activities[start : start + BATCH]
        yield batch, histories(batch, month)


@dataclass(frozen=True)
class Foreseen:
    """A run that computing the month would write."""

    activity: Activity
    month: Month
    scale: ContributionScale
    # « d’octobre 2026 ».
    whose: str
    is_first: bool
    base: Decimal
    due: Decimal
    lines: tuple[WorkingLine, ...]


@dataclass(frozen=True)
class Preview:
    """What computing a month would book, activity by activity."""

    runs: tuple[Foreseen, ...]
    unchanged: int

    @property
    def base(self) -> Decimal:
        return sum((run.base for run in self.runs), ZERO)

    @property
    def due(self) -> Decimal:
        return sum((run.due for run in self.runs), ZERO)


def preview_month(month: Month) -> Preview:
    """Plays the month over all its activities; a flat number of questions for each batch."""
    scales = {scale.pk: scale for scale in ContributionScale.objects.all()}
    runs: list[Foreseen] = []
    unchanged = 0
    for batch, read in in_batches(activities_to_run(month), month):
        for activity in batch:
            changes = plan(read[activity.pk], month)
            unchanged += not changes
            runs += foreseen(activity, changes, scales)
    return Preview(tuple(runs), unchanged)


def foreseen(
    activity: Activity, changes: Iterable[Change], scales: dict[int, ContributionScale]
) -> Iterator[Foreseen]:
    """The runs that these changes would write, each with its working."""
    for change in changes:
        lines: tuple[WorkingLine, ...] = ()
        name, scale, found = month_label(change.month), scales[change.version], change.figures
        if change.played:
            lines = working_lines(working_of(change.played.working), scale, subject=name)
        yield Foreseen(activity, change.month, scale, of(name), change.is_first, found.base, found.due, lines)
