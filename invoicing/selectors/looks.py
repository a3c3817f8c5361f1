"""How the documents of an activity look today, and what a numbered one looked like on its day (INV-29)."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from hashlib import sha256

from cae.core.documents import read_document
from cae.core.errors import Refused
from cae.core.models import Document
from cae.core.questions import Given, Question
from entrepreneurs.models import Activity
from invoicing.engines.model import Look
from invoicing.models import DocumentLook, SaleTerms


def look_row(activity: Activity) -> DocumentLook:
    """The look of an activity; without a row, that of the house, unsaved."""
    return _ROW.first(activity=activity.pk) or DocumentLook(activity=activity)


_ROW = Question(lambda: DocumentLook.objects.filter(activity=Given("activity")).select_related("logo"))


def look_of(row: DocumentLook) -> Look:
    """The look as a document keeps it: files and long texts by their hash."""
    terms = row.terms_of_sale.strip()
    return Look(
        colour=row.colour,
        layout=row.layout,
        header=row.header,
        footer=row.footer,
        logo_id=row.logo.pk if row.logo else None,
        logo_sha256=row.logo.sha256 if row.logo else "",
        terms_sha256=terms_hash(terms),
    )


def terms_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest() if text else ""


def terms_text(look: Look) -> str:
    """The terms of sale that a document names."""
    if not look.terms_sha256:
        return ""
    found = SaleTerms.objects.filter(sha256=look.terms_sha256).first()
    return found.text if found else ""


def logo_address(look: Look) -> str:
    """The logo that a document names, as an address that asks for no other file; nothing without one."""
    return picture_addresses([(look.logo_id, look.logo_sha256)]).get(look.logo_id, "")


def picture_addresses(named: Iterable[tuple[int | None, str]]) -> dict[int | None, str]:
    """The pictures that a document names, by key, as addresses that ask for no other file.

    A file that is no longer what it was is not printed: the words stand alone."""
    wanted = {key: sha256 for key, sha256 in named if key is not None}
    if not wanted:
        return {}
    found: dict[int | None, str] = {}
    for document in Document.objects.filter(pk__in=wanted):
        if document.sha256 != wanted[document.pk]:
            continue
        try:
            content = read_document(document)
        except (Refused, OSError):
            continue
        found[document.pk] = f"data:{document.mime};base64,{base64.b64encode(content).decode()}"
    return found
