"""Sends delivery notes and proforma invoices: a link for each reader, by mail or copied (INV-26)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import IllegalMove
from cae.core.links import create_link, live_links_of, withdraw_link
from invoicing.emails import Letter
from invoicing.models import DeliveryNote, PieceSending, Proforma
from invoicing.selectors.pieces import PIECE_LINK, Piece, piece_has_left
from invoicing.services.piece_letters import piece_address, queue_piece_email
from invoicing.services.sending import checked_addresses, checked_letter
from invoicing.states.pieces import STANDING

# A note is signed late, its proof is read later still.
LINK_LASTS = timedelta(days=365)


def send_piece(
    piece: Piece, *, to: Sequence[str], letter: Letter, form_key: UUID, actor: Any, at: datetime
) -> Piece:
    """Does: sends a delivery note or a proforma to these addresses, each with its own link; the same form
    sent twice sends once. Refuses: a note not issued or cancelled, a proforma replaced, a wrong address, an
    empty text. Leaves behind: links, sendings, mails that wait; audit."""
    with transaction.atomic():
        row = _locked(piece)
        if piece_has_left(form_key):
            return row
        _require_standing(row)
        checked_letter(letter)
        for address in checked_addresses(to):
            sending, token = _new_sending(row, actor=actor, at=at)
            sending.to, sending.form_key = address, form_key
            sending.email = queue_piece_email(
                row,
                letter,
                to=address,
                token=token,
                on=timezone.localdate(at),
                actor=actor,
                attachments=[row.pdf.pk] if row.pdf else (),
            )
            sending.save()
        audit.record(actor, "invoicing.send_piece", row)
        return row


def copy_piece_link(piece: Piece, *, actor: Any, at: datetime) -> str:
    """Does: makes a link without any mail, to be handed over in another way. Refuses: what `send_piece`
    refuses of the piece. Leaves behind: the sending, audit. Gives the address, which can't be read again."""
    with transaction.atomic():
        row = _locked(piece)
        _require_standing(row)
        sending, token = _new_sending(row, actor=actor, at=at)
        sending.save()
        audit.record(actor, "invoicing.copy_piece_link", row)
        return piece_address(token)


def close_links(piece: Piece, *, actor: Any, at: datetime) -> None:
    """Does: closes every link of a piece that stands no more. Refuses: nothing. Leaves behind: the instants,
    audit."""
    for link in live_links_of(piece, PIECE_LINK).order_by("pk"):
        withdraw_link(link, actor=actor, at=at)


def note_piece_seen(sending: PieceSending, *, at: datetime) -> None:
    """Does: keeps when the page was first opened. Refuses: nothing. Leaves behind: the instant."""
    PieceSending.objects.filter(pk=sending.pk, seen_at__isnull=True).update(seen_at=at)


def _locked(piece: Piece) -> Piece:
    rows = type(piece)._base_manager.select_for_update(of=("self",))
    row: Piece = rows.select_related("activity", "customer", "pdf").get(pk=piece.pk)
    return row


def _require_standing(piece: Piece) -> None:
    if isinstance(piece, DeliveryNote):
        if piece.state not in STANDING:
            raise IllegalMove(_("Un bon de livraison s’envoie une fois émis, tant qu’il n’est pas annulé."))
    elif Proforma.objects.filter(replaces=piece).exists():
        raise IllegalMove(_("Cette proforma est remplacée : envoyez la dernière."))


def _new_sending(piece: Piece, *, actor: Any, at: datetime) -> tuple[PieceSending, str]:
    """A row not yet saved, its link made."""
    link, token = create_link(piece, purpose=PIECE_LINK, ends_at=at + LINK_LASTS, actor=actor)
    of = {"delivery": piece} if isinstance(piece, DeliveryNote) else {"proforma": piece}
    return PieceSending(**of, link=link, sent_at=at, sent_by=actor), token
