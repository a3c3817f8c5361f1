"""Declares the papers of internal sales, their search and what waits for a buyer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import facts
from cae.core.documents import register_document_kind
from cae.core.search import provide_search
from invoicing.selectors.internal_sales import (
    AWAITED,
    CREDIT_FILE,
    INVOICE_FILE,
    QUOTE_FILE,
    find_internals,
)


def register_internal() -> None:
    """Called once, when models are ready."""
    right = "invoicing.open_internal_file"
    register_document_kind(QUOTE_FILE, right=right, label=_("Devis interne"))
    register_document_kind(INVOICE_FILE, right=right, label=_("Facture interne"))
    register_document_kind(CREDIT_FILE, right=right, label=_("Avoir interne"))
    facts.provide_awaited(AWAITED)
    provide_search(find_internals)
