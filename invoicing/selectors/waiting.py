"""Who has the ball, and since when: one sentence for lists, pages and the queue (interface.md, rule 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.elision import elided
from cae.core.templatetags.formats import day
from cae.core.templatetags.formats import since as spoken_since
from invoicing.models import Invoice, Quote
from invoicing.states.sales import InvoiceState, QuoteState


@dataclass(frozen=True)
class Wait:
    """What a document waits for; `since` is the day when it began to."""

    sentence: str
    since: date

    def __str__(self) -> str:
        return _("%(what)s depuis le %(day)s (%(ago)s)") % {
            "what": self.sentence,
            "day": day(self.since),
            "ago": spoken_since(self.since),
        }


def short_name(user: Any) -> str:
    """« Claire L. »: enough for a colleague."""
    first, _space, last = user.get_full_name().partition(" ")
    return f"{first} {last[:1]}." if last else first


def waits_for(document: Quote | Invoice, *, today: date, invoiced: bool = False) -> Wait | None:
    """What the document waits for, or None when nobody has anything to do.

    Reads `checker__person`, `customer`, `activity` and, for an issued invoice, `due` (invoices_visible): take
    them with the row. `invoiced`: an accepted quote already has its invoice."""
    since = timezone.localdate(document.state_since)
    if document.state in (QuoteState.DRAFT, QuoteState.SUBMITTED):
        return _before_the_customer(document, since)
    if isinstance(document, Quote):
        return _quote(document, since, today, invoiced)
    if document.state == InvoiceState.ISSUED and getattr(document, "due", None):
        what = elided(_("Attend le paiement de %(customer)s"), {"customer": document.customer.name})
        return Wait(what, document.issued_on or since)
    return None


def _before_the_customer(document: Quote | Invoice, since: date) -> Wait:
    if not document.is_draft:
        if document.checker is None:
            return Wait(_("Attend la relecture de l’équipe"), since)
        checker = {"name": short_name(document.checker)}
        return Wait(elided(_("Attend la relecture de %(name)s"), checker), since)
    author = {"activity": document.activity.name}
    if document.correction:
        return Wait(elided(_("Attend les corrections de %(activity)s"), author), since)
    return Wait(elided(_("Brouillon de %(activity)s, à terminer"), author), since)


def _quote(quote: Quote, since: date, today: date, invoiced: bool) -> Wait | None:
    facts = {"customer": quote.customer.name, "activity": quote.activity.name}
    if quote.state == QuoteState.APPROVED:
        return Wait(_("Attend d’être envoyé par %(activity)s") % facts, since)
    if quote.state == QuoteState.SENT and quote.valid_until is not None and quote.valid_until < today:
        return Wait(elided(_("Expiré sans réponse de %(customer)s"), facts), quote.valid_until)
    if quote.state == QuoteState.SENT:
        return Wait(elided(_("Attend la réponse de %(customer)s"), facts), since)
    if quote.state == QuoteState.ACCEPTED and not invoiced:
        return Wait(_("Attend d’être facturé par %(activity)s") % facts, since)
    return None


def age_in_words(at: datetime) -> str:
    """How long a document has waited: « 12 min », « 3 h », « 2 j »."""
    minutes = int((timezone.now() - at).total_seconds() // 60)
    if minutes < 60:
        return _("%(count)d min") % {"count": max(minutes, 0)}
    if minutes < 60 * 24:
        return _("%(count)d h") % {"count": minutes // 60}
    return _("%(count)d j") % {"count": minutes // (60 * 24)}
