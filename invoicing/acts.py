"""What the acts of the room are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.Invoice.issue": _("Document émis"),
    "invoicing.Invoice.discard": _("Brouillon abandonné"),
    "invoicing.Invoice.restore": _("Brouillon repris"),
    "invoicing.Quote.discard": _("Brouillon de devis abandonné"),
    "invoicing.Quote.restore": _("Brouillon de devis repris"),
    "invoicing.create_quote": _("Devis commencé"),
    "invoicing.save_quote": _("Devis modifié"),
    "invoicing.revise_quote": _("Nouvelle version d’un devis commencée"),
    "invoicing.archive_customer": _("Client archivé"),
    "invoicing.restore_customer": _("Client repris"),
    "invoicing.check_invoice": _("Brouillon contrôlé"),
    "invoicing.create_customer": _("Client créé"),
    "invoicing.create_draft": _("Brouillon créé"),
    "invoicing.draft_credit_note": _("Avoir préparé"),
    "invoicing.record_payment": _("Règlement reçu"),
    "invoicing.refund_customer": _("Client remboursé"),
    "invoicing.reverse_payment": _("Règlement annulé"),
    "invoicing.save_customer": _("Client modifié"),
    "invoicing.save_draft": _("Brouillon modifié"),
    "invoicing.use_advance": _("Avance imputée"),
}
