"""The register of associates on paper, certified as of a day; the certificate of one associate (GOV-01)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from governance.states.register import Category

REGISTER_SHEET, LETTER_SHEET = "css/pdf/register.css", "css/pdf/letter.css"
REGISTER, CERTIFICATE = "pdf/governance/register.html", "pdf/governance/associate_certificate.html"


@dataclass(frozen=True)
class Line:
    """What the register of a day says of one associate."""

    number: int | None
    name: str
    acting: str
    address: str
    category: str
    college: str
    admitted_on: date
    decision: str
    shares: int
    suspended: bool


def lines_of(rows: Iterable[Any]) -> list[Line]:
    """Gives the lines of a register, in French: what is hashed, signed and printed."""
    with translation.override(LANGUAGE):
        return [
            Line(
                row.number,
                str(row),
                row.acting,
                ", ".join((row.person or row.organisation).address_lines),
                str(Category(row.category).label) if row.category else "",
                row.college_name or "",
                row.admitted_on,
                row.admission_decision,
                row.shares,
                row.suspended,
            )
            for row in rows
        ]


def register_hash(lines: Sequence[Line], on: date) -> str:
    """Gives the hash of a register as of a day: that of everything it says."""
    said = [
        [
            line.number,
            line.name,
            line.acting,
            line.address,
            line.category,
            line.college,
            line.admitted_on.isoformat(),
            line.decision,
            line.shares,
            line.suspended,
        ]
        for line in lines
    ]
    return sha256_of([on.isoformat(), said])


def register_pdf(lines: Sequence[Line], *, on: date, made_on: date, content_sha256: str, hand: Any) -> bytes:
    """The register as of a day, in French, with who certifies it and the hash of what it says."""
    with translation.override(LANGUAGE):
        html = render_to_string(
            REGISTER,
            {
                "lines": lines,
                "on": on,
                "house": cooperative_on(made_on),
                "shares": sum(line.shares for line in lines),
                "content_sha256": content_sha256,
                "hand": hand,
            },
        )
        return render_pdf(html, stylesheet=REGISTER_SHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def certificate_pdf(line: Line, *, on: date, made_on: date) -> bytes:
    """What the cooperative attests of an associate as of a day."""
    with translation.override(LANGUAGE):
        house = cooperative_on(made_on)
        html = render_to_string(
            CERTIFICATE,
            {
                "title": _("Attestation d’associé·e"),
                "line": line,
                "facts": [(label, value) for label, value in _attested(line) if value not in (None, "")],
                "on": on,
                "made_on": made_on,
                "house": house,
                "signing": [house.legal_name],
            },
        )
        return render_pdf(html, stylesheet=LETTER_SHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def _attested(line: Line) -> list[tuple[str, Any]]:
    category = ", ".join(filter(None, [line.category, line.college]))
    vote = _("suspendu") if line.suspended else _("une voix à l’assemblée générale")
    return [
        (_("Numéro d’associé·e"), line.number),
        (_("Admission"), line.decision),
        (_("Catégorie"), category),
        (_("Représenté·e par"), line.acting),
        (_("Parts sociales souscrites"), line.shares),
        (_("Droit de vote"), vote),
    ]
