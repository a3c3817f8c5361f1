"""What left for customers: behind which link, towards whom, seen or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.links import find_link, link_of
from cae.core.questions import Given, Question
from invoicing.models import Customer, Invoice, Quote, Sending
from invoicing.states.sales import QuoteState, SendingKind

QUOTE_LINK = "invoicing.quote"
INVOICE_LINK = "invoicing.invoice"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody at the customer's who may receive a document."""

    name: str
    function: str
    email: str


def recipients_of(customer: Customer) -> list[Recipient]:
    """The addresses of a customer, each once: its own, then those of its contacts."""
    found: dict[str, Recipient] = {}
    if customer.email:
        found[customer.email.lower()] = Recipient(customer.contact_name or customer.name, "", customer.email)
    for contact in customer.contacts.exclude(email=""):
        found.setdefault(contact.email.lower(), Recipient(contact.name, contact.function, contact.email))
    return list(found.values())


def open_sending(token: str, *, lock: bool = False) -> Sending:
    """Gives the sending behind a live link. Raises Refused: link_unknown, link_withdrawn, link_expired."""
    known = link_of(token)
    purpose = known.purpose if known and known.purpose in (QUOTE_LINK, INVOICE_LINK) else QUOTE_LINK
    link = find_link(token, purpose, lock=lock)
    sending = _with_document().filter(link=link).first()
    if sending is None:
        raise Refused(Code.LINK_UNKNOWN, _("Ce lien n’ouvre aucun document."))
    return sending


def closed_sending(token: str) -> Sending | None:
    """Gives the sending behind a link that opens no more, to say why and whom to write to."""
    link = link_of(token)
    return _with_document().filter(link=link).first() if link else None


def _with_document() -> QuerySet[Sending]:
    parts = ("activity__look__logo", "customer", "pdf")
    paths = [f"{name}__{part}" for name in ("quote", "invoice") for part in parts]
    return Sending.objects.select_related("link", "quote__signed_pdf", *paths)


def document_of(sending: Sending) -> Quote | Invoice:
    """The quote or the invoice that left."""
    document = sending.quote or sending.invoice
    if document is None:
        raise LookupError("a sending is about one document")
    return document


def sendings_of(document: Quote | Invoice) -> list[Sending]:
    """Every departure of a document, the latest first, with its mail and who sent it."""
    return _SENDINGS["quote" if isinstance(document, Quote) else "invoice"](document=document.pk)


_SENDINGS = {
    "quote": Question(lambda: _sendings(quote=Given("document"))),
    "invoice": Question(lambda: _sendings(invoice=Given("document"))),
}


def _sendings(**of: Given) -> QuerySet[Sending]:
    return Sending.objects.filter(**of).select_related("link", "email", "sent_by__person")


def live_addresses(document: Quote | Invoice) -> list[str]:
    """The addresses of the customer whose link still opens, each once."""
    rows = document.sendings.filter(link__withdrawn_at=None).exclude(to="").order_by("pk")
    return list(dict.fromkeys(rows.values_list("to", flat=True)))


def has_left(form_key: UUID | None) -> bool:
    """Whether this page already sent its letter."""
    return form_key is not None and Sending.objects.filter(form_key=form_key).exists()


def quotes_ending(on: date) -> QuerySet[Quote]:
    """Sent quotes without an answer whose last day is this one, or passed, and whose end nobody announced."""
    untold = Quote.objects.filter(sendings__isnull=False).exclude(sendings__end_told_at__isnull=False)
    rows = untold.filter(state=QuoteState.SENT, valid_until__lte=on)
    return rows.select_related("activity", "customer").order_by("pk").distinct()


def quotes_to_remind(on: date, last: date) -> QuerySet[Quote]:
    """Sent quotes without an answer that end between these days, whose customer nobody reminded yet."""
    mailed = Quote.objects.filter(sendings__kind=SendingKind.MAIL).exclude(
        sendings__kind=SendingKind.REMINDER
    )
    rows = mailed.filter(state=QuoteState.SENT, valid_until__gte=on, valid_until__lte=last)
    return rows.select_related("activity", "customer").order_by("pk").distinct()
