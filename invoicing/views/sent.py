"""What the page of a document shows of its customer: sendings, the answer, and what may be done now."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cae.core.permissions import can
from cae.core.questions import Given, Question
from invoicing.models import Answer, Invoice, Quote, QuoteLine
from invoicing.selectors.beside import SENT, may_have
from invoicing.selectors.sendings import sendings_of
from invoicing.states.sales import QUOTE_FLOW, QuoteState


def sent_quote(user: Any, quote: Quote) -> dict[str, Any]:
    """The blocks of a quote once it is approved; before that, nothing."""
    if not quote.is_frozen:
        return {"sendings": [], "answer": None}
    sendings = sendings_of(quote)
    may_send = can(user, "invoicing.send_quote", quote)
    waits = quote.state in QUOTE_FLOW.move("accept").sources and not quote.is_expired(timezone.localdate())
    sent = quote.state == QuoteState.SENT
    return {
        "sendings": sendings,
        "answer": _ANSWER.first(quote=quote.pk),
        "chosen": _chosen(quote),
        "may_send": may_send,
        "may_send_first": may_send and waits and not sent,
        "may_send_again": may_send and waits and sent,
        "may_remind": may_send and waits and sent and any(one.to for one in sendings),
    }


def sent_invoice(user: Any, invoice: Invoice) -> dict[str, Any]:
    """The blocks of an issued document; of a draft, nothing."""
    if not invoice.is_issued:
        return {"sendings": []}
    sendings = sendings_of(invoice) if may_have(invoice, SENT) else []
    may_send = can(user, "invoicing.send_invoice", invoice)
    return {
        "sendings": sendings,
        "may_send": may_send,
        "may_send_first": may_send and not sendings,
        "may_send_again": may_send and bool(sendings),
    }


_ANSWER = Question(
    lambda: Answer.objects.filter(quote=Given("quote")).select_related("noted_by__person").order_by()
)


def _chosen(quote: Quote) -> QuerySet[QuoteLine]:
    return quote.lines.filter(chosen__isnull=False).order_by("position")
