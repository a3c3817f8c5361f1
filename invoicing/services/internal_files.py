"""The papers of an internal sale: the quote that the buyer agreed to, the invoice, credit notes (INV-31)."""

from __future__ import annotations

from datetime import date

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.documents import store_document
from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from invoicing.models import InternalCredit, InternalSale
from invoicing.selectors.internal_sales import (
    CREDIT_FILE,
    INVOICE_FILE,
    QUOTE_FILE,
    has_paper,
    without_paper,
)

STYLESHEET = "css/pdf/letter.css"
# A piece of the books: kept ten years from the end of its year (C. com. L123-22).
RETENTION_YEARS = 10
# How many sales a sweep looks at before it lets the next one start.
SWEEP = 50


@transaction.atomic
def archive_internal(sale_id: int) -> int:
    """Does: makes and keeps the papers of an internal sale that are not there yet; a second call finds the
    work done. Refuses: nothing. Leaves behind: the documents; gives how many were made."""
    sale = (
        InternalSale.objects.select_for_update(of=("self",))
        .select_related("seller", "buyer", "answered_by__person")
        .get(pk=sale_id)
    )
    made = 0
    if sale.is_agreed and sale.answered_on is not None and not has_paper(sale, QUOTE_FILE):
        _store(sale, kind=QUOTE_FILE, name=f"devis-interne-{sale.pk}", on=sale.answered_on, sale=sale)
        made += 1
    if sale.invoiced_on is not None and not has_paper(sale, INVOICE_FILE):
        _store(sale, kind=INVOICE_FILE, name=str(sale.number), on=sale.invoiced_on, sale=sale)
        made += 1
    for credit in sale.credits.all():
        if not has_paper(credit, CREDIT_FILE):
            _store(credit, kind=CREDIT_FILE, name=credit.number, on=credit.on, sale=sale)
            made += 1
    return made


def archive_waiting_internals() -> int:
    """Does: makes the papers that a dead worker left behind. Refuses: nothing. Leaves behind: the documents;
    gives how many were made."""
    return sum(archive_internal(pk) for pk in without_paper(SWEEP))


def internal_pdf(
    sale: InternalSale, *, on: date, credit: InternalCredit | None = None, invoice: bool = False
) -> bytes:
    """The bytes of the credit note, of the invoice, else of the quote; in French, whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _title(sale, credit, invoice=invoice),
            "sale": sale,
            "credit": credit,
            "is_invoice": invoice,
            "on": on,
            "amount": sale.amount if credit is None else credit.amount,
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/invoicing/internal.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def _title(sale: InternalSale, credit: InternalCredit | None, *, invoice: bool) -> str:
    if credit is not None:
        return _("Avoir interne %(number)s") % {"number": credit.number}
    if invoice:
        return _("Facture interne %(number)s") % {"number": sale.number}
    return _("Devis interne")


def _store(about: models.Model, *, kind: str, name: str, on: date, sale: InternalSale) -> None:
    credit = about if isinstance(about, InternalCredit) else None
    store_document(
        internal_pdf(sale, on=on, credit=credit, invoice=kind == INVOICE_FILE),
        kind=kind,
        name=f"{name}.pdf",
        mime="application/pdf",
        about=about,
        # Made by the house after the act, which the journal has.
        actor=None,
        retention_until=date(on.year + RETENTION_YEARS, 12, 31),
    )
