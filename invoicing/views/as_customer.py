"""« Voir comme le client »: the customer’s page for who sees the document; nothing leaves, nothing noted."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core.errors import IllegalMove
from cae.core.permissions import can, requires
from invoicing.models import Invoice, Quote
from invoicing.states.sales import InvoiceState, QuoteState
from invoicing.views.customer_facts import LINKS, customer_facts
from invoicing.views.finding import find_invoice, find_quote
from invoicing.views.letterhead import draw_document, fate_of


@dataclass(frozen=True)
class Preview:
    """The bar above the page, in the language of who looks; the page itself speaks that of the customer."""

    language: str
    title: str
    sentence: str
    back: str
    back_url: str
    send: str
    send_url: str


@requires("invoicing.view_quotes")
def quote_as_customer(request: HttpRequest, pk: int) -> HttpResponse:
    quote = find_quote(request, pk)
    if quote.state == QuoteState.DISCARDED:
        raise IllegalMove(_("Ce brouillon est abandonné : aucun client ne le verra."))
    sends = quote.state == QuoteState.APPROVED and can(request.user, "invoicing.send_quote", quote)
    return _shown(request, quote, "quote", sent=quote.state not in _UNSENT, sends=sends)


@requires("invoicing.view_invoices")
def invoice_as_customer(request: HttpRequest, pk: int) -> HttpResponse:
    invoice = find_invoice(request, pk)
    if invoice.state == InvoiceState.DISCARDED:
        raise IllegalMove(_("Ce brouillon est abandonné : aucun client ne le verra."))
    sent = invoice.sendings.exists()
    sends = invoice.is_issued and not sent and can(request.user, "invoicing.send_invoice", invoice)
    return _shown(request, invoice, "invoice", sent=sent, sends=sends)


_UNSENT = (QuoteState.DRAFT, QuoteState.SUBMITTED, QuoteState.APPROVED)


def _shown(
    request: HttpRequest, document: Quote | Invoice, kind: str, *, sent: bool, sends: bool
) -> HttpResponse:
    preview = Preview(
        language=translation.get_language() or "",
        title=_("Voici la page de %(customer)s") % {"customer": document.customer.name},
        sentence=_("Rien n’est noté, et ses boutons ne répondent pas ici.")
        if sent
        else _("Telle qu’elle sera après l’envoi. Rien n’est noté, et ses boutons ne répondent pas ici."),
        back=_("Revenir au document"),
        back_url=document.get_absolute_url(),
        send=_("Envoyer au client"),
        send_url=reverse(f"invoicing:{kind}_send", args=[document.pk]) if sends else "",
    )
    with translation.override(document.customer.language):
        if isinstance(document, Quote) and (fate := fate_of(document)):
            closed = {"sentence": fate, "preview": preview}
            return draw_document(request, document, "invoicing/public/closed.html", closed)
        context = customer_facts(document, on=timezone.localdate()) | {
            "links": _files(document),
            "preview": preview,
        }
        return draw_document(request, document, "invoicing/public/document.html", context)


def _files(document: Quote | Invoice) -> dict[str, str]:
    """The files open as they do in the house; what the customer would do has no address here."""
    kept = {"file": document.pdf_id}
    if isinstance(document, Quote):
        kept["signed"] = document.signed_pdf_id
    files = {name: reverse("core:document", args=[pk]) for name, pk in kept.items() if pk}
    return dict.fromkeys(LINKS, "") | files
