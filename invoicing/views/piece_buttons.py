"""What the page of a quote or an invoice offers of delivery notes and proforma invoices: asks nothing of the
database (INV-26)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can
from invoicing.models import Invoice, Quote
from invoicing.states.sales import InvoiceState, QuoteState
from invoicing.views.acting import Act


def piece_acts(user: Any, document: Quote | Invoice) -> list[Act]:
    """What was agreed is delivered, what is not invoiced yet is announced."""
    if isinstance(document, Quote):
        agreed = document.state == QuoteState.ACCEPTED
        announced = document.state in (QuoteState.APPROVED, QuoteState.SENT)
        kind, to = "devis", _address(document, "quote")
    else:
        agreed = document.is_issued and not document.is_credit_note and document.quote_id is None
        open_states = (InvoiceState.DRAFT, InvoiceState.SUBMITTED)
        announced = document.state in open_states and not (document.is_credit_note or document.is_part)
        kind, to = "facture", _address(document, "invoice")
    of, acts = {"of": f"{kind}-{document.pk}"}, []
    if agreed and can(user, "invoicing.edit_delivery", document):
        acts.append(Act(_("Préparer un bon de livraison"), to("delivery"), "truck"))
    if agreed:
        acts.append(Act(_("Bons de livraison"), reverse("invoicing:delivery_list", query=of), "box-seam"))
    if announced and can(user, "invoicing.make_proforma", document):
        acts.append(Act(_("Établir une facture proforma"), to("proforma"), "file-earmark-text"))
    if announced:
        acts.append(Act(_("Factures proforma"), reverse("invoicing:proforma_list", query=of), "folder2-open"))
    return acts


def _address(document: Quote | Invoice, kind: str) -> Callable[[str], str]:
    return lambda name: reverse(f"invoicing:{kind}_{name}", args=[document.pk])
