"""The states of a claim, and why a quote is stopped for want of a cover (ENT-42)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The files that prove a cover.
COVER_DOCUMENT = "entrepreneurs.cover"
# The setting that says which quotes ask for a cover.
COVER_DEMAND = "entrepreneurs.cover_demand"


class ClaimState(TextChoices):
    DECLARED = "declared", _("Déclaré")
    SENT = "sent", _("Transmis à l’assureur")
    CLOSED = "closed", _("Clos")


_FOLLOW = "entrepreneurs.follow_claim"

CLAIM_FLOW = Workflow(
    "entrepreneurs.Claim",
    (
        Move("send", (ClaimState.DECLARED,), ClaimState.SENT, _FOLLOW, _("Transmettre à l’assureur")),
        Move(
            "close", (ClaimState.DECLARED, ClaimState.SENT), ClaimState.CLOSED, _FOLLOW, _("Clore le dossier")
        ),
        Move("reopen", (ClaimState.CLOSED,), ClaimState.SENT, _FOLLOW, _("Rouvrir")),
    ),
)
