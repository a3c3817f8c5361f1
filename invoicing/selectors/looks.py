"""How the documents of an activity look today, and what a numbered one looked like on its day (INV-29)."""

from __future__ import annotations

import base64
from hashlib import sha256

from cae.core.documents import read_document
from cae.core.errors import Refused
from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.engines.model import Look
from invoicing.models import DocumentLook, SaleTerms


def look_row(activity: Activity) -> DocumentLook:
    """The look of an activity; without a row, that of the house, unsaved."""
    found = DocumentLook.objects.filter(activity=activity).select_related("logo").first()
    return found or DocumentLook(activity=activity)


def look_of(activity: Activity) -> Look:
    """The look as a document keeps it: files and long texts by their hash."""
    row = look_row(activity)
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
    """The logo that a document names, as an address that asks for no other file; nothing without one.

    A file that is no longer what it was is not printed: the name of the activity stands alone."""
    if look.logo_id is None:
        return ""
    document = Document.objects.filter(pk=look.logo_id, sha256=look.logo_sha256).first()
    if document is None:
        return ""
    try:
        content = read_document(document)
    except (Refused, OSError):
        return ""
    return f"data:{document.mime};base64,{base64.b64encode(content).decode()}"
