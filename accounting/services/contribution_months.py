"""Computes the contribution of a month, of the end of a year, and the advance asked at the entry.

Run twice, nothing more is written. A fact of the past that changed since gives a new run, dated the day of
the computation, that names the month and posts only the difference.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounting.calculations.contribution.history import Figures, History
from accounting.calculations.contribution.keeping import kept, year_inputs_of, year_working_of
from accounting.calculations.contribution.planning import Change, YearChange, plan, plan_year
from accounting.calculations.contribution.presence import year_of
from accounting.calculations.contribution.year_end import advance
from accounting.models import ContributionRun
from accounting.selectors.contribution import month_label
from accounting.selectors.histories import history_of
from accounting.selectors.presence import people_of_activities
from accounting.selectors.scales import scale_of
from accounting.services.runs import RunDesk, RunDraft, write_run
from accounting.states.contributions import RunKind, RunNature
from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.periods import Month
from entrepreneurs.models import Activity

# Two questions in one exchange, the second asked once the lock is had: it sees what was written meanwhile.
_LOCK_THEN_SEE = """
SELECT FROM entrepreneurs_activity WHERE id = %s FOR NO KEY UPDATE;
SELECT COALESCE(MAX(id), 0) FROM accounting_contributionrun WHERE activity_id = %s
"""


def check_month_over(month: Month, today: date) -> None:
    """Refuses a month that is not over: its sales are not all known."""
    if today < month.last:
        raise Refused(
            Code.PERIOD_INVALID,
            _("%(month)s n’est pas terminé : la contribution se calcule à partir du %(day)s.")
            % {"month": month_label(month).capitalize(), "day": month.last.strftime("%d/%m/%Y")},
            field="mois",
        )


@transaction.atomic
def run_month(activity: Activity, month: Month, *, today: date, actor: Any) -> list[ContributionRun]:
    """Does: takes the contribution of a month under a monthly scale, and adjusts those of its year whose
    facts changed. Refuses: a month not over, an activity without monthly scale that month, an account
    missing. Leaves behind: the runs with their entries, audit; nothing when nothing changed."""
    check_month_over(month, today)
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    history = history_of(activity, month)
    changes = plan(history, month)
    if not changes and month not in history.months:
        raise Refused(Code.VALUE_INVALID, why_nothing(history, month))
    return [_write(activity, change, today=today, actor=actor, desk=None) for change in changes]


def bring_up_to_date(
    activity: Activity, month: Month, *, history: History, today: date, actor: Any, desk: RunDesk
) -> None:
    """Does: as `run_month`, in the transaction of a larger run that has read `history` and `desk` for many
    activities; the history is read again if the books of this one have moved since. Refuses: an account
    missing; an activity that nothing concerns is left alone."""
    history = lock_history(activity, month, history)
    write_changes(activity, plan(history, month), today=today, actor=actor, desk=desk)


def write_changes(
    activity: Activity, changes: Iterable[Change], *, today: date, actor: Any, desk: RunDesk
) -> None:
    """Does: writes what a plan says, the activity locked by the caller. Refuses: an account missing. Leaves
    behind: the runs with their entries, audit."""
    for change in changes:
        _write(activity, change, today=today, actor=actor, desk=desk)


def lock_history(activity: Activity, month: Month, history: History) -> History:
    """Locks the activity, and gives its history as it stands then: the one read before, or another."""
    if _lock_and_see_last_run(activity) != history.last_run:
        return history_of(activity, month)
    return history


def _lock_and_see_last_run(activity: Activity) -> int:
    """The key of the last run written for the activity: tells whether a reading still holds."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_THEN_SEE, [activity.pk, activity.pk])
        cursor.nextset()
        (last,) = cursor.fetchone()
    return int(last)


def why_nothing(history: History, month: Month) -> str:
    """Why a month gives nothing: no scale, a scale on documents, or nobody there."""
    found = history.scale_on(month.last)
    words = {"month": month_label(month)}
    if found is None:
        return _("Aucun barème n’est affecté à cette activité en %(month)s.") % words
    if not found.version.scale.is_monthly:
        return (
            _("En %(month)s, le barème de cette activité est prélevé sur chaque document, non au mois.")
            % words
        )
    return _("Cette activité n’était pas ouverte en %(month)s et n’a rien vendu.") % words


