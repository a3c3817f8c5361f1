"""Says who of the team reads a submitted document, so that two people do not read it at once (INV-16)."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from invoicing.models import Invoice, Quote

Document = TypeVar("Document", bound=Quote | Invoice)


def take_document(document: Document, *, actor: Any) -> Document:
    """Does: writes that this person reads the document. Refuses: one that waits no more, one that a colleague
    took. Leaves behind: the reader, audit; taken twice is taken once."""
    with transaction.atomic():
        row = _locked(document)
        if row.checker_id == actor.pk:
            return row
        if row.checker is not None:
            raise Refused(
                Code.ALREADY_DONE,
                _("%(name)s relit déjà ce document.") % {"name": row.checker.get_full_name()},
            )
        row.checker = actor
        row.save(update_fields=["checker"])
        audit.record(actor, "invoicing.take_document", row)
        return row


def release_document(document: Document, *, actor: Any) -> Document:
    """Does: leaves the document to the whole team again, whoever had taken it. Refuses: one that waits no
    more. Leaves behind: no reader, audit; released twice is released once."""
    with transaction.atomic():
        row = _locked(document)
        if row.checker is None:
            return row
        row.checker = None
        row.save(update_fields=["checker"])
        audit.record(actor, "invoicing.release_document", row)
        return row


def _locked(document: Document) -> Document:
    row: Any = type(document)._base_manager.select_for_update(of=("self",)).get(pk=document.pk)
    if not row.is_submitted:
        raise IllegalMove(_("Ce document n’attend plus de relecture."))
    found: Document = row
    return found
