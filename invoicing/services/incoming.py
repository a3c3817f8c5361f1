"""Takes in suppliers' files: kept first, read next, opened as a purchase when all is known (INV-47)."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, refuse_programme
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.engines.incoming import Read, Unreadability, Unreadable, read_invoice
from invoicing.engines.incoming.containers import MOST_BYTES, mime_of
from invoicing.models import IncomingFile, IncomingMail, Purchase
from invoicing.selectors.incoming import activity_named
from invoicing.services.archiving import RETENTION_YEARS
from invoicing.services.purchases import open_read_purchase
from invoicing.states.incoming import INCOMING_FLOW, MAX_NOTE, MAX_TROUBLE, FileSource, FileState

FILE_KIND, INNER_KIND = "invoicing.incoming_file", "invoicing.incoming_inner_file"
JUDGE_TASK = "invoicing.judge_incoming_file"
_MEGABYTE = 1024 * 1024
MAX_SENDER = 254


def take_in(
    content: bytes,
    *,
    name: str,
    source: str,
    activity: Activity | None,
    actor: Any,
    received_at: datetime,
    sender: str = "",
    mail: IncomingMail | None = None,
    form_key: uuid.UUID | None = None,
    position: int = 0,
    reads: bool = True,
) -> IncomingFile:
    """Does: keeps a supplier's file as it came, then reads it unless the caller does so later. The bytes of a
    file already there are kept too, set aside with the name of the first; the same form sent twice gives the
    first one. Refuses: an empty file, a programme, more than 20 MB. Leaves behind: the file with its hash,
    its purchase when everything is known, audit."""
    require_file(content)
    seal, key = hashlib.sha256(content).hexdigest(), form_key or uuid.uuid4()
    with transaction.atomic():
        # The second of two same files waits for the first, and finds it.
        take_turn(f"invoicing.incoming.{seal}")
        known = IncomingFile.objects.filter(form_key=key, position=position).first()
        if known is not None:
            return known
        first = IncomingFile.objects.filter(sha256=seal, same_as=None).first()
        file = IncomingFile(
            name=plain_name(name, otherwise=_("fichier")),
            sha256=seal,
            source=FileSource(source),
            received_at=received_at,
            sender=sender[:MAX_SENDER],
            mail=mail,
            activity=activity,
            same_as=first,
            state=FileState.SET_ASIDE if first else FileState.TO_SORT,
            form_key=key,
            position=position,
            created_by=actor,
        )
        file.document = store_document(
            content,
            kind=FILE_KIND,
            name=file.name,
            mime=mime_of(content),
            about=activity or cooperative_on(timezone.localdate(received_at)),
            actor=actor,
            retention_until=_kept_until(received_at),
        )
        file.save()
        audit.record(actor, "invoicing.take_in_file", file, detail={"seal": seal, "source": file.source})
    return read_file(file, actor=actor, on=timezone.localdate(received_at)) if reads else file


def read_file(file: IncomingFile, *, actor: Any, on: date) -> IncomingFile:
    """Does: reads a file that waits, names its activity, opens its purchase. Refuses: nothing; what can't be
    read is noted so, what can't be opened stays in the tray with the reason. Leaves behind: the reading, the
    files that it carried, the purchase; the rules are judged by a job."""
    if file.state != FileState.TO_SORT:
        return file
    try:
        read = read_invoice(read_document(file.document), file.name)
    except Unreadable as fault:
        return give_up_file(file, fault=fault, actor=actor)
    with transaction.atomic():
        row = IncomingFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if row.state != FileState.TO_SORT:
            return row
        if row.reading is None:
            row.reading, row.activity = read.to_json(), row.activity or activity_named(read.invoice)
            row.save(update_fields=["reading", "activity"])
            _keep_inner_files(row, read, actor)
            run_later(JUDGE_TASK, file_id=row.pk)
    return open_if_known(row, actor=actor, on=on)


def open_if_known(file: IncomingFile, *, actor: Any, on: date) -> IncomingFile:
    """Does: opens the purchase of a file that was read and whose activity is known. Refuses: nothing; the
    sentence that forbids it stays on the file. Leaves behind: the purchase, or that sentence."""
    if file.state != FileState.TO_SORT or file.reading is None or file.activity is None:
        return file
    try:
        return open_file(file, actor=actor, on=on)
    except Refused as refusal:
        # What it says is not what is kept: the transaction of the purchase is undone, the file is not.
        trouble = str(refusal)[:MAX_TROUBLE]
        IncomingFile.objects.filter(pk=file.pk, state=FileState.TO_SORT).update(trouble=trouble)
        file.trouble = trouble
        return file


@performs(INCOMING_FLOW, "open")
def open_file(row: IncomingFile, *, actor: Any, on: date) -> None:
    """Does: opens the purchase that a file says, for its activity or, without one, as a cost of several.
    Refuses: a file that was not read; what a purchase refuses (already there, nothing to pay…). Leaves
    behind: the purchase, the file « achat ouvert »."""
    read = row.read
    if read is None:
        raise Refused(Code.EMPTY_DOCUMENT, _("Ce fichier n’a pas été lu : saisissez l’achat."))
    open_read_purchase(row, read, activity=row.activity, actor=actor, on=on)
    row.trouble = ""


@performs(INCOMING_FLOW, "give_up")
def give_up_file(row: IncomingFile, *, fault: Unreadable, actor: Any) -> None:
    """Does: notes why a file can't be read. Refuses: nothing. Leaves behind: the file, « à saisir »."""
    row.reading, row.reason, row.detail = None, Unreadability(fault.reason).value, fault.detail


