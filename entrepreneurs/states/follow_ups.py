"""What a test phase is followed by, and over which periods (ENT-32)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measure(models.TextChoices):
    SALES = "sales", _("Ventes HT")
    MARGIN = "margin", _("Marge")
    CASH = "cash", _("Trésorerie en fin de période")
    HOURS = "hours", _("Heures passées")
    PROSPECTS = "prospects", _("Prospects contactés")


# The person types these; the books know the others, and the margin of who has an activity.
TYPED: tuple[str, ...] = (Measure.MARGIN, Measure.HOURS, Measure.PROSPECTS)

UNITS: dict[str, str] = {
    Measure.SALES: "€",
    Measure.MARGIN: "€",
    Measure.CASH: "€",
    Measure.HOURS: "h",
    Measure.PROSPECTS: "",
}


class Rhythm(models.TextChoices):
    MONTH = "month", _("Mois")
    QUARTER = "quarter", _("Trimestre")
    YEAR = "year", _("Année")


MONTHS_IN: dict[str, int] = {Rhythm.MONTH: 1, Rhythm.QUARTER: 3, Rhythm.YEAR: 12}
