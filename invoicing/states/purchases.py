"""Closed lists of suppliers, orders and purchases, and the tables of what may be done to them."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class BankSource(TextChoices):
    """Where an IBAN was read: what comes from an invoice deserves more doubt."""

    TYPED = "typed", _("Saisi à la main")
    INVOICE = "invoice", _("Lu sur une facture")


class BankVerdict(TextChoices):
    CONFIRMED = "confirmed", _("Confirmées")
    REJECTED = "rejected", _("Écartées")


class SplitKind(TextChoices):
    """What the weights of a key count."""

    AREA = "area", _("Surface (m²)")
    PEOPLE = "people", _("Nombre de personnes")
    PERCENTAGE = "percentage", _("Pourcentage")
    USE = "use", _("Usage constaté")


class PurchaseKind(TextChoices):
    INVOICE = "invoice", _("Facture fournisseur")
    CREDIT_NOTE = "credit_note", _("Avoir fournisseur")


class PurchaseState(TextChoices):
    RECEIVED = "received", _("Reçu")
    CHECKING = "checking", _("À approuver")
    APPROVED = "approved", _("Approuvé")
    DISPUTED = "disputed", _("En litige")
    REFUSED = "refused", _("Refusé")
    ORDERED = "ordered", _("Paiement ordonné")
    PAID = "paid", _("Payé")


class PurchaseStep(TextChoices):
    """What a list of purchases is asked most: who has something to do."""

    TO_TAKE = "to_take", _("À reconnaître")
    TO_APPROVE = "to_approve", _("À approuver")
    TO_PAY = "to_pay", _("À payer")
    OVERDUE = "overdue", _("Échus")
    DISPUTED = "disputed", _("En litige")


class DisputeKind(TextChoices):
    """Codes of the reform: one contests what is asked, the other only waits for what is missing."""

    DISPUTED = "207", _("En litige : nous contestons ce qui est demandé")
    SUSPENDED = "208", _("Suspendue : il manque une pièce ou une réponse")


class PurchaseOrderState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("À approuver")
    APPROVED = "approved", _("Approuvée")
    SENT = "sent", _("Envoyée")
    CLOSED = "closed", _("Terminée")
    CANCELLED = "cancelled", _("Annulée")


# Posted: what they say changes no more.
POSTED: tuple[str, ...] = (PurchaseState.APPROVED, PurchaseState.ORDERED, PurchaseState.PAID)
# Their content may still be corrected.
OPEN: tuple[str, ...] = (PurchaseState.RECEIVED, PurchaseState.CHECKING, PurchaseState.DISPUTED)
# Numbered and frozen.
NUMBERED_ORDERS: tuple[str, ...] = (
    PurchaseOrderState.APPROVED,
    PurchaseOrderState.SENT,
    PurchaseOrderState.CLOSED,
)
ORDER_SERIES = "supplier_order"

MAX_PURCHASE_LINES = 200
MAX_PURCHASE_TOTAL = Decimal("999999999.99")
EURO = "EUR"

_TO_ANSWER = (PurchaseState.RECEIVED, PurchaseState.CHECKING)

PURCHASE_FLOW = Workflow(
    "invoicing.Purchase",
    field="state",
    moves=[
        Move(
            "take",
            (PurchaseState.RECEIVED,),
            PurchaseState.CHECKING,
            right="invoicing.take_purchase",
            label=_("C’est bien pour moi"),
        ),
        Move(
            "approve",
            _TO_ANSWER,
            PurchaseState.APPROVED,
            right="invoicing.approve_purchase",
            label=_("Approuver"),
        ),
        Move(
            "dispute",
            _TO_ANSWER,
            PurchaseState.DISPUTED,
            right="invoicing.answer_purchase",
            label=_("Mettre en litige"),
        ),
        Move(
            "resume",
            (PurchaseState.DISPUTED,),
            PurchaseState.CHECKING,
            right="invoicing.answer_purchase",
            label=_("Lever le litige"),
        ),
        Move(
            "refuse",
            (*_TO_ANSWER, PurchaseState.DISPUTED),
            PurchaseState.REFUSED,
            right="invoicing.answer_purchase",
            label=_("Refuser"),
        ),
        Move(
            "undo",
            (PurchaseState.APPROVED,),
            PurchaseState.CHECKING,
            right="invoicing.pay_purchase",
            label=_("Annuler l’approbation"),
        ),
        Move(
            "order",
            (PurchaseState.APPROVED,),
            PurchaseState.ORDERED,
            right="invoicing.pay_purchase",
            label=_("Ordonner le paiement"),
        ),
        Move(
            "withdraw",
            (PurchaseState.ORDERED,),
            PurchaseState.APPROVED,
            right="invoicing.pay_purchase",
            label=_("Retirer l’ordre de paiement"),
        ),
        Move(
            "settle",
            (PurchaseState.APPROVED, PurchaseState.ORDERED),
            PurchaseState.PAID,
            right="invoicing.pay_purchase",
            label=_("Noter payé"),
        ),
        Move(
            "impute",
            (PurchaseState.APPROVED,),
            PurchaseState.PAID,
            right="invoicing.pay_purchase",
            label=_("Imputer l’avoir"),
        ),
        Move(
            "release",
            (PurchaseState.PAID,),
            PurchaseState.APPROVED,
            right="invoicing.pay_purchase",
            label=_("Reprendre l’avoir"),
        ),
    ],
)

PURCHASE_ORDER_FLOW = Workflow(
    "invoicing.PurchaseOrder",
    field="state",
    moves=[
        Move(
            "submit",
            (PurchaseOrderState.DRAFT,),
            PurchaseOrderState.SUBMITTED,
            right="invoicing.edit_purchase_order",
            label=_("Envoyer pour approbation"),
        ),
        Move(
            "take_back",
            (PurchaseOrderState.SUBMITTED,),
            PurchaseOrderState.DRAFT,
            right="invoicing.edit_purchase_order",
            label=_("Reprendre pour modifier"),
        ),
        Move(
            "approve",
            (PurchaseOrderState.DRAFT, PurchaseOrderState.SUBMITTED),
            PurchaseOrderState.APPROVED,
            right="invoicing.approve_purchase_order",
            label=_("Approuver"),
        ),
        Move(
            "send",
            (PurchaseOrderState.APPROVED,),
            PurchaseOrderState.SENT,
            right="invoicing.edit_purchase_order",
            label=_("Envoyer au fournisseur"),
        ),
        Move(
            "close",
            (PurchaseOrderState.APPROVED, PurchaseOrderState.SENT),
            PurchaseOrderState.CLOSED,
            right="invoicing.edit_purchase_order",
            label=_("Terminer"),
        ),
        Move(
            "cancel",
            (
                PurchaseOrderState.DRAFT,
                PurchaseOrderState.SUBMITTED,
                PurchaseOrderState.APPROVED,
                PurchaseOrderState.SENT,
            ),
            PurchaseOrderState.CANCELLED,
            right="invoicing.edit_purchase_order",
            label=_("Annuler la commande"),
        ),
    ],
)
