"""Closed lists of cash to come: what somebody plans by hand, and how often it comes back."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# Days that a scenario lets customers take besides: beyond a year nobody waits, one sues.
MOST_LATER_DAYS = 365


class PlanKind(TextChoices):
    """What no document tells: the values are those of the flows (calculations/treasury/forecast.py)."""

    LOAN = "loan", _("Emprunt")
    TAX = "tax", _("Impôts et cotisations")
    PAY = "pay", _("Salaires")
    SUPPLIER = "supplier", _("Fournisseurs")
    GRANT = "grant", _("Subvention")
    OTHER = "other", _("Autre")


class PlanRhythm(TextChoices):
    ONCE = "once", _("Une seule fois")
    MONTH = "month", _("Chaque mois")
    QUARTER = "quarter", _("Chaque trimestre")
    YEAR = "year", _("Chaque année")


# Months from one date to the next; what comes once has none.
RHYTHM_MONTHS: dict[str, int] = {PlanRhythm.MONTH: 1, PlanRhythm.QUARTER: 3, PlanRhythm.YEAR: 12}
