"""Closed lists and moves of deals, of the papers they ask, of the contracts read before they are signed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class DealState(TextChoices):
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Close")


class Moment(TextChoices):
    """Before what a paper is asked."""

    QUOTE = "quote", _("Avant le devis")
    INVOICE = "invoice", _("Avant la facture")
    CLOSING = "closing", _("Avant la clôture")


class ReviewState(TextChoices):
    ASKED = "asked", _("À relire")
    APPROVED = "approved", _("Peut être signé")
    TO_NEGOTIATE = "to_negotiate", _("À négocier")
    REFUSED = "refused", _("À ne pas signer")
    WITHDRAWN = "withdrawn", _("Demande reprise")


class ReviewSubject(TextChoices):
    """What a contract is read for (INV-19)."""

    AMOUNT = "amount", _("Montant et prix")
    LIABILITY = "liability", _("Responsabilité")
    PENALTIES = "penalties", _("Pénalités")
    INSURANCE = "insurance", _("Assurance")
    PAYMENT = "payment", _("Délais de paiement")
    PROPERTY = "property", _("Propriété intellectuelle")
    TERMINATION = "termination", _("Durée et résiliation")


class PointVerdict(TextChoices):
    GOOD = "good", _("Convient")
    RESERVE = "reserve", _("À négocier")
    BLOCKING = "blocking", _("Bloquant")


ANSWERED_REVIEWS: tuple[str, ...] = (ReviewState.APPROVED, ReviewState.TO_NEGOTIATE, ReviewState.REFUSED)
DEAL_SERIES = "deal"
MAX_FOLDER = 60

DEAL_FLOW = Workflow(
    "invoicing.Deal",
    field="state",
    moves=[
        Move(
            "close",
            (DealState.OPEN,),
            DealState.CLOSED,
            right="invoicing.edit_deal",
            label=_("Clore l’affaire"),
        ),
        Move("reopen", (DealState.CLOSED,), DealState.OPEN, right="invoicing.edit_deal", label=_("Rouvrir")),
    ],
)

REVIEW_FLOW = Workflow(
    "invoicing.ContractReview",
    field="state",
    moves=[
        Move(
            "approve",
            (ReviewState.ASKED,),
            ReviewState.APPROVED,
            right="invoicing.answer_review",
            label=_("Peut être signé"),
        ),
        Move(
            "negotiate",
            (ReviewState.ASKED,),
            ReviewState.TO_NEGOTIATE,
            right="invoicing.answer_review",
            label=_("À négocier"),
        ),
        Move(
            "refuse",
            (ReviewState.ASKED,),
            ReviewState.REFUSED,
            right="invoicing.answer_review",
            label=_("À ne pas signer"),
        ),
        Move(
            "withdraw",
            (ReviewState.ASKED,),
            ReviewState.WITHDRAWN,
            right="invoicing.ask_review",
            label=_("Reprendre la demande"),
        ),
    ],
)
