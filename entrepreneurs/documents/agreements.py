"""The agreement of a collective on paper: its members, its text, its key, who signed it (ENT-44)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from entrepreneurs.documents.letters import STYLESHEET
from entrepreneurs.models import Agreement
from entrepreneurs.selectors.agreements import KeyRow

TEMPLATE = "pdf/entrepreneurs/agreement.html"


def agreement_pdf(agreement: Agreement, key: Sequence[KeyRow], *, on: date, proof: Any) -> bytes:
    """The signed agreement as PDF under the head of the cooperative, in French whoever asks."""
    with translation.override(LANGUAGE):
        html = render_to_string(
            TEMPLATE,
            {
                "title": f"{proof.title}, {proof.party}",
                "agreement": agreement,
                "key": key,
                "house": cooperative_on(on),
                "proof": proof,
            },
        )
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
