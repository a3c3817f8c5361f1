"""Quotes invoiced in parts, each document made and issued by the services."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Invoice, Quote
from invoicing.services.answering import Reply, accept_quote
from invoicing.services.inputs import LineContent, ScheduleContent
from invoicing.services.parting import (
    Ask,
    prepare_balance,
    prepare_deposit,
    prepare_interim,
    prepare_progress,
)
from invoicing.states.parts import Billing
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories.invoicing import DAY

NOBODY: dict[str, Any] = {"actor": None}


def accepted(
    owner: Activity | None = None,
    *lines: LineContent,
    on: date = DAY,
    take: tuple[int, ...] = (),
    **said: Any,
) -> Quote:
    """A quote whose customer said yes; `take`: the ranks of the options taken."""
    quote = quotes.approved(owner, *lines, on=on, **said)
    options = tuple(quote.lines.filter(position__in=take).values_list("pk", flat=True))
    return accept_quote(
        quote, reply=Reply("Jeanne Durand"), options=options, actor=None, at=timezone.now(), on=on
    )


def key() -> uuid.UUID:
    return uuid.uuid4()


def deposit(quote: Quote, rate: str | None = "0.3", **ask: Any) -> Invoice:
    asked = Ask(**ask) if ask else Ask(rate=Decimal(str(rate)))
    return prepare_deposit(quote, ask=asked, form_key=key(), actor=None)


def interim(quote: Quote, **ask: Any) -> Invoice:
    return prepare_interim(quote, ask=Ask(**ask), form_key=key(), actor=None)


def situation(quote: Quote, shares: Mapping[int, str] | str, **said: Any) -> Invoice:
    """`shares`: by rank of the line, or one for all of them."""
    lines = list(quote.lines.order_by("position"))
    if isinstance(shares, str):
        shares = {line.position: shares for line in lines}
    reached = {line.pk: Decimal(shares[line.position]) for line in lines if line.position in shares}
    return prepare_progress(quote, reached=reached, form_key=key(), actor=None, **said)


def balance(quote: Quote, **said: Any) -> Invoice:
    return prepare_balance(quote, form_key=key(), actor=None, **said)


def issue(document: Invoice, *, on: date = DAY) -> Invoice:
    return sales.issue(document, on=on)


def worked(owner: Activity) -> dict[str, Any]:
    """What the walk visits: a work with a situation of which something is held, a quote whose deposit is
    being prepared, and one that may be added to either."""
    today = timezone.localdate()
    buyer = owner.customers.first()
    said: dict[str, Any] = {"customer": buyer, "on": today, "schedule": ScheduleContent(Billing.PROGRESS)}
    work = accepted(owner, sales.line("1000.00"), **said)
    first = issue(situation(work, "0.5"), on=today)
    by_parts = accepted(owner, sales.line("600.00"), customer=buyer, on=today)
    accepted(owner, sales.line("200.00"), customer=buyer, on=today)
    return {"work": work, "situation": first, "by_parts": by_parts, "part_draft": deposit(by_parts)}
