"""Documents handed to the team, and their place in the queue of those who check."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.services.submitting import submit_invoice, submit_quote
from tests.factories import invoicing as make
from tests.factories import quotes
from tests.invoicing.pages import url


def handed_quote(owner: Activity, *lines: Any, siren: str = make.SIRENS[0], **details: Any) -> Quote:
    """Submitted, for a firm with an address to write to."""
    customer = owner.customers.filter(siren=siren).first()
    customer = customer or make.firm(owner, siren=siren, email="client@exemple.fr")
    quote = quotes.quote(owner, *lines, customer=customer, **details)
    return submit_quote(quote, actor=None, on=timezone.localdate())


def handed_invoice(owner: Activity, *lines: Any, **details: Any) -> Invoice:
    return submit_invoice(make.draft(owner, *lines, **details), actor=None, on=timezone.localdate())


def place(document: Quote | Invoice, **query: Any) -> str:
    return url("queue_document", "devis" if isinstance(document, Quote) else "factures", document.pk, **query)
