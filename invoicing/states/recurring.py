"""Closed lists and moves of recurring documents (INV-25)."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class Period(TextChoices):
    MONTH = "month", _("Chaque mois")
    QUARTER = "quarter", _("Chaque trimestre")
    HALF_YEAR = "half", _("Chaque semestre")
    YEAR = "year", _("Chaque année")


MONTHS: dict[str, int] = {Period.MONTH: 1, Period.QUARTER: 3, Period.HALF_YEAR: 6, Period.YEAR: 12}


class MakingMode(TextChoices):
    DRAFT = "draft", _("En brouillon, à relire")
    SEND = "send", _("Numéroté et envoyé au client")


class PlanState(TextChoices):
    ACTIVE = "active", _("En cours")
    PAUSED = "paused", _("En pause")
    ENDED = "ended", _("Terminé")


class DateOutcome(TextChoices):
    MADE = "made", _("Fait")
    SKIPPED = "skipped", _("Passé pendant la pause")


# A yearly rise beyond this is a slip of the keyboard.
MOST_INDEX = Decimal("0.5000")
# Older prices are a slip too, and compounded for a century they pass what a price can be.
MOST_INDEXED_YEARS = 10
MOST_TITLE, MOST_FAILURE = 160, 500
# Dates shown before they come.
SHOWN_NEXT = 3
# Dates made by one call: a server asleep for a month wakes up without a flood.
MOST_AT_ONCE = 12

_GOING = (PlanState.ACTIVE, PlanState.PAUSED)
_RIGHT = "invoicing.edit_recurring"

PLAN_FLOW = Workflow(
    "invoicing.RecurringPlan",
    field="state",
    moves=[
        Move("pause", (PlanState.ACTIVE,), PlanState.PAUSED, right=_RIGHT, label=_("Mettre en pause")),
        Move("resume", (PlanState.PAUSED,), PlanState.ACTIVE, right=_RIGHT, label=_("Reprendre")),
        Move("end", _GOING, PlanState.ENDED, right=_RIGHT, label=_("Terminer")),
    ],
)
