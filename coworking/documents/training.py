"""The papers of training: agreement, contract, attendance sheet, certificate (COW-44 to 46)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from cae.core.signing import evidence_of
from coworking.calculations.sheets import WITHDRAW_DAYS, most_upfront
from coworking.models import Enrolment, HalfDay, TrainingPaper, TrainingSession
from coworking.selectors.sheets import Sheet, SheetLine
from coworking.states.training import PaperKind

LETTER, REGISTER = "css/pdf/letter.css", "css/pdf/register.css"


def paper_pdf(enrolment: Enrolment, *, kind: str, on: date) -> bytes:
    """Gives the agreement (L6353-1) or the contract (L6353-3) of an enrolment."""
    session = enrolment.session
    return _pdf(
        "pdf/coworking/training_paper.html",
        LETTER,
        {
            "enrolment": enrolment,
            "session": session,
            "course": session.course,
            "days": local_days(session.half_days.select_related("trainer").order_by("starts_at")),
            "is_contract": kind == PaperKind.CONTRACT,
            "title": PaperKind(kind).label,
            "upfront": most_upfront(enrolment.price_excl_tax),
            "withdraw_days": WITHDRAW_DAYS,
            "house": cooperative_on(on),
            "on": on,
        },
    )


def proof_pdf(paper: TrainingPaper, *, on: date) -> bytes:
    """Gives the page that proves the signature of a paper, known by its hash."""
    enrolment, signature = paper.enrolment, paper.signature
    party = str(enrolment.organisation or enrolment.full_name)
    proof = {
        "title": paper.get_kind_display(),
        "party": party,
        "covers": _("Empreinte (SHA-256) du document montré avant de signer :"),
        "content_sha256": paper.document.sha256,
        "hands": [evidence_of(signature)] if signature is not None else [],
    }
    context = {"proof": proof, "paper": paper, "session": enrolment.session, "house": cooperative_on(on)}
    return _pdf("pdf/coworking/training_proof.html", LETTER, context)


def sheet_pdf(session: TrainingSession, sheet: Sheet, *, at: datetime) -> bytes:
    """Gives the attendance sheet as it stands: to print and sign, or as a proof of what was signed."""
    return _pdf(
        "pdf/coworking/training_sheet.html",
        REGISTER,
        {
            "session": session,
            "sheet": sheet,
            "house": cooperative_on(timezone.localdate(at)),
            "at": timezone.localtime(at),
        },
    )


def certificate_pdf(line: SheetLine, *, on: date) -> bytes:
    """Gives the certificate of what a trainee followed: hours of the half-days they signed."""
    session = line.enrolment.session
    return _pdf(
        "pdf/coworking/training_certificate.html",
        LETTER,
        {
            "line": line,
            "enrolment": line.enrolment,
            "session": session,
            "course": session.course,
            "days": local_days(cell.day for cell in line.cells if cell.signature is not None),
            "house": cooperative_on(on),
            "on": on,
        },
    )


def local_days(days: Any) -> list[tuple[HalfDay, datetime, datetime]]:
    """Each half-day with its hours on the clock of the house."""
    return [(day, timezone.localtime(day.starts_at), timezone.localtime(day.ends_at)) for day in days]


def _pdf(template: str, stylesheet: str, context: dict[str, Any]) -> bytes:
    with translation.override(LANGUAGE):
        html = render_to_string(template, context)
        return render_pdf(html, stylesheet=stylesheet, variant=Variant.ACCESSIBLE_ARCHIVE)
