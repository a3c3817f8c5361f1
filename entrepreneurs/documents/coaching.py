"""What the report of a meeting and a signed interview say on paper."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from cae.core.audit import about
from cae.core.models import Signature
from cae.core.options import lists_on
from cae.core.pdf import Variant, render_pdf
from entrepreneurs.models import Interview, MeetingReport, ProjectVersion
from entrepreneurs.states.interviews import InterviewHeading
from entrepreneurs.states.reports import THEMES

STYLESHEET = "css/pdf/statement.css"


def report_pdf(report: MeetingReport) -> bytes:
    """The shared part of a report; the private note is never read here."""
    themes = lists_on([THEMES], on=report.met_on)[THEMES]
    context = {
        "report": report,
        "themes": [themes.label_of(code) for code in report.themes],
        "actions": report.actions.select_related("owner"),
    }
    return _pdf("pdf/entrepreneurs/report.html", context)


def headings_of(interview: Interview) -> list[tuple[str, str]]:
    """Each heading with what was written under it."""
    return [(str(one.label), interview.texts.get(one, "")) for one in InterviewHeading]


def interview_pdf(interview: Interview) -> bytes:
    """An interview with its figures and the evidence of the signatures of what it says now."""
    rows = Signature.objects.filter(content_sha256=interview.content_sha256, **about(interview))
    context = {
        "interview": interview,
        "headings": headings_of(interview),
        "signatures": rows.order_by("signed_at"),
    }
    return _pdf("pdf/entrepreneurs/interview.html", context)


def project_pdf(version: ProjectVersion) -> bytes:
    """One version of the project sheet: written once, it may be drawn again at will."""
    return _pdf("pdf/entrepreneurs/project.html", {"version": version, "title": _("Fiche projet")})


def _pdf(template: str, context: dict[str, object]) -> bytes:
    return render_pdf(
        render_to_string(template, context), stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE
    )
