"""Has the content of a draft been judged today, and what was said."""

from __future__ import annotations

from datetime import date

from cae.core.questions import Given, Question
from invoicing.engines.cii import content_hash
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice, Verdict
from invoicing.selectors.einvoices import einvoice_of


def verdict_on(content: EInvoice, *, on: date) -> Verdict | None:
    """The verdict of this exact content on this day; a change of either asks for a new one."""
    return _OF_CONTENT.first(content=content_hash(content), on=on)


_OF_CONTENT = Question(lambda: Verdict.objects.filter(content_sha256=Given("content"), on=Given("on")))


def fresh_verdict(invoice: Invoice, *, on: date) -> Verdict | None:
    """The verdict that issuing on this day would use."""
    return verdict_on(einvoice_of(invoice, on=on), on=on)
