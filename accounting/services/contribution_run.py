"""Computes the contribution of a month over all the activities: one transaction each, followed as a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from accounting.calculations.contribution.history import History
from accounting.calculations.contribution.planning import year_ends_with, yearly_scale
from accounting.selectors.contribution_month import activities_to_run, in_batches, keeper_of_books
from accounting.selectors.levy_month import levied_activities
from accounting.services.contribution_months import (
    bring_up_to_date,
    check_month_over,
    close_contribution_year,
)
from accounting.services.levy_taking import take_levies_of_month
from accounting.services.runs import RunDesk, open_desk
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from cae.core.periods import Month
from entrepreneurs.models import Activity

TASK = "accounting.run_contributions"
# How often the page hears of the run, and how soon a cancelled one stops.
PACE = timedelta(milliseconds=500)


def ask_for_run(month: Month, *, today: date, actor: Any) -> Job:
    """Does: starts the job that computes the contribution of a month. Refuses: a month not over.
    Leaves behind: the job."""
    check_month_over(month, today)
    label = house_words(gettext_lazy("Contribution"), f"{month.month:02}/{month.year}")
    return start_job(
        TASK,
        label=label,
        actor=actor,
        total=len(activities_to_run(month)),
        month=str(month),
        leads_to=f"{reverse('accounting:run_list')}?mois={month}",
    )


def run_contributions(
    month: Month, *, today: date, through: Progress, only: Sequence[int] | None = None
) -> None:
    """Does: computes the month for each activity that it concerns, `only` those if some are named, takes its
    levies, and closes the year it ends. Refuses: a month not over; what one activity lacks is noted against
    it and the others go on. Leaves behind: runs and entries; the same, whether it runs once, twice or is
    taken up half-way."""
    check_month_over(month, today)
    activities = [one for one in activities_to_run(month) if only is None or one.pk in only]
    levied = levied_activities(month)
    for batch, read in in_batches(activities, month):
        one = partial(
            _run_one,
            month=month,
            today=today,
            actor=through.job.author,
            read=read,
            desk=open_desk(batch),
            levied=levied,
        )
        through.each(batch, one, pace=PACE)


@transaction.atomic
def _run_one(
    activity: Activity,
    *,
    month: Month,
    today: date,
    actor: Any,
    read: dict[int, History],
    desk: RunDesk,
    levied: set[int],
) -> None:
    history = read[activity.pk]
    bring_up_to_date(activity, month, history=history, today=today, actor=actor, desk=desk)
    year = year_ends_with(history, month)
    if year is not None and yearly_scale(history, year):
        close_contribution_year(activity, year, today=today, actor=actor)
    if activity.pk in levied:
        take_levies_of_month(activity, month, today=today, actor=actor)


def ask_for_last_month(*, today: date) -> Job | None:
    """Does: starts the run of the month before, in the name of an accountant. Refuses: nothing.
    Leaves behind: the job; nothing when nobody keeps the books or when no activity is concerned."""
    month = Month.of(today).previous()
    author = keeper_of_books(today)
    if author is None or not activities_to_run(month):
        return None
    return ask_for_run(month, today=today, actor=author)
