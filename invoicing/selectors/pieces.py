"""What left of delivery notes and proforma invoices: behind which link, towards whom, seen or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.links import find_link, link_of
from invoicing.models import DeliveryNote, PieceSending, Proforma

Piece = DeliveryNote | Proforma
PIECE_LINK = "invoicing.piece"


def open_piece(token: str, *, lock: bool = False) -> PieceSending:
    """Gives the sending behind a live link. Raises Refused: link_unknown, link_withdrawn, link_expired."""
    link = find_link(token, PIECE_LINK, lock=lock)
    sending = _with_piece().filter(link=link).first()
    if sending is None:
        raise Refused(Code.LINK_UNKNOWN, _("Ce lien n’ouvre aucun document."))
    return sending


def closed_piece(token: str) -> PieceSending | None:
    """Gives the sending behind a link that opens no more, to say whom to write to."""
    link = link_of(token)
    return _with_piece().filter(link=link).first() if link else None


def _with_piece() -> QuerySet[PieceSending]:
    parts = ("activity__look__logo", "customer", "pdf")
    paths = [f"{name}__{part}" for name in ("delivery", "proforma") for part in parts]
    return PieceSending.objects.select_related("link", "delivery__signed_pdf", *paths)


def sendings_of_piece(piece: Piece) -> QuerySet[PieceSending]:
    """Every departure of a piece, the latest first, with its mail and who sent it."""
    rows: Any = piece.sendings
    found: QuerySet[PieceSending] = rows.select_related("link", "email", "sent_by__person")
    return found


def piece_has_left(form_key: UUID | None) -> bool:
    """Whether this page already sent its letter."""
    return form_key is not None and PieceSending.objects.filter(form_key=form_key).exists()
