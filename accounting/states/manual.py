"""States of entries by hand, of subscriptions and of reversals planned."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow

# The most lines of an entry by hand: a position is a small number, and a page must stay readable.
MOST_LINES = 200
WRITE = "accounting.write_entries"


class ManualState(TextChoices):
    DRAFT = "draft", pgettext_lazy("entry by hand", "En préparation")
    VALIDATED = "validated", pgettext_lazy("entry by hand", "Validée")
    DISCARDED = "discarded", pgettext_lazy("entry by hand", "Abandonnée")


class LineSide(TextChoices):
    DEBIT = "debit", _("Débit")
    CREDIT = "credit", _("Crédit")


class Every(TextChoices):
    """How often a subscription is posted."""

    MONTH = "month", _("Chaque mois")
    QUARTER = "quarter", _("Chaque trimestre")
    HALF = "half", _("Chaque semestre")
    YEAR = "year", _("Chaque année")


MONTHS: dict[str, int] = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}


class RecurringState(TextChoices):
    ACTIVE = "active", pgettext_lazy("recurring entry", "En cours")
    PAUSED = "paused", pgettext_lazy("recurring entry", "En pause")
    ENDED = "ended", pgettext_lazy("recurring entry", "Terminée")


class PlannedState(TextChoices):
    PLANNED = "planned", pgettext_lazy("planned reversal", "Prévue")
    DONE = "done", pgettext_lazy("planned reversal", "Passée")
    DROPPED = "dropped", pgettext_lazy("planned reversal", "Abandonnée")


# How each state is drawn: its tone and its sign.
MANUAL_SHAPES: dict[str, tuple[str, str]] = {
    ManualState.DRAFT: ("warning", "▲"),
    ManualState.VALIDATED: ("success", "✔"),
    ManualState.DISCARDED: ("neutral", "✕"),
}
RECURRING_SHAPES: dict[str, tuple[str, str]] = {
    RecurringState.ACTIVE: ("info", "●"),
    RecurringState.PAUSED: ("warning", "▲"),
    RecurringState.ENDED: ("neutral", "◇"),
}
PLANNED_SHAPES: dict[str, tuple[str, str]] = {
    PlannedState.PLANNED: ("info", "●"),
    PlannedState.DONE: ("success", "✔"),
    PlannedState.DROPPED: ("neutral", "✕"),
}

_DRAFT, _ACTIVE, _PAUSED = ManualState.DRAFT.value, RecurringState.ACTIVE.value, RecurringState.PAUSED.value
MANUAL_FLOW = Workflow(
    "accounting.ManualEntry",
    (
        Move("validate", (_DRAFT,), ManualState.VALIDATED.value, WRITE, _("Valider l’écriture")),
        Move("discard", (_DRAFT,), ManualState.DISCARDED.value, WRITE, _("Abandonner l’écriture")),
    ),
)
RECURRING_FLOW = Workflow(
    "accounting.RecurringEntry",
    (
        Move("pause", (_ACTIVE,), _PAUSED, WRITE, _("Mettre en pause")),
        Move("resume", (_PAUSED,), _ACTIVE, WRITE, _("Reprendre")),
        Move("end", (_ACTIVE, _PAUSED), RecurringState.ENDED.value, WRITE, _("Terminer")),
    ),
)
PLANNED_FLOW = Workflow(
    "accounting.PlannedReversal",
    (
        Move("perform", (PlannedState.PLANNED.value,), PlannedState.DONE.value, WRITE, _("Contre-passer")),
        Move(
            "drop",
            (PlannedState.PLANNED.value,),
            PlannedState.DROPPED.value,
            WRITE,
            _("Ne plus contre-passer"),
        ),
    ),
)
