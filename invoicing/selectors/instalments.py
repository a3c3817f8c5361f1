"""Instalments of accepted quotes that no invoice asks yet: on the page of their deal, in « À faire »."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from invoicing.models import Deal, Invoice, QuoteInstalment
from invoicing.models.sight import reach, within
from invoicing.states.parts import CLOSING_PARTS
from invoicing.states.sales import InvoiceKind, InvoiceState, QuoteState
from people.selectors import scopes_with_part
from people.states import SELLING_PARTS


def instalments_to_come() -> QuerySet[QuoteInstalment]:
    """Those that no invoice asks, of quotes that no invoice closed; what is credited whole gives its part
    back, as on the page of the quote."""
    given_back = Q(state=InvoiceState.ISSUED, balance__credited__gte=F("total_incl_tax"))
    alive = Invoice.objects.filter(kind=InvoiceKind.INVOICE).exclude(state=InvoiceState.DISCARDED)
    asking = alive.exclude(given_back).order_by()
    return QuoteInstalment.objects.filter(
        ~Exists(asking.filter(instalment=OuterRef("pk"))),
        ~Exists(asking.filter(quote=OuterRef("quote"), part__in=CLOSING_PARTS)),
        quote__state=QuoteState.ACCEPTED,
    )


def instalments_of(deal: Deal) -> QuerySet[QuoteInstalment]:
    """What the quotes of a deal still announce, the nearest day first, those without day last."""
    rows = instalments_to_come().filter(quote__deal_piece__deal=deal).select_related("quote")
    return rows.order_by(F("on").asc(nulls_last=True), "quote_id", "position")


def instalments_due(on: date | Given) -> QuerySet[QuoteInstalment]:
    """Those whose day has come."""
    return instalments_to_come().filter(on__lte=on)


def _of_seller(user: Any, today: date) -> dict[str, Any] | None:
    own = scopes_with_part(user, SELLING_PARTS)
    return {"on": today, **reach(own)} if own else None


def _to_invoice(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Facturer %(count)d échéance de devis", "Facturer %(count)d échéances de devis", tally.count
    )
    url = f"{reverse('invoicing:quote_list')}?instalment=due"
    yield Todo(label=label % {"count": tally.count}, url=url, since=tally.since, count=tally.count)


_DUE = Pile(
    "invoicing.instalments_due",
    lambda: (instalments_due(Given("on")).filter(within("quote__activity")), "on"),
)

AWAITED = (Awaited(_DUE, _of_seller, _to_invoice),)
