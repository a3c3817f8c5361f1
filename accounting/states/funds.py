"""States and moves of grants and earmarked funds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class FundNature(TextChoices):
    GRANT = "grant", _("Subvention")
    EARMARKED = "earmarked", _("Fonds fléché")


class FundState(TextChoices):
    REQUESTED = "requested", _("Demandée")
    AWARDED = "awarded", _("Attribuée")
    RUNNING = "running", _("Dépenses ouvertes")
    CLOSED = "closed", _("Soldée")
    REFUSED = "refused", _("Demande refusée")
    GIVEN_UP = "given_up", _("Abandonnée")


class DutyKind(TextChoices):
    """What a funder expects by a day."""

    CONDITION = "condition", _("Condition")
    REPORT = "report", _("Compte rendu")


class GrantBooking(TextChoices):
    """When the income of a grant enters the books."""

    AWARD = "award", _("À l’attribution")
    RECEIPT = "receipt", _("À l’encaissement")


# How each state is drawn: its tone and its sign.
FUND_SHAPES: dict[str, tuple[str, str]] = {
    FundState.REQUESTED: ("info", "●"),
    FundState.AWARDED: ("warning", "▲"),
    FundState.RUNNING: ("success", "●"),
    FundState.CLOSED: ("neutral", "✔"),
    FundState.REFUSED: ("neutral", "✕"),
    FundState.GIVEN_UP: ("neutral", "✕"),
}
# Nothing of these changes any more.
FUND_OVER = (FundState.CLOSED, FundState.REFUSED, FundState.GIVEN_UP)
# An amount was promised.
FUND_WON = (FundState.AWARDED, FundState.RUNNING, FundState.CLOSED)

_Q, _A, _R = FundState.REQUESTED.value, FundState.AWARDED.value, FundState.RUNNING.value
_KEEP = "accounting.keep_funds"
FUND_FLOW = Workflow(
    "accounting.Fund",
    (
        Move("award", (_Q,), _A, _KEEP, _("Noter l’attribution")),
        Move("refuse", (_Q,), FundState.REFUSED.value, _KEEP, _("Noter le refus")),
        Move("give_up", (_Q, _A), FundState.GIVEN_UP.value, _KEEP, _("Abandonner")),
        Move("start", (_A,), _R, _KEEP, _("Ouvrir les dépenses")),
        Move("close", (_R,), FundState.CLOSED.value, _KEEP, _("Solder")),
    ),
)
