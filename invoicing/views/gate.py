"""The way out of a draft: its author hands it over, or numbers it alone if trusted (INV-16, PEO-24)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can
from invoicing.models import Quote
from invoicing.selectors.checks import Document
from invoicing.selectors.waiting import waits_for
from invoicing.services.telling import queue_url


@dataclass(frozen=True)
class Gate:
    """Where a draft goes next, and the word of the button that leads there."""

    url: str
    word: str
    # The person numbers the document alone.
    alone: bool


def gate_of(user: Any, document: Document) -> Gate:
    """« Vérifier et émettre » for who may, « Envoyer pour validation » otherwise."""
    if isinstance(document, Quote):
        alone = can(user, "invoicing.approve_quote", document)
        name, word = ("quote_approve", _("Vérifier et valider")) if alone else ("quote_submit", "")
    else:
        alone = can(user, "invoicing.issue_invoice", document)
        name, word = ("invoice_issue", _("Vérifier et émettre")) if alone else ("invoice_submit", "")
    url = reverse(f"invoicing:{name}", args=[document.pk])
    return Gate(url, word or _("Envoyer pour validation"), alone)


def state_of(user: Any, document: Document, *, today: date, invoiced: bool = False) -> dict[str, Any]:
    """Who has the document, what was asked (`_check_state.html`), where it goes next (`views/buttons.py`)."""
    own = can(
        user, "invoicing.edit_quote" if isinstance(document, Quote) else "invoicing.edit_invoice", document
    )
    return {
        "document": document,
        "wait": waits_for(document, today=today, invoiced=invoiced),
        "gate": gate_of(user, document) if document.is_draft and own else None,
        "may_take_back": document.is_submitted and own,
        "may_edit": own and _is_written(document),
        "edit_url": edit_url(document),
        "queue_url": queue_url(document)
        if document.is_submitted and can(user, "invoicing.check_document", document)
        else "",
    }


def edit_url(document: Document) -> str:
    """Where a draft is written; a part of a quote says only what does not come from the quote."""
    if isinstance(document, Quote):
        return reverse("invoicing:quote_edit", args=[document.pk])
    name = "part_edit" if document.is_part else "invoice_edit"
    return reverse(f"invoicing:{name}", args=[document.pk])


def _is_written(document: Document) -> bool:
    """A credit note is counted from its invoice: nobody writes it."""
    return document.is_draft and (isinstance(document, Quote) or not document.is_credit_note)
