"""The page of a delivery note or a proforma, without account: read, sign the reception, download (INV-26)."""

from __future__ import annotations

import functools
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from cae.core.answers import file_saved
from cae.core.documents import read_document
from cae.core.errors import Refused
from cae.core.middleware import status_of
from cae.core.permissions import public
from cae.core.signing import evidence_of
from invoicing.documents import invoice_page
from invoicing.engines.model import EInvoice
from invoicing.forms.deliveries import ReceiveForm
from invoicing.models import DeliveryNote, PieceSending, Proforma
from invoicing.selectors.deliveries import paper_of
from invoicing.selectors.pieces import closed_piece, open_piece
from invoicing.services.delivery_signing import sign_online
from invoicing.services.piece_letters import title_of_piece
from invoicing.services.piece_sending import note_piece_seen
from invoicing.states.pieces import DeliveryState
from invoicing.views.letterhead import CLOSED, View, flooded, is_within, letterhead, sealed
from invoicing.views.public import is_reader
from people.devices import origin_of


def piece_page(view: View) -> Any:
    """Makes a page of /p/<token>/: open to who holds the link, in the customer's language, kept nowhere."""

    @functools.wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        try:
            if request.method == "POST" and not is_within(request, token):
                return sealed(flooded(request))
            sending = open_piece(token)
            with translation.override(sending.piece.customer.language):
                return sealed(view(request, token, sending))
        except Refused as refusal:
            if refusal.code not in CLOSED:
                raise
            return sealed(_closed(request, token, refusal))

    return public(csrf_exempt(shown))


@piece_page
def public_piece(request: HttpRequest, token: str, sending: PieceSending) -> HttpResponse:
    if is_reader(request):
        note_piece_seen(sending, at=timezone.now())
    piece = sending.piece
    if isinstance(piece, Proforma):
        page = invoice_page(EInvoice.from_json(piece.facts))
        return _draw(request, token, sending, "invoicing/public/proforma.html", page=page)
    return _draw(
        request,
        token,
        sending,
        "invoicing/public/delivery.html",
        paper=paper_of(piece),
        waits=piece.state == DeliveryState.ISSUED,
        evidence=evidence_of(piece.signature) if piece.signature else None,
    )


@piece_page
def public_piece_sign(request: HttpRequest, token: str, sending: PieceSending) -> HttpResponse:
    """The form of whoever receives, beside what they sign for."""
    note = _note_of(sending)
    if note.state != DeliveryState.ISSUED and request.method != "POST":
        return redirect("invoicing:public_piece", token)
    first = {"name": note.customer.contact_name, "shown": note.content_sha256}
    form = ReceiveForm(request.POST or None, initial=first)
    status = 422 if form.is_bound and not form.is_valid() else 200
    if form.is_bound and form.is_valid():
        try:
            sign_online(
                token,
                hand=form.hand(),
                reserves=form.cleaned_data["reserves"],
                shown_sha256=form.cleaned_data["shown"],
                origin=origin_of(request),
                at=timezone.now(),
            )
            return redirect("invoicing:public_piece", token)
        except Refused as refusal:
            if refusal.code in CLOSED:
                raise
            form.refuse(refusal)
            status = status_of(refusal)
    name = "invoicing/public/delivery_sign.html"
    return _draw(request, token, sending, name, status=status, form=form, paper=paper_of(note))


@piece_page
def public_piece_file(request: HttpRequest, token: str, sending: PieceSending) -> HttpResponse:
    """The PDF as kept; « ?signe » gives that of the signature made online."""
    piece = sending.piece
    signed = piece.signed_pdf if isinstance(piece, DeliveryNote) and "signe" in request.GET else None
    kept = signed or piece.pdf
    if kept is None:
        raise Http404
    return file_saved(read_document(kept), name=kept.name, mime=kept.mime)


def _note_of(sending: PieceSending) -> DeliveryNote:
    if sending.delivery is None:
        raise Http404
    return sending.delivery


def _draw(
    request: HttpRequest,
    token: str,
    sending: PieceSending,
    name: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    piece = sending.piece
    known = {
        "piece": piece,
        "title": title_of_piece(piece),
        "piece_url": reverse("invoicing:public_piece", args=[token]),
        "sign_url": reverse("invoicing:public_piece_sign", args=[token]),
        "file_url": reverse("invoicing:public_piece_file", args=[token]),
        # Left empty, so that the browser is given no cookie at all.
        "csrf_token": "",
        **letterhead(piece.activity),
    }
    return render(request, name, known | context, status=status)


def _closed(request: HttpRequest, token: str, refusal: Refused) -> HttpResponse:
    """Why the link opens no more, and whom to write to; an unknown one says nothing of anybody."""
    sending = closed_piece(token)
    context: dict[str, Any] = {"sentence": str(refusal), "csrf_token": "", "activity": None}
    if sending is not None:
        context |= letterhead(sending.piece.activity)
    return render(request, "invoicing/public/closed.html", context, status=status_of(refusal))