@performs(INCOMING_FLOW, "attach")
def attach_file(row: IncomingFile, *, purchase: Purchase, actor: Any) -> None:
    """Does: says that a purchase typed by hand is what this file asks for; the purchase keeps the file.
    Refuses: a purchase that has a file already. Leaves behind: the purchase with its file."""
    bought = Purchase.objects.select_for_update(of=("self",)).get(pk=purchase.pk)
    if bought.document_id not in (None, row.document_id):
        raise Refused(Code.ALREADY_DONE, _("Cet achat a déjà son fichier."))
    bought.document = row.document
    bought.save(update_fields=["document"])
    row.activity = row.activity or bought.activity
    row.trouble = ""


@performs(INCOMING_FLOW, "set_aside")
def set_file_aside(row: IncomingFile, *, note: str, actor: Any) -> None:
    """Does: takes a file out of those to sort (an advertisement, an order…); it is kept. Refuses: no reason.
    Leaves behind: the reason."""
    if not note.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce fichier est mis de côté."), field="note")
    row.note = note.strip()[:MAX_NOTE]


@performs(INCOMING_FLOW, "bring_back")
def bring_file_back(row: IncomingFile, *, actor: Any) -> None:
    """Does: puts a file that was set aside among those to sort. Refuses: the copy of another file. Leaves
    behind: the file to sort, to be read anew."""
    if row.same_as_id is not None:
        raise Refused(Code.DUPLICATE, _("Ce fichier est la copie d’un autre : c’est le premier qui compte."))
    row.note = row.reason = row.detail = row.trouble = ""


def assign_file(file: IncomingFile, *, activity: Activity, actor: Any, on: date) -> IncomingFile:
    """Does: says which activity a file is for, and opens its purchase; a file whose reading was interrupted
    is read first. Refuses: a file that waits no more. Leaves behind: the activity, the purchase or why it
    could not be opened, audit."""
    with transaction.atomic():
        row = IncomingFile.objects.select_for_update(of=("self",)).get(pk=file.pk)
        if not row.waits:
            raise Refused(Code.ALREADY_DONE, _("Ce fichier n’attend plus : il a été traité entre-temps."))
        row.activity = activity
        row.save(update_fields=["activity"])
        audit.record(actor, "invoicing.assign_incoming_file", row, detail={"activity": str(activity)})
    take_up = read_file if row.reading is None else open_if_known
    return take_up(row, actor=actor, on=on)


def require_file(content: bytes) -> None:
    """Refuses what is no file at all: nothing in it, a programme, above 20 MB."""
    if not content.strip():
        raise Refused(Code.FILE_REFUSED, _("Ce fichier est vide."), field="files")
    refuse_programme(content, field="files")
    if len(content) > MOST_BYTES:
        sentence = _("Ce fichier dépasse %(most)d Mo : réduisez-le avant de le déposer.")
        raise Refused(Code.FILE_REFUSED, sentence % {"most": MOST_BYTES // _MEGABYTE}, field="files")


def _keep_inner_files(row: IncomingFile, read: Read, actor: Any) -> None:
    for number, inner in enumerate(read.attachments, 1):
        store_document(
            inner.content,
            kind=INNER_KIND,
            name=plain_name(inner.name, otherwise=f"piece-{number}"),
            mime=inner.mime,
            about=row,
            actor=actor,
            retention_until=_kept_until(row.received_at),
        )


def _kept_until(received_at: datetime) -> date:
    """Pieces of the books are kept ten years from the end of their year (C. com. L123-22)."""
    return date(timezone.localdate(received_at).year + RETENTION_YEARS, 12, 31)
