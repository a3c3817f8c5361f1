"""Quotes that several activities make together, each brought there by the services."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Quote, QuoteShare
from invoicing.services.answering import Reply, accept_quote
from invoicing.services.approving import approve_quote
from invoicing.services.inputs import LineContent
from invoicing.services.sharing import SharesContent, agree_share, ask_agreements, share_quote
from invoicing.states.joint import Sharing
from tests.factories import invoicing_parts as parts
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import DAY, line


def shared(
    quote: Quote,
    rates: Mapping[Activity, str],
    *,
    bearers: Mapping[int, Activity] | None = None,
    actor: Any = None,
) -> Quote:
    """`bearers`: by rank of the line."""
    places = dict(quote.lines.values_list("position", "pk"))
    content = SharesContent(
        Sharing.WHOLE if bearers is None else Sharing.LINES,
        {activity.pk: Decimal(rate) for activity, rate in rates.items()},
        {places[place]: activity.pk for place, activity in (bearers or {}).items()},
    )
    return share_quote(quote, content=content, version=quote.version, actor=actor, at=timezone.now(), on=DAY)


def joint(
    *lines: LineContent,
    leading: Activity | None = None,
    other: Activity | None = None,
    rates: tuple[str, str] = ("0.6", "0.4"),
    bearers: Mapping[int, int] | None = None,
    **said: Any,
) -> Quote:
    """A draft of two activities; `bearers`: 0 for the one that leads, 1 for the other, by rank of line."""
    both = (leading or make_activity(name="Atelier qui mène"), other or make_activity(name="Atelier associé"))
    named = None if bearers is None else {place: both[which] for place, which in bearers.items()}
    return shared(quotes.quote(both[0], *lines, **said), dict(zip(both, rates, strict=True)), bearers=named)


def asked(*lines: LineContent, **said: Any) -> Quote:
    quote = joint(*lines, **said)
    ask_agreements(quote, actor=None, at=timezone.now())
    return quote


def agreed(*lines: LineContent, **said: Any) -> Quote:
    quote = asked(*lines, **said)
    for share in QuoteShare.objects.filter(quote=quote, agreed_at=None):
        agree_share(share, version=quote.version, actor=None, at=timezone.now())
    return quote


def accepted(*lines: LineContent, on: date = DAY, take: tuple[int, ...] = (), **said: Any) -> Quote:
    """Its customer said yes; `take`: the ranks of the options taken."""
    quote = approve_quote(agreed(*lines, **said), actor=None, on=on)
    options = tuple(quote.lines.filter(position__in=take).values_list("pk", flat=True))
    reply = Reply("Jeanne Durand")
    return accept_quote(quote, reply=reply, options=options, actor=None, at=timezone.now(), on=on)


def shared_by(leading: Activity) -> dict[str, Any]:
    """What the walk visits: a draft shared line by line that waits for an agreement, a quote accepted whose
    deposit is issued."""
    today = timezone.localdate()
    said: dict[str, Any] = {"leading": leading, "customer": leading.customers.first()}
    draft = asked(line("400.00"), line("200.00"), bearers={1: 0}, **said)
    quote = accepted(line("900.00"), on=today, **said)
    deposit = parts.issue(parts.deposit(quote), on=today)
    return {"joint_draft": draft, "joint_quote": quote, "joint_invoice": deposit}
