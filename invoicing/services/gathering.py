"""Gathers the PDFs of chosen documents in one archive, as a job that a page follows (INV-37, INV-38)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import jobs
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import Document, Job
from invoicing.models import Invoice, Quote
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.services.archiving import archive_pdf
from invoicing.services.quote_files import archive_quote_pdf

TASK = "invoicing.gather_pdfs"
ARCHIVE_KIND = "invoicing.archive"
# A convenience copy: the documents themselves are kept ten years.
KEPT_DAYS = 7
INVOICES, QUOTES = "invoices", "quotes"


def start_gathering(documents: Iterable[Invoice | Quote], *, actor: Any) -> Job:
    """Does: asks for the archive of these documents, all invoices and credit notes or all quotes. Refuses:
    none of them numbered (empty_document). Leaves behind: a job whose page gives the archive."""
    numbered = [one for one in documents if (one.is_frozen if isinstance(one, Quote) else one.is_issued)]
    ids = [one.pk for one in numbered]
    if not ids:
        raise Refused(
            Code.EMPTY_DOCUMENT, _("Choisissez au moins un document émis : un brouillon n’a pas de PDF.")
        )
    label = house_words(gettext_lazy("PDF de documents"), len(ids))
    kind = QUOTES if isinstance(numbered[0], Quote) else INVOICES
    return jobs.start_job(TASK, label=label, actor=actor, total=len(ids), ids=ids, kind=kind)


def gather_pdfs(job_id: int) -> None:
    """Does: puts the PDFs in one archive, making those still to come. Refuses: nothing (a file that was
    changed is noted on the job and left out). Leaves behind: the archive as the job's result."""
    jobs.run_job(job_id, _gather)


def _gather(progress: jobs.Progress) -> Document:
    job = progress.job
    of_quotes = job.arguments.get("kind") == QUOTES
    rows: Any = Quote.objects.order_by("approved_on", "pk") if of_quotes else _issued()
    make = archive_quote_pdf if of_quotes else archive_pdf
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:

        def add(one: Any) -> None:
            document = one.pdf or make(one.pk)
            if document is not None:
                archive.writestr(document.name, read_document(document))

        chosen = rows.filter(pk__in=job.arguments["ids"]).select_related("pdf")
        progress.each(chosen, add, label=str)
    today = timezone.localdate()
    return store_document(
        buffer.getvalue(),
        kind=ARCHIVE_KIND,
        name=f"{'devis' if of_quotes else 'factures'}-{today.isoformat()}.zip",
        mime="application/zip",
        about=job,
        actor=job.author,
        retention_until=today + timedelta(days=KEPT_DAYS),
    )


def _issued() -> InvoiceQuerySet:
    return Invoice.objects.issued().order_by("issued_on", "pk")
