"""The signature of whoever receives a delivery: by the link, or on paper, noted with its scan (INV-26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.background import run_later
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.models.signatures import MAX_NAME
from cae.core.notices import notify
from cae.core.signing import Hand, Origin, checked_hand, sign
from cae.core.uploads import plain_name, proof_mime
from cae.core.workflow import performs
from invoicing.models import DeliveryNote
from invoicing.selectors.checkers import authors_of_activity
from invoicing.selectors.pieces import open_piece
from invoicing.services.delivery_files import RETENTION_YEARS, SCAN_FILE, SIGNED_TASK
from invoicing.states.pieces import DELIVERY_FLOW, DeliveryState
from people.services.changes import one_line, refuse_long

SIGNED_FOR = "invoicing.delivery_signed"
SIGNED = "invoicing.delivery_signed"
_MOST_RESERVES, _MOST_MB = 2000, 20


@dataclass(frozen=True, slots=True)
class Received:
    """Who received, when, and what they note of what is missing or damaged."""

    name: str
    on: date
    function: str = ""
    reserves: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """The hand that signs online, from where, and the hash that the page showed."""

    hand: Hand
    origin: Origin
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The paper as signed."""

    content: bytes
    name: str


@performs(DELIVERY_FLOW, "sign")
def sign_delivery(
    note: DeliveryNote,
    *,
    received: Received,
    seal: Seal | None = None,
    scan: Scan | None = None,
    actor: Any,
    at: datetime,
) -> None:
    """Does: writes that the receiver signs for the delivery; `seal` when they sign online, else the seller
    notes it, with the scan of the paper when there is one. Refuses: no name, no mark, a day before the note
    or to come, another content than shown, a file that is no PDF and no picture. Leaves behind: the
    signature or the scan; the sellers told; the signed PDF to come when signed online."""
    note.signer_name = one_line(
        received.name, "name", _("Indiquez le nom de qui a reçu la livraison."), most=MAX_NAME
    )
    refuse_long(received.function, "function", MAX_NAME)
    refuse_long(received.reserves, "reserves", _MOST_RESERVES)
    if note.issued_on is None or not note.issued_on <= received.on <= timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("Un bon se signe entre son émission et aujourd’hui."), field="on")
    note.signer_function = " ".join(received.function.split())
    note.reserves, note.signed_on = received.reserves.strip(), received.on
    if seal is None:
        note.noted_by = actor
        note.scan = _kept(note, scan, actor) if scan is not None else None
    else:
        note.signature = _sign(note, seal, at)
        run_later(SIGNED_TASK, note_id=note.pk)
    _tell(note, actor=actor)


def sign_online(
    token: str, *, hand: Hand, reserves: str, shown_sha256: str, origin: Origin, at: datetime
) -> DeliveryNote:
    """Does: signs by the link, under lock. Refuses: a link closed meanwhile, a note signed or cancelled, a
    content other than the one shown, no name, no mark. Leaves behind: what `sign_delivery` leaves."""
    with transaction.atomic():
        sending = open_piece(token)
        if sending.delivery is None:
            raise Refused(Code.ILLEGAL_MOVE, _("Ce document ne se signe pas."))
        note = DeliveryNote.objects.select_for_update(of=("self",)).get(pk=sending.delivery.pk)
        _refuse_over(note)
        open_piece(token, lock=True)
        received = Received(hand.name, timezone.localdate(at), hand.function, reserves)
        return sign_delivery(
            note, received=received, seal=Seal(hand, origin, shown_sha256), actor=None, at=at
        )


def _refuse_over(note: DeliveryNote) -> None:
    if note.state == DeliveryState.SIGNED and note.signed_on is not None:
        day = {"day": note.signed_on.strftime("%d/%m/%Y")}
        raise Refused(Code.ALREADY_DONE, _("Ce bon est déjà signé, le %(day)s.") % day)
    if note.state != DeliveryState.ISSUED:
        raise IllegalMove(_("Ce bon a été annulé : il ne se signe plus."))


def _sign(note: DeliveryNote, seal: Seal, at: datetime) -> Any:
    if seal.content_sha256 != note.content_sha256:
        raise Refused(
            Code.STALE_FORM, _("Ce bon a changé depuis votre lecture : relisez-le avant de signer.")
        )
    return sign(
        note,
        purpose=SIGNED_FOR,
        hand=checked_hand(seal.hand),
        content_sha256=note.content_sha256,
        at=at,
        origin=seal.origin,
        terms=note.reserves,
    )


def _kept(note: DeliveryNote, scan: Scan, actor: Any) -> Document:
    mime = proof_mime(scan.content, most=_MOST_MB, field="scan")
    year = note.signed_on.year if note.signed_on else timezone.localdate().year
    return store_document(
        scan.content,
        kind=SCAN_FILE,
        name=plain_name(scan.name, otherwise=_("bon signé")),
        mime=mime,
        about=note,
        actor=actor,
        retention_until=date(year + RETENTION_YEARS, 12, 31),
    )


def _tell(note: DeliveryNote, *, actor: Any) -> None:
    facts = {"number": str(note), "name": note.signer_name, "customer": note.customer.name}
    notify(
        authors_of_activity(note.activity),
        SIGNED,
        subject=lambda: _("Bon de livraison %(number)s signé par %(name)s (%(customer)s)") % facts,
        text=lambda: _("Réserves : %(words)s") % {"words": note.reserves} if note.reserves else "",
        url=note.get_absolute_url(),
        about=note,
        actor=actor,
    )
