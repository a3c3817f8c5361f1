"""Keeps files: hashed when they come in, checked when they go out, tied to the record they concern."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial
from io import SEEK_END, BufferedRandom, BytesIO
from typing import Any

from django.core.files import File
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import Document

# kind of document → the right that opens it, asked with the document as object.
RIGHT_BY_KIND: dict[str, str] = {}
# kind of document → what people call it.
LABEL_BY_KIND: dict[str, Any] = {}


def register_document_kind(kind: str, *, right: str, label: Any) -> None:
    """Says which right opens the documents of a kind, and their name; each room registers its own."""
    RIGHT_BY_KIND[kind] = right
    LABEL_BY_KIND[kind] = label


def store_document(
    content: bytes, *, kind: str, name: str, mime: str, about: models.Model, actor: Any, retention_until: date
) -> Document:
    """Does, refuses, leaves behind: as `store_file`, for what is small enough to be in memory."""
    return store_file(
        BytesIO(content),
        kind=kind,
        name=name,
        mime=mime,
        about=about,
        actor=actor,
        retention_until=retention_until,
    )


def store_file(
    content: BufferedRandom | BytesIO,
    *,
    kind: str,
    name: str,
    mime: str,
    about: models.Model,
    actor: Any,
    retention_until: date,
) -> Document:
    """Does: writes the file, read block by block from its beginning, and its row, with SHA-256 and retention
    date. Refuses: an unregistered kind (LookupError). Leaves behind: the document, audit when somebody
    brought it; a file without row only if the transaction is lost."""
    if kind not in RIGHT_BY_KIND:
        raise LookupError(f"no right opens documents of kind {kind!r}")
    size = content.seek(0, SEEK_END)
    content.seek(0)
    seal = hashlib.file_digest(content, "sha256").hexdigest()
    with transaction.atomic():
        document = Document(
            kind=kind,
            name=name,
            mime=mime,
            size=size,
            sha256=seal,
            about_label=house_words(about)[:200],
            retention_until=retention_until,
            created_by=actor,
            **audit.about(about),
        )
        document.file.save(name, File(content), save=False)
        document.save()
        if actor is not None:
            audit.record(actor, "core.document.store", document, detail={"seal": document.sha256})
        return document


def read_document(document: Document) -> bytes:
    """Gives the bytes of the file. Raises Refused(file_refused) when they are not those that were stored."""
    with document.file.open("rb") as handle:
        content: bytes = handle.read()
    _refuse_changed(document, hashlib.sha256(content).hexdigest())
    return content


def open_document(document: Document) -> File[bytes]:
    """Gives the file open at its beginning, for what is too long to be held; whoever asks closes it. Raises
    Refused(file_refused) when it is not the one that was stored, known before its first byte goes out."""
    handle: File[bytes] = document.file.storage.open(str(document.file.name), "rb")
    seal = hashlib.sha256()
    for block in handle.chunks():
        seal.update(block)
    try:
        _refuse_changed(document, seal.hexdigest())
    except Refused:
        handle.close()
        raise
    handle.seek(0)
    return handle


def _refuse_changed(document: Document, seal: str) -> None:
    if seal != document.sha256:
        raise Refused(Code.FILE_REFUSED, _("Ce fichier a été modifié depuis son dépôt : il n’est pas remis."))


def forget_document(document: Document, *, on: date) -> bool:
    """Does: deletes a file whose date has passed, and gives whether it did. Refuses: nothing; one still due,
    or that a record still needs, stays. Leaves behind: no file, once the transaction is committed."""
    if document.retention_until >= on:
        return False
    try:
        with transaction.atomic():
            document.delete()
    except ProtectedError:
        return False
    transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)), robust=True)
    return True
