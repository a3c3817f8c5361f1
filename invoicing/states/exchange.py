"""Closed lists of the exchange: what happens to an e-invoice, who says so, where a message stands
(XP Z12-012, BR-FR-CDV)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EInvoiceCode(TextChoices):
    """The steps in the life of an e-invoice (MDT-105)."""

    DEPOSITED = "200", _("Déposée")
    ISSUED_BY_PLATFORM = "201", _("Émise par la plateforme")
    RECEIVED_BY_PLATFORM = "202", _("Reçue par la plateforme")
    MADE_AVAILABLE = "203", _("Mise à disposition")
    IN_HAND = "204", _("Prise en charge")
    APPROVED = "205", _("Approuvée")
    PARTLY_APPROVED = "206", _("Approuvée partiellement")
    DISPUTED = "207", _("En litige")
    SUSPENDED = "208", _("Suspendue")
    COMPLETED = "209", _("Complétée")
    REFUSED = "210", _("Refusée")
    PAYMENT_SENT = "211", _("Paiement transmis")
    COLLECTED = "212", _("Encaissée")
    REJECTED = "213", _("Rejetée")
    ENDORSED = "214", _("Visée")
    CANCELLED = "220", _("Annulée")
    MISROUTED = "221", _("Erreur de routage")
    DIRECT_PAYMENT_ASKED = "224", _("Demande de paiement direct")
    FACTORED = "225", _("Affacturée")
    INADMISSIBLE = "501", _("Irrecevable")


class Party(TextChoices):
    """Who writes a status."""

    PLATFORM = "platform", _("la plateforme")
    BUYER = "buyer", _("l’acheteur")
    SELLER = "seller", _("le vendeur")


class StatusOrigin(TextChoices):
    """By which way a status came to be known here."""

    HOUSE = "house", _("Écrit ici")
    PLATFORM = "platform", _("Reçu de la plateforme")
    NOTED = "noted", _("Noté à la main")


class Direction(TextChoices):
    OUT = "out", _("À la plateforme")
    IN = "in", _("De la plateforme")


class MessageKind(TextChoices):
    INVOICE = "invoice", _("Facture ou avoir")
    STATUS = "status", _("Statut")
    PURCHASE = "purchase", _("Facture d’un fournisseur")


class MessageState(TextChoices):
    WAITING = "waiting", _("À envoyer")
    SENT = "sent", _("Envoyé")
    TAKEN = "taken", _("Pris en compte")
    FAILED = "failed", _("En erreur")
    SET_ASIDE = "set_aside", _("Classé")


WRITERS: dict[str, str] = {
    EInvoiceCode.DEPOSITED: Party.PLATFORM,
    EInvoiceCode.ISSUED_BY_PLATFORM: Party.PLATFORM,
    EInvoiceCode.RECEIVED_BY_PLATFORM: Party.PLATFORM,
    EInvoiceCode.MADE_AVAILABLE: Party.PLATFORM,
    EInvoiceCode.IN_HAND: Party.BUYER,
    EInvoiceCode.APPROVED: Party.BUYER,
    EInvoiceCode.PARTLY_APPROVED: Party.BUYER,
    EInvoiceCode.DISPUTED: Party.BUYER,
    EInvoiceCode.SUSPENDED: Party.BUYER,
    EInvoiceCode.COMPLETED: Party.SELLER,
    EInvoiceCode.REFUSED: Party.BUYER,
    EInvoiceCode.PAYMENT_SENT: Party.BUYER,
    EInvoiceCode.COLLECTED: Party.SELLER,
    EInvoiceCode.REJECTED: Party.PLATFORM,
    EInvoiceCode.ENDORSED: Party.BUYER,
    EInvoiceCode.CANCELLED: Party.SELLER,
    EInvoiceCode.MISROUTED: Party.PLATFORM,
    EInvoiceCode.DIRECT_PAYMENT_ASKED: Party.SELLER,
    EInvoiceCode.FACTORED: Party.SELLER,
    EInvoiceCode.INADMISSIBLE: Party.PLATFORM,
}

# Those that the tax office must know of; the rest serves the two parties.
COMPULSORY: tuple[str, ...] = (
    EInvoiceCode.DEPOSITED,
    EInvoiceCode.REFUSED,
    EInvoiceCode.COLLECTED,
    EInvoiceCode.REJECTED,
)

# A status that says no says why (BR-FR-CDV-15).
WITH_REASON: tuple[str, ...] = (
    EInvoiceCode.PARTLY_APPROVED,
    EInvoiceCode.DISPUTED,
    EInvoiceCode.SUSPENDED,
    EInvoiceCode.REFUSED,
    EInvoiceCode.REJECTED,
    EInvoiceCode.MISROUTED,
    EInvoiceCode.INADMISSIBLE,
)
# Money came, or left: the status says how much.
WITH_AMOUNT: tuple[str, ...] = (EInvoiceCode.PAYMENT_SENT, EInvoiceCode.COLLECTED)

# The document came back for good: a credit note gives it back, then another one is made.
TURNED_DOWN: tuple[str, ...] = (EInvoiceCode.REFUSED, EInvoiceCode.REJECTED, EInvoiceCode.INADMISSIBLE)

MAX_SUFFIX = 40
MAX_COMMENT = 1000
MAX_SENDER = 80
