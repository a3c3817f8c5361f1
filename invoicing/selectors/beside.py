"""What most documents lack, told with the document itself, so that its page asks nothing about it.

A document read for its page bears one flag for each thing; any other row bears none, and whoever wants the
thing reads it.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from invoicing.models import (
    Amendment,
    DealPiece,
    EInvoiceStatus,
    ExchangeMessage,
    Invoice,
    Quote,
    QuoteInstalment,
    Recharge,
    ReminderLine,
    ReminderPause,
    Sending,
)
from invoicing.states.sales import InvoiceState

IN_DEAL = "in_deal"
# Of an invoice.
RECHARGED, REMINDED, PAUSED = "is_recharged", "is_reminded", "is_paused"
FOLLOWED, HANDED_OVER, SENT = "is_followed", "is_handed_over", "is_sent"
# Of a quote.
AMENDED, BILLED, SCHEDULED = "is_amended", "is_billed", "is_scheduled"


def beside_invoice() -> dict[str, Exists | Q]:
    """The flags of an invoice, for the query that reads it."""
    own = {"invoice": OuterRef("pk")}
    # A credit note is in the deal of its invoice, an invoice in that of its quote.
    followed = Q(credited__isnull=False) | Exists(DealPiece.objects.filter(quote=OuterRef("quote")))
    return {
        IN_DEAL: followed | Exists(DealPiece.objects.filter(**own)),
        RECHARGED: Exists(Recharge.objects.filter(**own, undone_at=None)),
        REMINDED: Exists(ReminderLine.objects.filter(**own)),
        PAUSED: Exists(ReminderPause.objects.filter(**own, ended_at=None)),
        FOLLOWED: Exists(EInvoiceStatus.objects.filter(**own)),
        HANDED_OVER: Exists(ExchangeMessage.objects.filter(**own)),
        SENT: Exists(Sending.objects.filter(**own)),
    }


def beside_quote() -> dict[str, Exists]:
    """The flags of a quote, for the query that reads it."""
    own = {"quote": OuterRef("pk")}
    return {
        IN_DEAL: Exists(DealPiece.objects.filter(**own)),
        AMENDED: Exists(Amendment.objects.filter(work=OuterRef("pk"))),
        BILLED: Exists(Invoice.objects.filter(**own).exclude(state=InvoiceState.DISCARDED)),
        SCHEDULED: Exists(QuoteInstalment.objects.filter(**own)),
    }


def may_have(document: Quote | Invoice, flag: str) -> bool:
    """Whether the thing is worth reading: not when the document came with the answer that it has none."""
    told: Any = getattr(document, flag, True)
    return bool(told)
