"""Plays a proposed scale over past years, keeps the figures once, prints them (ACC-22)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.contribution.trials import TrialYear, Tried, to_json
from accounting.documents import trial_pdf
from accounting.models import ScaleTrial
from accounting.selectors.simulation import simulate, years_to_simulate
from accounting.services.scales import checked_rules
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from people.services.changes import one_line

TASK, FILE_KIND = "accounting.run_scale_trial", "accounting.scale_trial"
_MOST_YEARS = 10
# An assembly may have to prove what it was shown (C. com. L225-117: three years; kept as its papers are).
_KEPT_YEARS = 10


@transaction.atomic
def ask_for_trial(
    *, title: str, rules: Mapping[str, Any], years: Sequence[int], today: date, actor: Any
) -> tuple[ScaleTrial, Job]:
    """Does: keeps what is to be tried and starts the job that plays it. Refuses: no title, rules that do not
    compute, no year or too many, a year without sales. Leaves behind: the trial without figures, the job,
    audit."""
    said = one_line(title, "title", _("Donnez un intitulé à cet essai."), most=120)
    checked_rules(rules)
    chosen = sorted(set(years))
    if not 1 <= len(chosen) <= _MOST_YEARS or not set(chosen) <= set(years_to_simulate(today)):
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez au moins une année de ventes, dix au plus."), field="years"
        )
    trial = ScaleTrial.objects.create(title=said, rules=dict(rules), years=chosen, created_by=actor)
    audit.record(actor, "accounting.ask_scale_trial", trial, detail={"count": len(chosen)})
    return trial, play_again(trial, actor=actor)


@transaction.atomic
def play_again(trial: ScaleTrial, *, actor: Any) -> Job:
    """Does: starts the job of a trial that has no figures yet. Refuses: one that is computed. Leaves behind:
    the job."""
    row = ScaleTrial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
    if row.done_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cet essai est déjà calculé."))
    label = house_words(gettext_lazy("Essai de barème"), row.title)
    return start_job(
        TASK,
        label=label,
        actor=actor,
        total=len(row.years),
        trial=row.pk,
        leads_to=row.get_absolute_url(),
    )


def run_trial(trial: ScaleTrial, *, today: date, through: Progress) -> None:
    """Does: plays each year for all activities, then keeps the figures and prints them, at once. Refuses:
    nothing. Leaves behind: figures and PDF, never to change; nothing when it is stopped half-way, or when
    another worker was first."""
    played: list[TrialYear] = []

    def play(year: int) -> None:
        found = simulate(trial.rule, year, today=today)
        rows = [Tried(one.activity.pk, one.activity.name, one.now, one.then) for one in found.effects]
        played.append(TrialYear(str(year), tuple(rows)))

    through.each(trial.years, play)
    with transaction.atomic():
        row = ScaleTrial.objects.select_for_update(of=("self",)).get(pk=trial.pk)
        if row.done_at is not None:
            return
        row.figures, row.done_at = to_json(played), timezone.now()
        row.document = store_document(
            trial_pdf(row),
            kind=FILE_KIND,
            name=f"essai-de-bareme-{row.pk}.pdf",
            mime="application/pdf",
            about=row,
            actor=through.job.author,
            retention_until=date(today.year + _KEPT_YEARS, 12, 31),
        )
        row.save(update_fields=["figures", "done_at", "document"])
