"""Trials of scales over past years: the list, and what one says, as it was computed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounting.calculations.contribution.trials import TrialYear, from_json, spread, whole
from accounting.models import ScaleTrial


def trials() -> QuerySet[ScaleTrial]:
    return ScaleTrial.objects.select_related("created_by__person").defer("figures")


def printed_trials() -> QuerySet[ScaleTrial]:
    """Those that may be put before an assembly."""
    return trials().filter(document__isnull=False).select_related("document")


@dataclass(frozen=True)
class ShownTrial:
    """The figures of a trial: all years together, then one by one, then who changes by how much."""

    whole: TrialYear
    years: tuple[TrialYear, ...]
    incomes: tuple[tuple[str, object], ...]
    changes: tuple[tuple[str, int], ...]


def shown_trial(trial: ScaleTrial) -> ShownTrial | None:
    """Nothing while it is being computed."""
    if trial.figures is None:
        return None
    years = from_json(trial.figures)
    every = whole(years, _("Toutes les années"))
    incomes = [
        one
        for year in years
        for one in (
            (_("%(year)s, reçu") % {"year": year.label}, year.now),
            (_("%(year)s, essai") % {"year": year.label}, year.then),
        )
    ]
    words = (
        _("< −20 %"),
        _("−20 à −5"),
        _("−5 à 0"),
        _("rien"),
        _("0 à 5"),
        _("5 à 20"),
        _("> 20 %"),
    )
    return ShownTrial(every, years, tuple(incomes), tuple(zip(words, spread(every.rows), strict=True)))
