"""The convocation on paper: one for everybody, a letter for each associate called by post, all letters
together (GOV-20). One template draws the three."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from governance.models import Assembly, Convocation
from governance.selectors.assemblies import agenda_of, papers_of, text_of
from governance.selectors.preparing import postal_lines
from governance.selectors.sections import sections_told

STYLESHEET = "css/pdf/convocation.css"
TEMPLATE = "pdf/governance/convocation.html"


@dataclass(frozen=True)
class Envelope:
    """To whom a letter goes: the name, who acts for a legal person, the lines of the address."""

    name: str
    acting: str
    lines: Sequence[str]


def convocation_pdf(assembly: Assembly, *, on: date) -> bytes:
    """Gives the convocation that everybody reads: no address on it."""
    return _pdf(assembly, [None], on)


def letters_pdf(assembly: Assembly, convocations: Sequence[Convocation], *, on: date) -> bytes:
    """Gives one letter, or several one after the other, each on its own sheet."""
    return _pdf(assembly, [envelope_of(one) for one in convocations], on)


def envelope_of(convocation: Convocation) -> Envelope:
    associate, person = convocation.associate, convocation.person
    acting = str(person) if associate.organisation_id else ""
    return Envelope(str(associate), acting, postal_lines(associate, person))


def _pdf(assembly: Assembly, envelopes: Sequence[Envelope | None], on: date) -> bytes:
    with translation.override(LANGUAGE):
        points = [
            (point, [(one, text_of(one)) for one in point.resolutions]) for point in agenda_of(assembly)
        ]
        html = render_to_string(
            TEMPLATE,
            {
                "assembly": assembly,
                "starts_at": timezone.localtime(assembly.starts_at),
                "house": cooperative_on(on),
                "on": on,
                "points": points,
                "sections": list(sections_told(assembly)),
                "papers": list(papers_of(assembly)),
                "envelopes": envelopes,
            },
        )
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
