"""Minutes and their extracts on paper: what was frozen, under the head of the cooperative (GOV-34)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from governance.models import Extract, Minutes
from governance.selectors.minutes import signatures_of

STYLESHEET = "css/pdf/minutes.css"
MINUTES_TEMPLATE, EXTRACT_TEMPLATE = "pdf/governance/minutes.html", "pdf/governance/extract.html"


def minutes_pdf(minutes: Minutes, *, on: date, proof: Any = None) -> bytes:
    """Gives the frozen minutes as PDF, in French whoever asks; `proof` adds the signatures and their page."""
    with translation.override(LANGUAGE):
        unsigned = [one for one in signatures_of(minutes) if one.unsigned_reason] if proof else []
        return _pdf(MINUTES_TEMPLATE, minutes, on=on, title=title_of(minutes), proof=proof, unsigned=unsigned)


def extract_pdf(extract: Extract, resolutions: list[dict[str, Any]], *, on: date, proof: Any) -> bytes:
    """Gives some resolutions of signed minutes as PDF, with the signature of who certifies them."""
    minutes = extract.minutes
    with translation.override(LANGUAGE):
        title = _("Extrait du procès-verbal n° %(number)d") % {"number": minutes.number or 0}
        places = signatures_of(minutes)
        return _pdf(
            EXTRACT_TEMPLATE,
            minutes,
            on=on,
            title=title,
            proof=proof,
            resolutions=resolutions,
            purpose=extract.purpose,
            number=minutes.number,
            signed=[one for one in places if one.signature_id],
            unsigned=[one for one in places if one.unsigned_reason],
        )


def title_of(minutes: Minutes) -> str:
    """« Procès-verbal n° 12 · Assemblée générale de printemps » ; no number before it is signed."""
    if minutes.number is None:
        return _("Procès-verbal · %(title)s") % {"title": minutes.assembly.title}
    return _("Procès-verbal n° %(number)d · %(title)s") % {
        "number": minutes.number,
        "title": minutes.assembly.title,
    }


def _pdf(template: str, minutes: Minutes, *, on: date, title: str, proof: Any, **more: Any) -> bytes:
    context = {
        "title": title,
        "facts": minutes.facts,
        "content_sha256": minutes.content_sha256,
        "house": cooperative_on(on),
        "proof": proof,
    }
    html = render_to_string(template, context | more)
    return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
