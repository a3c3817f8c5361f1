"""The personnel register on paper (C. trav. D1221-23)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from cae.core.models import Cooperative
from cae.core.pdf import Variant, render_pdf
from entrepreneurs.models import RegisterEntry

STYLESHEET = "css/pdf/register.css"
TEMPLATE = "pdf/entrepreneurs/register.html"


def register_pdf(rows: Sequence[RegisterEntry], *, on: date) -> bytes:
    """The register as it was on a day, in French, in the name of the cooperative of that day."""
    cooperative = Cooperative.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    with translation.override("fr"):
        html = render_to_string(TEMPLATE, {"rows": rows, "on": on, "cooperative": cooperative})
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.PLAIN)
