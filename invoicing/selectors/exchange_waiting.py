"""What the exchange and unread documents leave to do: « À faire » (INV-35, INV-44)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Todo
from cae.core.permissions import can
from cae.core.questions import Given, Pile, Tally
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.engines.exchange import platform_of
from invoicing.models import Invoice, Quote, Sending
from invoicing.models.sight import reach, scopes_in_sight, within
from invoicing.selectors.lifecycle import messages_in_trouble, messages_waiting, turned_down
from invoicing.states.sales import InvoiceState, QuoteState
from people.permissions import is_own


def _of_seller(user: Any, today: date) -> dict[str, Any] | None:
    return reach(scopes_in_sight(user)) if is_own.test(user) else None


def _of_runner(user: Any, today: date) -> dict[str, Any] | None:
    return {} if can(user, "invoicing.run_exchange") else None


def _of_seller_unread(user: Any, today: date) -> dict[str, Any] | None:
    before = unread_since(today) if is_own.test(user) else None
    if before is None:
        return None
    return {"before": before, "on": today, **reach(scopes_in_sight(user))}


def _listed(label: str, page: str, query: str, tally: Tally) -> Todo:
    """One line for the whole pile, which opens its list."""
    url = f"{reverse(page)}?{query}"
    return Todo(label=label % {"count": tally.count}, url=url, since=tally.since, count=tally.count)


def _came_back(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Reprendre %(count)d facture refusée ou rejetée",
        "Reprendre %(count)d factures refusées ou rejetées",
        tally.count,
    )
    yield _listed(label, "invoicing:invoice_list", "einvoice=turned_down", tally)


def _in_trouble(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Régler %(count)d échange en erreur avec la plateforme",
        "Régler %(count)d échanges en erreur avec la plateforme",
        tally.count,
    )
    yield _listed(label, "invoicing:exchange_list", "step=failed", tally)


def _of_runner_by_hand(user: Any, today: date) -> dict[str, Any] | None:
    """Without platform, whoever runs the exchange carries the files."""
    if platform_of(settings.EXCHANGE_URL).is_there:
        return None
    return _of_runner(user, today)


def _by_hand(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Déposer %(count)d fichier sur la plateforme",
        "Déposer %(count)d fichiers sur la plateforme",
        tally.count,
    )
    yield _listed(label, "invoicing:exchange_list", "step=waiting", tally)


def _unread_quotes(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Reparler de %(count)d devis que le client n’a pas ouvert",
        "Reparler de %(count)d devis que leurs clients n’ont pas ouverts",
        tally.count,
    )
    yield _listed(label, "invoicing:quote_list", "unread=1", tally)


def _unread_invoices(user: Any, today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Vérifier que %(count)d facture est bien arrivée : elle n’est pas ouverte",
        "Vérifier que %(count)d factures sont bien arrivées : elles ne sont pas ouvertes",
        tally.count,
    )
    yield _listed(label, "invoicing:invoice_list", "unread=1", tally)


def unread_quotes(before: Any, on: Any) -> QuerySet[Quote]:
    """Sent by mail, still open to an answer, never opened; the last mail left before that instant."""
    rows = Quote.objects.filter(state=QuoteState.SENT, valid_until__gte=on)
    return rows.filter(*_unread("quote", before))


def unread_invoices(before: Any) -> QuerySet[Invoice]:
    """The same of invoices still owed."""
    rows = Invoice.objects.filter(state=InvoiceState.ISSUED, balance__due__gt=0)
    return rows.filter(*_unread("invoice", before))


def unread_since(on: date) -> datetime | None:
    """The instant before which a mail not opened is worth a word; nothing when the cooperative said never."""
    days = value_of(parameters.UNREAD_DAYS, on=on)
    return timezone.now() - timedelta(days=days) if days else None


def _unread(kind: str, before: Any) -> tuple[Any, ...]:
    left = Sending.objects.filter(**{kind: OuterRef("pk")}).order_by()
    heard = left.filter(Q(first_seen_at__isnull=False) | Q(sent_at__gt=before))
    return Exists(left.filter(email__isnull=False)), ~Exists(heard)


def _quotes() -> QuerySet[Quote]:
    return unread_quotes(Given("before", DateTimeField()), Given("on")).filter(within())


def _invoices() -> QuerySet[Invoice]:
    return unread_invoices(Given("before", DateTimeField())).filter(within())


AWAITED = (
    Awaited(Pile("invoicing.came_back", lambda: (turned_down(), "at")), _of_seller, _came_back),
    Awaited(
        Pile("invoicing.exchange_trouble", lambda: (messages_in_trouble(), "created_at")),
        _of_runner,
        _in_trouble,
    ),
    Awaited(
        Pile("invoicing.exchange_by_hand", lambda: (messages_waiting(), "created_at")),
        _of_runner_by_hand,
        _by_hand,
    ),
    Awaited(
        Pile("invoicing.unread_quotes", lambda: (_quotes(), "state_since")),
        _of_seller_unread,
        _unread_quotes,
    ),
    Awaited(
        Pile("invoicing.unread_invoices", lambda: (_invoices(), "issued_on")),
        _of_seller_unread,
        _unread_invoices,
    ),
)
