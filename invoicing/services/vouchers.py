"""Keeps the receipts that a person photographs, uploads or sends by mail, to complete later (INV-50)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from cae.core.turns import take_turn
from cae.core.uploads import plain_name
from entrepreneurs.models import Activity
from invoicing.engines.vouchers import VoucherFile, read_file, shown_picture
from invoicing.models import Voucher
from invoicing.services.archiving import RETENTION_YEARS
from invoicing.states.expenses import MAX_VOUCHER_BYTES, VoucherSource, VoucherState
from people.models import Person

VOUCHER_KIND, PREVIEW_KIND = "invoicing.voucher", "invoicing.voucher_preview"
_FAULTS = {
    "programme": lambda: _("Ce fichier est un programme, malgré son nom : il n’est pas accepté."),
    "unknown": lambda: _("Un justificatif est une photo (JPEG, PNG, WebP, HEIC) ou un PDF."),
    "broken": lambda: _("Ce fichier ne se lit pas : photographiez ou exportez le justificatif de nouveau."),
    "locked": lambda: _("Ce PDF est protégé par un mot de passe : enregistrez-le sans protection."),
    "huge": lambda: _("Cette image a trop de points : réduisez-la d’abord."),
}


def keep_voucher(
    content: bytes,
    *,
    name: str,
    person: Person,
    source: str,
    taken_at: datetime,
    form_key: UUID,
    actor: Any,
    activity: Activity | None = None,
) -> Voucher:
    """Does: keeps the file of a receipt, as it came, and the picture shown when a browser cannot draw it.
    The same file of the same person, or the same form sent twice, gives the first one (`was_known`).
    Refuses: an empty file, one above 15 MB, a programme, what is neither picture nor PDF, a file that cannot
    be read, a form that already served for somebody else. Leaves behind: the receipt to complete, its
    documents, audit."""
    seal = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        # Nobody else keeps a file of this person meanwhile: the second of two same ones finds the first.
        take_turn(f"invoicing.voucher.{person.pk}")
        known = _known(person, seal, form_key)
        if known is not None:
            return known
        _require_unused(form_key)
        found = checked_file(content)
        voucher = Voucher(
            person=person,
            activity=activity,
            source=VoucherSource(source),
            taken_at=taken_at,
            sha256=seal,
            form_key=form_key,
            created_by=actor,
        )
        _store(voucher, content, found, name, actor)
        voucher.save()
        audit.record(actor, "invoicing.keep_voucher", voucher, detail={"seal": seal})
        return voucher


def set_voucher_aside(voucher: Voucher, *, actor: Any) -> Voucher:
    """Does: takes a receipt out of those to complete (private, taken twice, useless); its file stays.
    Refuses: one that a line names. Leaves behind: the state, audit."""
    return _move(voucher, VoucherState.SET_ASIDE, actor, "invoicing.set_voucher_aside")


def take_voucher_up(voucher: Voucher, *, actor: Any) -> Voucher:
    """Does: puts a receipt that was set aside among those to complete again. Refuses: one that is not set
    aside. Leaves behind: the state, audit."""
    return _move(voucher, VoucherState.TO_COMPLETE, actor, "invoicing.take_voucher_up")


def checked_file(content: bytes) -> VoucherFile:
    """What the file is, or a refusal in one sentence."""
    if not content:
        raise Refused(Code.FILE_REFUSED, _("Ce fichier est vide."), field="file")
    if len(content) > MAX_VOUCHER_BYTES:
        sentence = _("Ce fichier dépasse %(most)d Mo : réduisez-le avant de le déposer.")
        raise Refused(
            Code.FILE_REFUSED, sentence % {"most": MAX_VOUCHER_BYTES // (1024 * 1024)}, field="file"
        )
    found = read_file(content)
    if found.fault:
        raise Refused(Code.FILE_REFUSED, _FAULTS[found.fault](), field="file")
    return found


def kept_until(on: date) -> date:
    """Pieces of the books are kept ten years from the end of their year (C. com. L123-22)."""
    return date(on.year + RETENTION_YEARS, 12, 31)


def _known(person: Person, seal: str, form_key: UUID) -> Voucher | None:
    mine = Voucher.objects.filter(person=person).select_related("document", "preview")
    found = mine.filter(form_key=form_key).first() or mine.filter(sha256=seal).first()
    if found is not None:
        found.was_known = True
    return found


def _require_unused(form_key: UUID) -> None:
    """A phone lent to a colleague may still hold the page of its owner: their receipt is not given away."""
    if Voucher.objects.filter(form_key=form_key).exists():
        raise Refused(
            Code.STALE_FORM,
            _("Cette page a déjà servi à une autre personne : ouvrez-la de nouveau pour déposer."),
            field="file",
        )


def _store(voucher: Voucher, content: bytes, found: VoucherFile, name: str, actor: Any) -> None:
    # The row cannot be named before it exists, and it does not exist without its file: the files are about
    # the person, and the receipt names them.
    until = kept_until(timezone.localdate(voucher.taken_at))
    plain = plain_name(name, otherwise=_("justificatif"))

    def stored(content: bytes, kind: str, name: str, mime: str) -> Document:
        return store_document(
            content,
            kind=kind,
            name=name,
            mime=mime,
            about=voucher.person,
            actor=actor,
            retention_until=until,
        )

    voucher.document = stored(content, VOUCHER_KIND, plain, found.mime)
    drawn = shown_picture(content, found.kind)
    if drawn is not None:
        voucher.preview = stored(drawn, PREVIEW_KIND, f"{plain}.jpg", "image/jpeg")


def _move(voucher: Voucher, state: str, actor: Any, verb: str) -> Voucher:
    with transaction.atomic():
        row = Voucher.objects.select_for_update(of=("self",)).get(pk=voucher.pk)
        if row.state == state:
            raise Refused(Code.ALREADY_DONE, _("C’est déjà fait."))
        if row.state == VoucherState.USED:
            raise Refused(
                Code.ILLEGAL_MOVE, _("Ce justificatif est dans une note de frais : retirez d’abord sa ligne.")
            )
        row.state = state
        row.save(update_fields=["state"])
        audit.record(actor, verb, row)
        return row
