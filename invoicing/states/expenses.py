"""Closed lists of receipts and expense claims, and the moves of a claim."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class VoucherSource(TextChoices):
    PHOTO = "photo", _("Photographié")
    UPLOAD = "upload", _("Déposé")
    MAIL = "mail", _("Reçu par e-mail")


class VoucherState(TextChoices):
    TO_COMPLETE = "to_complete", _("À compléter")
    USED = "used", _("Dans une note de frais")
    SET_ASIDE = "set_aside", _("Écarté")


class ExpenseWay(TextChoices):
    """How the amount of a line is known."""

    ACTUAL = "actual", _("Montant du justificatif")
    FLAT = "flat", _("Forfait")
    MILEAGE = "mileage", _("Indemnité kilométrique")


class FlatUnit(TextChoices):
    """What a flat allowance is given for."""

    MEAL = "meal", _("repas")
    NIGHT = "night", _("nuit")
    DAY = "day", _("jour")
    MONTH = "month", _("mois")


class LimitPer(TextChoices):
    """What an upper limit is counted over, for one person and one kind."""

    LINE = "line", _("par dépense")
    DAY = "day", _("par jour")
    MONTH = "month", _("par mois")
    YEAR = "year", _("par an")


class PaidWith(TextChoices):
    """Whose money went out: what one paid oneself is refunded, the rest only booked."""

    OWN = "own", _("Mon argent")
    COOPERATIVE = "cooperative", _("Carte ou compte de la coopérative")
    ADVANCE = "advance", _("Avance reçue")


class LineDecision(TextChoices):
    """What whoever checks the claim says of a line."""

    PENDING = "pending", _("À contrôler")
    APPROVED = "approved", _("Acceptée")
    CORRECTED = "corrected", _("Corrigée")
    REFUSED = "refused", _("Refusée")


class ClaimState(TextChoices):
    DRAFT = "draft", _("En cours")
    SUBMITTED = "submitted", _("À vérifier")
    APPROVED = "approved", _("Approuvée")
    ORDERED = "ordered", _("Virement prévu")
    REFUNDED = "refunded", _("Soldée")


# Booked: what their lines say changes no more.
BOOKED_CLAIMS: tuple[str, ...] = (ClaimState.APPROVED, ClaimState.ORDERED, ClaimState.REFUNDED)

# Enough for any honest month; the rest is refused in one sentence.
MAX_CLAIM_LINES = 300
MAX_LINE_LABEL = 200
MAX_GUESTS = 300
MAX_REASON = 300
# Several photos chosen at once, the form of a browser without JavaScript included.
MAX_FILES_AT_ONCE = 20
# A page printed as a picture by a recent phone stays below; sixty scanned pages as well.
MAX_VOUCHER_BYTES = 15 * 1024 * 1024

CLAIM_FLOW = Workflow(
    "invoicing.ExpenseClaim",
    field="state",
    moves=[
        Move(
            "submit",
            (ClaimState.DRAFT,),
            ClaimState.SUBMITTED,
            right="invoicing.submit_claim",
            label=_("Soumettre"),
        ),
        Move(
            "take_back",
            (ClaimState.SUBMITTED,),
            ClaimState.DRAFT,
            right="invoicing.submit_claim",
            label=_("Reprendre pour modifier"),
        ),
        Move(
            "correct",
            (ClaimState.SUBMITTED,),
            ClaimState.DRAFT,
            right="invoicing.check_claim",
            label=_("Demander une correction"),
        ),
        Move(
            "approve",
            (ClaimState.SUBMITTED,),
            ClaimState.APPROVED,
            right="invoicing.check_claim",
            label=_("Approuver"),
        ),
        Move(
            "order",
            (ClaimState.APPROVED,),
            ClaimState.ORDERED,
            right="invoicing.check_claim",
            label=_("Prévoir le virement"),
        ),
        Move(
            "reverse",
            (ClaimState.APPROVED, ClaimState.ORDERED),
            ClaimState.SUBMITTED,
            right="invoicing.reverse_claim",
            label=_("Annuler l’approbation"),
        ),
        Move(
            "settle",
            (ClaimState.APPROVED, ClaimState.ORDERED),
            ClaimState.REFUNDED,
            right="invoicing.check_claim",
            label=_("Solder"),
        ),
    ],
)
