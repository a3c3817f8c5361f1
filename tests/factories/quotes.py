"""Quotes in every state, each brought there by the services."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Customer, Quote
from invoicing.services.approving import approve_quote, withdraw_quote
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.quoting import create_quote_draft, discard_quote, revise_quote
from invoicing.services.submitting import submit_quote
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, firm, line
from tests.factories.kernel import make_cooperative


def quote(
    owner: Activity | None = None, *lines: LineContent, customer: Customer | None = None, **details: Any
) -> Quote:
    """A draft."""
    make_cooperative()
    owner = owner or make_activity()
    customer = customer or owner.customers.first() or firm(owner)
    content = DraftContent(customer=customer, lines=lines or (line(),), **details)
    return create_quote_draft(owner, content=content, form_key=uuid.uuid4(), actor=None)


def submitted(owner: Activity | None = None, *lines: LineContent, on: date = DAY, **details: Any) -> Quote:
    return submit_quote(quote(owner, *lines, **details), actor=None, on=on)


def approved(owner: Activity | None = None, *lines: LineContent, on: date = DAY, **details: Any) -> Quote:
    return approve_quote(quote(owner, *lines, **details), actor=None, on=on)


def revision(of: Quote) -> Quote:
    """The draft of the next version."""
    return revise_quote(of, form_key=uuid.uuid4(), actor=None)


def replaced(owner: Activity | None = None, *, on: date = DAY) -> Quote:
    """The first version of a quote whose second is approved."""
    first = approved(owner, on=on)
    approve_quote(revision(first), actor=None, on=on)
    first.refresh_from_db()
    return first


def withdrawn(owner: Activity | None = None, *, on: date = DAY) -> Quote:
    return withdraw_quote(approved(owner, on=on), actor=None)


def discarded(owner: Activity | None = None) -> Quote:
    return discard_quote(quote(owner), actor=None)


def moved(document: Quote, state: str, **details: Any) -> Quote:
    """A quote that its customer has (« sent »), or answered: what the answering services leave behind."""
    Quote.objects.filter(pk=document.pk).update(state=state, state_since=timezone.now(), **details)
    document.refresh_from_db()
    return document
