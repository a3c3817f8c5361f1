"""The deposit slip on paper: drawn once it was taken to the bank, kept as long as the books (ACC-38)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounting.models import DepositSlip
from accounting.selectors.deposits import items_of
from cae.core.documents import store_document
from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.pdf import Variant, render_pdf

SLIP_FILE = "accounting.deposit_slip"
STYLESHEET = "css/pdf/statement.css"
TEMPLATE = "pdf/accounting/deposit.html"
# Supporting papers of the books (C. com. L123-22).
RETENTION_YEARS = 10


def make_deposit_file(slip_id: int) -> Document:
    """Does: draws and keeps the PDF of a slip, once; called again, it finds it. Refuses: nothing. Leaves
    behind: the document, named by the slip."""
    with transaction.atomic():
        slip = DepositSlip.objects.select_for_update(of=("self",)).get(pk=slip_id)
        if slip.document is not None:
            return slip.document
        slip.document = store_document(
            slip_pdf(slip),
            kind=SLIP_FILE,
            name=f"{slip.number}.pdf",
            mime="application/pdf",
            about=slip,
            actor=None,
            retention_until=date(slip.on.year + RETENTION_YEARS, 12, 31),
        )
        slip.save(update_fields=["document"])
        return slip.document


def slip_pdf(slip: DepositSlip) -> bytes:
    """The bytes; in French, whoever asks. Before the deposit, the same page is what one takes to the bank."""
    with translation.override(LANGUAGE):
        context = {"slip": slip, "items": items_of(slip), "cooperative": cooperative_on(slip.on)}
        html = render_to_string(TEMPLATE, context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
