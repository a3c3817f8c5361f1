"""Closed lists of commercial documents, and the table of what may be done to one in which state."""

from decimal import Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow


class InvoiceKind(TextChoices):
    INVOICE = "invoice", _("Facture")
    CREDIT_NOTE = "credit_note", _("Avoir")


class InvoiceState(TextChoices):
    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("À valider")
    ISSUED = "issued", _("Émise")
    DISCARDED = "discarded", _("Abandonnée")


class QuoteState(TextChoices):
    """« Expiré » is read from the last day of validity; it is never stored."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("À valider")
    APPROVED = "approved", _("Validé")
    SENT = "sent", _("Envoyé")
    ACCEPTED = "accepted", _("Accepté")
    REFUSED = "refused", _("Refusé")
    REPLACED = "replaced", _("Remplacé")
    WITHDRAWN = "withdrawn", _("Retiré")
    DISCARDED = "discarded", _("Abandonné")


class QuoteStep(TextChoices):
    """What a list of quotes is asked most: who has something to do."""

    TO_CHECK = "to_check", _("À valider")
    TO_SEND = "to_send", _("À envoyer")
    WITH_CUSTOMER = "with_customer", _("Chez le client")
    TO_INVOICE = "to_invoice", _("À facturer")
    EXPIRED = "expired", _("Expirés")


# Numbered and frozen: what they say changes no more.
NUMBERED_QUOTES: tuple[str, ...] = (
    QuoteState.APPROVED,
    QuoteState.SENT,
    QuoteState.ACCEPTED,
    QuoteState.REFUSED,
    QuoteState.REPLACED,
    QuoteState.WITHDRAWN,
)


class CheckedKind(TextChoices):
    """What a named person may be trusted to validate alone (PEO-24)."""

    QUOTE = "quote", pgettext_lazy("list", "Devis")
    INVOICE = "invoice", _("Factures")
    CREDIT_NOTE = "credit_note", _("Avoirs")


class SaleKind(TextChoices):
    """What the editor writes."""

    QUOTE = "quote", _("Devis")
    INVOICE = "invoice", _("Facture")


class EditorMode(TextChoices):
    QUICK = "quick", _("Rapide")
    FULL = "full", _("Complet")


class MentionPlace(TextChoices):
    QUOTES = "quotes", pgettext_lazy("list", "Devis")
    INVOICES = "invoices", _("Factures et avoirs")
    BOTH = "both", _("Tous")


class MentionAudience(TextChoices):
    """Whom a notice concerns: commerce between professionals has rules of its own."""

    PROFESSIONALS = "professionals", _("Professionnels")
    PRIVATE_PERSONS = "private_persons", _("Particuliers")


class MentionNote(TextChoices):
    """Under which subject a notice stands in the e-invoice (BT-21, UNTDID 4451)."""

    GENERAL = "AAI", _("Information générale")
    REGULATORY = "REG", _("Information réglementaire")
    TAX = "TXD", _("Taxe")
    RECOVERY_INDEMNITY = "PMT", _("Indemnité de recouvrement")
    LATE_PENALTIES = "PMD", _("Pénalités de retard")
    EARLY_PAYMENT_DISCOUNT = "AAB", _("Escompte")


class DocumentLayout(TextChoices):
    CLASSIC = "classic", _("Classique")
    AIRY = "airy", _("Aérée")
    COMPACT = "compact", _("Compacte")
    BAND = "band", _("Bandeau")
    LETTER = "letter", _("Lettre")


class DocumentLanguage(TextChoices):
    FRENCH = "fr", _("Français")
    ENGLISH = "en", _("Anglais")


class SendingKind(TextChoices):
    MAIL = "mail", _("E-mail")
    COPY = "copy", _("Lien copié")
    REMINDER = "reminder", _("Relance")
    REPLY = "reply", _("Réponse à un message")


class Settlement(TextChoices):
    """Read from payments, credit notes and the due date; never stored."""

    TO_PAY = "to_pay", _("À encaisser")
    PARTLY_SETTLED = "partly_settled", _("Réglée en partie")
    OVERDUE = "overdue", _("En retard")
    SETTLED = "settled", _("Réglée")
    WRITTEN_OFF = "written_off", _("Irrécouvrable")


class CustomerKind(TextChoices):
    FIRM = "firm", _("Entreprise ou association")
    PUBLIC_BODY = "public_body", _("Organisme public")
    PRIVATE_PERSON = "private_person", _("Particulier")


class SaleNature(TextChoices):
    """What a line sells: it decides the revenue account and the « goods, services or both » of the
    document."""

    SERVICES = "services", _("Prestation de services")
    TRAINING = "training", _("Formation professionnelle")
    GOODS = "goods", _("Vente de biens")
    REBILLED = "rebilled", _("Frais refacturés")


class Operation(TextChoices):
    """Category of the operation, a compulsory mention (CGI ann. II art. 242 nonies A, I-16°)."""

    GOODS = "goods", _("Livraison de biens")
    SERVICES = "services", _("Prestation de services")
    BOTH = "both", _("Biens et services")


class VatDueOn(TextChoices):
    """What makes the tax due (CGI art. 269-2)."""

    RECEIPTS = "receipts", _("Encaissements")
    DEBITS = "debits", _("Débits")


class VatCategory(TextChoices):
    """UNTDID 5305, the part that the house supports."""

    STANDARD = "S", _("Taux normal ou réduit")
    ZERO = "Z", _("Taux zéro")
    EXEMPT = "E", _("Exonéré")
    REVERSE_CHARGE = "AE", _("Autoliquidation")
    INTRA_COMMUNITY = "K", _("Livraison intracommunautaire")
    EXPORT = "G", _("Exportation")


class PaymentMode(TextChoices):
    TRANSFER = "transfer", _("Virement")
    CARD = "card", _("Carte bancaire")
    CHEQUE = "cheque", _("Chèque")
    CASH = "cash", _("Espèces")
    DIRECT_DEBIT = "direct_debit", _("Prélèvement")
    OTHER = "other", _("Autre")


class ReceiptKind(TextChoices):
    RECEIVED = "received", _("Encaissement")
    REFUNDED = "refunded", _("Remboursement")
    OFFSET = "offset", _("Imputation d’une avance")
    # Money held before the sale, posted as a debt by a room above: no bank moves.
    DEPOSIT = "deposit", _("Dépôt de garantie gardé")


class CreditPart(TextChoices):
    """How much of an invoice a credit note gives back."""

    WHOLE = "whole", _("Toute la facture")
    REST = "rest", _("Le reste impayé")
    LINES = "lines", _("Certaines lignes")


REVENUE_ACCOUNTS: dict[str, str] = {
    SaleNature.SERVICES: "revenue_services",
    SaleNature.TRAINING: "revenue_training",
    SaleNature.GOODS: "revenue_goods",
    SaleNature.REBILLED: "revenue_rebilled",
}

# What a contribution scale may treat apart.
CONTRIBUTION_CATEGORIES: dict[str, str] = {
    SaleNature.SERVICES: "ordinary",
    SaleNature.TRAINING: "training",
    SaleNature.GOODS: "ordinary",
    SaleNature.REBILLED: "ordinary",
}

# One series per kind of document, for all the activities (CGI ann. II art. 242 nonies A, I-7°).
SERIES: dict[str, str] = {InvoiceKind.INVOICE: "invoice", InvoiceKind.CREDIT_NOTE: "credit_note"}
QUOTE_SERIES = "quote"

# Limits of a document: enough for any honest one, and ten megabytes of text are refused in one sentence.
MAX_DISBURSEMENTS = 6
MAX_LINES = 200
MAX_LABEL = 250
MAX_CHOICE = 80
MAX_DESCRIPTION = 4000
MAX_TEXT = 250
MAX_QUANTITY = Decimal("9999999.9999")
MAX_UNIT_PRICE = Decimal("9999999.9999")
MAX_TOTAL = Decimal("999999999.99")

INVOICE_FLOW = Workflow(
    "invoicing.Invoice",
    field="state",
    moves=[
        Move(
            "submit",
            (InvoiceState.DRAFT,),
            InvoiceState.SUBMITTED,
            right="invoicing.submit_invoice",
            label=_("Envoyer pour validation"),
        ),
        Move(
            "take_back",
            (InvoiceState.SUBMITTED,),
            InvoiceState.DRAFT,
            right="invoicing.submit_invoice",
            label=_("Reprendre pour modifier"),
        ),
        Move(
            "correct",
            (InvoiceState.SUBMITTED,),
            InvoiceState.DRAFT,
            right="invoicing.check_document",
            label=_("Demander une correction"),
        ),
        Move(
            "issue",
            (InvoiceState.DRAFT, InvoiceState.SUBMITTED),
            InvoiceState.ISSUED,
            right="invoicing.issue_invoice",
            label=_("Émettre"),
        ),
        Move(
            "discard",
            (InvoiceState.DRAFT,),
            InvoiceState.DISCARDED,
            right="invoicing.discard_invoice",
            label=_("Abandonner"),
        ),
        Move(
            "restore",
            (InvoiceState.DISCARDED,),
            InvoiceState.DRAFT,
            right="invoicing.restore_invoice",
            label=_("Reprendre"),
        ),
    ],
)

_OPEN = (QuoteState.APPROVED, QuoteState.SENT)

QUOTE_FLOW = Workflow(
    "invoicing.Quote",
    field="state",
    moves=[
        Move(
            "submit",
            (QuoteState.DRAFT,),
            QuoteState.SUBMITTED,
            right="invoicing.submit_quote",
            label=_("Envoyer pour validation"),
        ),
        Move(
            "take_back",
            (QuoteState.SUBMITTED,),
            QuoteState.DRAFT,
            right="invoicing.submit_quote",
            label=_("Reprendre pour modifier"),
        ),
        Move(
            "correct",
            (QuoteState.SUBMITTED,),
            QuoteState.DRAFT,
            right="invoicing.check_document",
            label=_("Demander une correction"),
        ),
        Move(
            "approve",
            (QuoteState.DRAFT, QuoteState.SUBMITTED),
            QuoteState.APPROVED,
            right="invoicing.approve_quote",
            label=_("Valider"),
        ),
        Move(
            "send", (QuoteState.APPROVED,), QuoteState.SENT, right="invoicing.send_quote", label=_("Envoyer")
        ),
        Move(
            "accept",
            _OPEN,
            QuoteState.ACCEPTED,
            right="invoicing.answer_quote",
            label=_("Noter l’acceptation"),
        ),
        Move("refuse", _OPEN, QuoteState.REFUSED, right="invoicing.answer_quote", label=_("Noter le refus")),
        Move(
            "replace",
            _OPEN,
            QuoteState.REPLACED,
            right="invoicing.approve_quote",
            label=_("Remplacer par la nouvelle version"),
        ),
        Move("withdraw", _OPEN, QuoteState.WITHDRAWN, right="invoicing.send_quote", label=_("Retirer")),
        Move(
            "discard",
            (QuoteState.DRAFT,),
            QuoteState.DISCARDED,
            right="invoicing.edit_quote",
            label=_("Abandonner"),
        ),
        Move(
            "restore",
            (QuoteState.DISCARDED,),
            QuoteState.DRAFT,
            right="invoicing.edit_quote",
            label=_("Reprendre"),
        ),
    ],
)
