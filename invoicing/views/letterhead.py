"""What surrounds every page of a customer: whose document it is, how to reach them, what nobody keeps."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cae.core.documents import read_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.limits import within_limit
from cae.core.middleware import status_of
from cae.core.permissions import public
from entrepreneurs.models import Activity
from invoicing.models import DocumentLook, Invoice, Quote, Sending
from invoicing.selectors.sendings import closed_sending, document_of, open_sending
from invoicing.states.sales import QuoteState
from people.devices import device_of

# A customer hesitates, mistypes, comes back; a machine does it a thousand times.
MOST_POSTS, SPAN = 30, 3600
CLOSED = (Code.LINK_EXPIRED, Code.LINK_UNKNOWN, Code.LINK_WITHDRAWN)

View = Callable[..., HttpResponse]


def customer_page(view: View) -> Any:
    """Makes a page of /d/<token>/: open to who holds the link, in the language of the customer.

    No cookie gives a right here, the address alone does: a forged request would have to know it, so the page
    needs no secret against forgery, and asks the browser to keep nothing."""

    @functools.wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            if request.method == "POST" and not is_within(request, token):
                return sealed(flooded(request))
            sending = open_sending(token)
            with translation.override(document_of(sending).customer.language):
                return sealed(view(request, token, sending))
        except Refused as refusal:
            if refusal.code not in CLOSED:
                raise
            return sealed(closed_page(request, token, refusal))

    return public(csrf_exempt(shown))


def sealed(response: HttpResponse) -> HttpResponse:
    """Neither indexed, nor kept on a shared machine, nor told to the next site."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


def draw(
    request: HttpRequest, sending: Sending, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page behind a link, under the letterhead of the activity."""
    return draw_document(request, document_of(sending), name, context, status)


def draw_document(
    request: HttpRequest, document: Quote | Invoice, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The same for a document, whoever looks at it."""
    known = {
        "document": document,
        "is_quote": isinstance(document, Quote),
        # Left empty, so that the browser is given no cookie at all.
        "csrf_token": "",
        **letterhead(document.activity),
    }
    return render(request, name, known | context, status=status)


def letterhead(activity: Activity) -> dict[str, Any]:
    """Who speaks: the activity, its logo, the cooperative behind it."""
    return {
        "activity": activity,
        "logo": logo_of(activity),
        "house": cooperative_on(timezone.localdate()),
    }


def logo_of(activity: Activity) -> str:
    """The logo as an address that asks for no other file; nothing without one."""
    look = DocumentLook.objects.filter(activity=activity).select_related("logo").first()
    if look is None or look.logo is None:
        return ""
    return f"data:{look.logo.mime};base64,{base64.b64encode(read_document(look.logo)).decode()}"


def stopped(request: HttpRequest, sending: Sending, refusal: Refused, token: str) -> HttpResponse:
    """Why an answer was not taken, and the way back to the document."""
    context = {"sentence": str(refusal), "token": token}
    return draw(request, sending, "invoicing/public/closed.html", context, status_of(refusal))


def closed_page(request: HttpRequest, token: str, refusal: Refused) -> HttpResponse:
    """Why the link opens no more, and whom to write to; an unknown one says nothing of anybody."""
    sending = closed_sending(token)
    context: dict[str, Any] = {"sentence": str(refusal), "csrf_token": "", "activity": None}
    if sending is not None:
        document = document_of(sending)
        context |= {"document": document, **letterhead(document.activity)}
        if isinstance(document, Quote):
            context["sentence"] = fate_of(document) or context["sentence"]
    return render(request, "invoicing/public/closed.html", context, status=status_of(refusal))


def fate_of(quote: Quote) -> str:
    """What became of a quote whose links open no more; nothing for the others."""
    if quote.state == QuoteState.REPLACED:
        newer = Quote.objects.filter(replaces=quote).first()
        if newer is not None and newer.approved_on is not None:
            return _(
                "Ce devis a été remplacé par la version %(revision)d, du %(day)s. Elle a son propre lien."
            ) % {"revision": newer.revision, "day": newer.approved_on.strftime("%d/%m/%Y")}
        return _("Ce devis a été remplacé par une nouvelle version, qui a son propre lien.")
    return _("Ce devis a été retiré.") if quote.state == QuoteState.WITHDRAWN else ""


def is_within(request: HttpRequest, token: str) -> bool:
    """Counted by link, and by address whatever the link."""
    link = hashlib.sha256(token.encode()).hexdigest()[:24]
    calls = (
        within_limit(f"link:{link}", most=MOST_POSTS, seconds=SPAN),
        within_limit(f"links:{device_of(request).address}", most=MOST_POSTS * 4, seconds=SPAN),
    )
    return all(calls)


def flooded(request: HttpRequest) -> HttpResponse:
    context = {
        "sentence": _(
            "Trop d’envois de suite par ce lien : rien n’a été enregistré. Recommencez dans une heure."
        ),
        "csrf_token": "",
        "activity": None,
    }
    return render(request, "invoicing/public/closed.html", context, status=429)