def _write(
    activity: Activity, change: Change, *, today: date, actor: Any, desk: RunDesk | None
) -> ContributionRun:
    month, booked, desk = change.month, change.booked, desk or RunDesk()
    opens = desk.books.opens_on
    inputs, working = kept(change.played) if change.played else ({}, {})
    subject = f"{month.month:02}/{month.year}"
    starts = change.played.version.scale.year_starts if change.played else 1
    draft = RunDraft(
        kind=RunKind.MONTH,
        subject=str(month),
        label=f"Contribution {subject}" + ("" if change.is_first else ", régularisation"),
        scale_id=change.version,
        on=max(month.last, opens) if change.is_first else max(today, month.last),
        fact_on=month.last,
        year=year_of(month.last, starts),
        figures=change.figures,
        inputs=inputs,
        working=working,
        parts=change.parts,
        rank=booked.rank + 1,
        nature=RunNature.TAKE if change.is_first else RunNature.ADJUST,
        names={} if change.is_first else {"adjusts_id": booked.last},
    )
    run = write_run(activity, draft, actor=actor, desk=desk)
    audit.record(actor, "accounting.run_month", run, detail={"amount": str(run.due)})
    return run


@transaction.atomic
def close_contribution_year(
    activity: Activity, year: int, *, today: date, actor: Any
) -> ContributionRun | None:
    """Does: adds what is missing to reach the floor of the year, or of the months present. Refuses: a year
    that is not over for this activity, an account missing. Leaves behind: the run and its entry, audit;
    nothing when the scale has no floor for the year or when nothing changed."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    change = plan_year(history_of_year(activity, year), year)
    if change is None:
        return None
    if today < change.last_day:
        raise Refused(
            Code.PERIOD_INVALID,
            _("L’année n’est pas finie pour cette activité : elle se termine le %(day)s.")
            % {"day": change.last_day.strftime("%d/%m/%Y")},
        )
    return _write_year(activity, change, today=today, actor=actor)


def history_of_year(activity: Activity, year: int) -> History:
    """The history over this year, whatever month it begins with."""
    scale = scale_of(activity, date(year, 12, 31)) or scale_of(activity, date(year, 1, 31))
    return history_of(activity, Month(year, scale.rule.year_starts if scale else 1))


def _write_year(activity: Activity, change: YearChange, *, today: date, actor: Any) -> ContributionRun:
    first, desk = not change.booked.live, RunDesk()
    draft = RunDraft(
        kind=RunKind.YEAR,
        subject=str(change.year),
        label=f"Contribution {change.year}, complément au plancher",
        scale_id=change.version.key,
        on=max(change.last_day, desk.books.opens_on) if first else max(today, change.last_day),
        fact_on=change.last_day,
        year=change.year,
        figures=change.figures,
        inputs=year_inputs_of(change.months, change.end.taken),
        working=year_working_of(change.end),
        rank=change.booked.rank + 1,
        nature=RunNature.TAKE if first else RunNature.ADJUST,
        names={} if first else {"adjusts_id": change.booked.last},
    )
    run = write_run(activity, draft, actor=actor, desk=desk)
    audit.record(actor, "accounting.close_contribution_year", run, detail={"amount": str(run.due)})
    return run


@transaction.atomic
def take_advance(activity: Activity, *, on: date, actor: Any) -> ContributionRun:
    """Does: takes the months of floor asked before a contract starts, credited against the floor of the
    year. Refuses: a scale that asks none, one already taken. Leaves behind: the run and its entry, audit."""
    activity = Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
    scale = scale_of(activity, on)
    presence = people_of_activities([activity])[activity.pk].presence_on(on)
    contract = presence.contract if presence else ""
    due = advance(scale.rule, contract) if scale else None
    if scale is None or not due:
        raise Refused(Code.VALUE_INVALID, _("Le barème de cette activité ne demande aucune avance."))
    if ContributionRun.objects.filter(activity=activity, kind=RunKind.ADVANCE).exists():
        raise Refused(Code.ALREADY_DONE, _("L’avance de cette activité est déjà prélevée."))
    draft = RunDraft(
        kind=RunKind.ADVANCE,
        subject=f"avance {on.year}",
        label="Contribution, avance à l’entrée",
        scale_id=scale.pk,
        on=on,
        fact_on=on,
        year=year_of(on, scale.rule.year_starts),
        figures=Figures(uncapped=due, due=due),
        inputs={"contract": contract},
        working={"due": str(due)},
    )
    run = write_run(activity, draft, actor=actor)
    audit.record(actor, "accounting.take_advance", run, detail={"amount": str(due)})
    return run
