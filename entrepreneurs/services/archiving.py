"""Makes the PDF of a shared report and of a signed interview, once, from what no longer changes."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import translation

from cae.core.documents import store_document
from cae.core.models import Document
from entrepreneurs.documents.coaching import interview_pdf, report_pdf
from entrepreneurs.models import Interview, MeetingReport
from entrepreneurs.states.interviews import InterviewState

REPORT_FILE = "entrepreneurs.report"
INTERVIEW_FILE = "entrepreneurs.interview"
# As the contracts that they follow: five years after the person leaves, at most so many (domain.md §8.2).
RETENTION_YEARS = 10


@transaction.atomic
def archive_report(report_id: int) -> Document | None:
    """Does: stores the PDF of a shared report; a second call finds it done. Refuses: nothing.
    Leaves behind: one document, named by the report; nothing for a draft."""
    report = MeetingReport.objects.select_for_update(of=("self",)).get(pk=report_id)
    if report.pdf is not None or not report.is_shared:
        return report.pdf
    with translation.override("fr"):
        content = report_pdf(report)
    report.pdf = store_document(
        content,
        kind=REPORT_FILE,
        name=f"compte-rendu-{report.met_on:%Y-%m-%d}.pdf",
        mime="application/pdf",
        about=report,
        actor=None,
        retention_until=date(report.met_on.year + RETENTION_YEARS, 12, 31),
    )
    report.save(update_fields=["pdf"])
    return report.pdf


@transaction.atomic
def archive_interview(interview_id: int) -> Document | None:
    """Does: stores the PDF of a signed interview, with its two signatures. Refuses: nothing; twice is once.
    Leaves behind: one document, named by the interview."""
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview_id)
    if interview.pdf is not None or interview.state != InterviewState.SIGNED:
        return interview.pdf
    with translation.override("fr"):
        content = interview_pdf(interview)
    interview.pdf = store_document(
        content,
        kind=INTERVIEW_FILE,
        name=f"entretien-{interview.due_on:%Y-%m-%d}.pdf",
        mime="application/pdf",
        about=interview,
        actor=None,
        retention_until=date(interview.due_on.year + RETENTION_YEARS, 12, 31),
    )
    interview.save(update_fields=["pdf"])
    return interview.pdf
