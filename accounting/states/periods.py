"""States of the months and years of the books."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow

# The dated parameter that says in which month a year of the books begins.
YEAR_START = "accounting.year_start"
# Whoever posts shares this turn; whoever closes a month has it alone.
POSTING_TURN = "accounting.posting"


class PeriodState(TextChoices):
    OPEN = "open", pgettext_lazy("accounting month", "Ouvert")
    CLOSED = "closed", pgettext_lazy("accounting month", "Clos")
    LOCKED = "locked", pgettext_lazy("accounting month", "Verrouillé")


class YearState(TextChoices):
    OPEN = "open", pgettext_lazy("accounting month", "Ouvert")
    CLOSED = "closed", pgettext_lazy("accounting month", "Clos")


class ClosingKind(TextChoices):
    """What a certificate closes."""

    MONTH = "month", _("Mois")
    YEAR = "year", _("Exercice")


# How each state is drawn: its tone and its sign.
PERIOD_SHAPES: dict[str, tuple[str, str]] = {
    PeriodState.OPEN: ("info", "●"),
    PeriodState.CLOSED: ("success", "✔"),
    PeriodState.LOCKED: ("neutral", "◇"),
}
YEAR_SHAPES: dict[str, tuple[str, str]] = {
    YearState.OPEN: ("info", "●"),
    YearState.CLOSED: ("success", "✔"),
}

_OPEN, _CLOSED = PeriodState.OPEN.value, PeriodState.CLOSED.value
PERIOD_FLOW = Workflow(
    "accounting.Period",
    (
        Move("close", (_OPEN,), _CLOSED, "accounting.close_month", _("Clore le mois")),
        Move("reopen", (_CLOSED,), _OPEN, "accounting.reopen_month", _("Rouvrir le mois")),
        Move("lock", (_CLOSED,), PeriodState.LOCKED.value, "accounting.lock_month", _("Verrouiller le mois")),
    ),
)
YEAR_FLOW = Workflow(
    "accounting.FiscalYear",
    (
        Move(
            "close",
            (YearState.OPEN.value,),
            YearState.CLOSED.value,
            "accounting.close_year",
            _("Clore l’exercice"),
        ),
    ),
)
