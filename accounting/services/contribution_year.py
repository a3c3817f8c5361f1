"""Closes a year of contribution for all activities: months as they stand, then the floor, once (ACC-20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.contribution.closing import plan_closing
from accounting.calculations.contribution.history import History
from accounting.selectors.contribution_year import (
    CLOSING_TASK,
    activities_of_year,
    histories_of_year,
    month_read,
)
from accounting.services.contribution_months import close_contribution_year, lock_history, write_changes
from accounting.services.runs import RunDesk, open_desk
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from entrepreneurs.models import Activity


def check_year_over(year: int, today: date) -> None:
    """Refuses a year that is not over: its floor is not known."""
    if today < date(year, 12, 31):
        raise Refused(
            Code.PERIOD_INVALID,
            _("%(year)s n’est pas terminée : sa régularisation se calcule à partir du 31/12/%(year)s.")
            % {"year": year},
            field="annee",
        )


def ask_to_close(year: int, *, today: date, actor: Any) -> Job:
    """Does: starts the job that closes a year of contribution. Refuses: a year not over. Leaves behind: the
    job."""
    check_year_over(year, today)
    return start_job(
        CLOSING_TASK,
        label=house_words(gettext_lazy("Régularisation annuelle des contributions"), str(year)),
        actor=actor,
        total=len(activities_of_year(year)),
        year=year,
        leads_to=f"{reverse('accounting:year_preview')}?annee={year}",
    )


def close_contributions(
    year: int, *, today: date, through: Progress, only: Sequence[int] | None = None
) -> None:
    """Does: closes the year of each activity, `only` those if some are named. Refuses: a year not over; what
    one activity lacks is noted against it and the others go on. Leaves behind: runs and entries; the same,
    whether it runs once, twice or is taken up half-way."""
    check_year_over(year, today)
    activities = [one for one in activities_of_year(year) if only is None or one.pk in only]
    for batch, read in histories_of_year(activities, year):
        work = partial(
            _close_one, year=year, today=today, actor=through.job.author, read=read, desk=open_desk(batch)
        )
        through.each(batch, work)


@transaction.atomic
def _close_one(
    activity: Activity, *, year: int, today: date, actor: Any, read: dict[int, History], desk: RunDesk
) -> None:
    history = lock_history(activity, month_read(year), read[activity.pk])
    closing = plan_closing(history, year, today)
    write_changes(activity, closing.changes, today=today, actor=actor, desk=desk)
    if closing.end is not None:
        close_contribution_year(activity, year, today=today, actor=actor)
