"""Two papers of the welcome: the slip that the insurer reads, the minutes of a committee (ENT-12, ENT-13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cae.core.identity import cooperative_on
from cae.core.pdf import Variant, render_pdf
from entrepreneurs.models import Committee, InsurerSlip

STYLESHEET = "css/pdf/statement.css"
SLIP, MINUTES = "pdf/entrepreneurs/slip.html", "pdf/entrepreneurs/minutes.html"


def slip_pdf(slip: InsurerSlip) -> bytes:
    """What the insurer reads: the trade, what will be done, where to answer. Nothing of the candidate but
    their name."""
    with translation.override("fr"):
        who = slip.application.full_name if slip.application else str(slip.person)
        context = {"slip": slip, "who": who, "cooperative": cooperative_on(slip.sent_on)}
        return _rendered(SLIP, context)


def minutes_pdf(committee: Committee, *, members: Sequence[Any], files: Sequence[Any]) -> bytes:
    """Who sat, what was decided of each file with its reason and conditions, by which voices."""
    with translation.override("fr"):
        context = {
            "committee": committee,
            "members": members,
            "files": files,
            "cooperative": cooperative_on(committee.held_on),
            "written_on": timezone.localdate(),
        }
        return _rendered(MINUTES, context)


def _rendered(template: str, context: dict[str, Any]) -> bytes:
    html = render_to_string(template, context)
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
