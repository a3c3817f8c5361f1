"""On the seller’s side: a delivery note or a proforma leaves by mail, or by a link to copy (INV-26)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.acting import act_page
from invoicing.forms.sending import LetterForm
from invoicing.selectors.pieces import Piece
from invoicing.selectors.sendings import recipients_of
from invoicing.services.piece_letters import letter_of_piece, title_of_piece
from invoicing.services.piece_sending import copy_piece_link, send_piece


def piece_send_page(request: HttpRequest, piece: Piece, *, crumbs: list[tuple[Any, str]]) -> HttpResponse:
    """Who reads it, and which words; the mail carries the PDF."""
    recipients = recipients_of(piece.customer)
    first = letter_of_piece(piece, on=timezone.localdate())
    initial = {
        "to": [one.email for one in recipients[:1]],
        "subject": first.subject,
        "body": first.body,
        "form_key": uuid4(),
    }
    form = LetterForm(request.POST or None, recipients=recipients, initial=initial)
    return act_page(
        request,
        form,
        lambda found: send_piece(
            piece,
            to=form.addresses(),
            letter=form.letter(),
            form_key=found["form_key"] or uuid4(),
            actor=request.user,
            at=timezone.now(),
        ),
        done=_("C’est envoyé."),
        title=_("Envoyer : %(name)s") % {"name": title_of_piece(piece)},
        lead=piece.customer.name,
        submit=_("Envoyer"),
        back_url=piece.get_absolute_url(),
        crumbs=crumbs,
    )


def piece_link_page(request: HttpRequest, piece: Piece) -> HttpResponse:
    """The only time that the address is shown: its secret is not kept."""
    address = copy_piece_link(piece, actor=request.user, at=timezone.now())
    context = {"document": piece, "name": title_of_piece(piece), "address": address}
    response = render(request, "invoicing/link.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
