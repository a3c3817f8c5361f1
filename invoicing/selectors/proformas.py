"""Proforma invoices: what one says, which one stands (INV-26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.engines.model import DocumentKind, EInvoice, Line, Note, NoteCode
from invoicing.models import Invoice, Proforma, Quote
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.selectors.mentions import facts_of, is_on_debits, library_of, notes_of
from invoicing.states.sales import MentionPlace


def proformas_visible(user: Any) -> QuerySet[Proforma]:
    rows = Proforma.objects.visible_to(user).select_related(
        "activity", "customer", "quote", "invoice", "replaced_by"
    )
    return rows.defer("facts", "quote__facts", "invoice__facts", "replaced_by__facts")


def standing_proforma(document: Quote | Invoice) -> Proforma | None:
    """The last one made of a document."""
    return document.proformas.filter(replaced_by=None).first()


def status_of_proforma(proforma: Proforma) -> tuple[str, str, str]:
    """Gives tone, shape and word of a proforma."""
    if replaced_by(proforma) is not None:
        return ("neutral", "✕", _("Remplacée"))
    return ("info", "●", _("En cours"))


def replaced_by(proforma: Proforma) -> Proforma | None:
    return getattr(proforma, "replaced_by", None)


def proforma_document_of(document: Quote | Invoice, *, on: date, number: str) -> EInvoice:
    """What the invoice of this document would say on this day: no due date, no account to pay to, no part of
    a former invoice; the sentence that it is none comes first."""
    said = _of_quote(document, on) if isinstance(document, Quote) else einvoice_of(document, on=on)
    with translation.override(said.language):
        warning = _(
            "Facture proforma : elle dit ce que dirait la facture, n’en tient pas lieu, et n’ouvre pas droit"
            " à déduction de la TVA."
        )
    return replace(
        said,
        kind=DocumentKind.PROFORMA,
        number=number,
        issued_on=on,
        due_on=None,
        delivered_on=None,
        payment=None,
        schedule=(),
        lines=tuple(_counted(said.lines)),
        notes=(Note(text=warning, code=NoteCode.GENERAL), *said.notes),
    )


def _of_quote(quote: Quote, on: date) -> EInvoice:
    """The content of a quote under the notices of an invoice."""
    said = quote_document_of(quote, on)
    facts = replace(
        facts_of(quote, quote.lines.select_related("vat_rate"), on_debits=is_on_debits(quote)), is_quote=False
    )
    library = library_of(cooperative_on(on), on, insurance=value_of(parameters.BUILDING_INSURANCE, on=on))
    of_quotes = {
        library.text_of(one) for one in library.mentions.values() if one.place == MentionPlace.QUOTES
    }
    with translation.override(said.language):
        notes = tuple(note for note in notes_of(quote, facts, library) if note.text not in of_quotes)
    return replace(said, notes=notes, revision=1, quote_number=str(quote))


def _counted(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines that the totals count, each group under its title whatever line opened it."""
    title, told = "", ""
    for line in lines:
        title = line.group_title or title
        if not line.optional:
            yield replace(line, choice="", group_title="" if title == told else title)
            told = title
