"""The proof file of a year on paper: drawn by a job, kept as long as the books (ACC-51)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from accounting.selectors.audit import AUDIT_FILE, answers, audit_file_name, verdict
from accounting.selectors.audit_words import shown
from cae.core import audit
from cae.core.documents import store_document
from cae.core.identity import cooperative_on
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.letters import LANGUAGE
from cae.core.models import Cooperative, Document, Job
from cae.core.pdf import Variant, render_pdf
from cae.core.periods import Span

TASK = "accounting.make_audit_file"
# The books and what proves them (C. com. L123-22).
RETENTION_YEARS = 10
STYLESHEET = "css/pdf/aged.css"
TEMPLATE = "pdf/accounting/audit.html"
# Rows of each table on paper; the others are in the export of the proof.
PRINTED = 100
_LABEL = gettext_lazy("Dossier de preuve")


def ask_for_audit_file(year: Span, *, actor: Any) -> Job:
    """Does: starts the job that draws the proof file of a year. Refuses: a cooperative without identity.
    Leaves behind: the job, which leads to the file."""
    cooperative_on(year.ends_on)
    start, end = year.starts_on.isoformat(), year.ends_on.isoformat()
    label = house_words(_LABEL, year.ends_on.strftime("%d/%m/%Y"))
    return start_job(TASK, label=label, actor=actor, total=1, starts_on=start, ends_on=end)


def make_audit_file(progress: Progress) -> Document:
    """Does: draws what the proofs say now and keeps it. Refuses: nothing. Leaves behind: the file, which is
    about the identity that it prints; audit."""
    given = progress.arguments
    year = Span(date.fromisoformat(given["starts_on"]), date.fromisoformat(given["ends_on"]))
    cooperative = cooperative_on(year.ends_on)
    content = audit_pdf(year, cooperative)
    progress.beat()
    document = store_document(
        content,
        kind=AUDIT_FILE,
        name=audit_file_name(year),
        mime="application/pdf",
        about=cooperative,
        actor=progress.job.author,
        retention_until=date(year.ends_on.year + RETENTION_YEARS, 12, 31),
    )
    audit.record(progress.job.author, "accounting.make_audit_file", document)
    return document


def audit_pdf(year: Span, cooperative: Cooperative) -> bytes:
    """The bytes; in French, whoever asks."""
    with translation.override(LANGUAGE):
        found = answers(year, PRINTED)
        context = {
            "cooperative": cooperative,
            "year": year,
            "verdict": verdict(found),
            "answers": [
                (one, [[shown(value) for value in row.values] for row in one.found.rows]) for one in found
            ],
            "made_at": timezone.now(),
        }
        html = render_to_string(TEMPLATE, context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
