"""The statement of use of an agreement, to send to the host or the partner (COW-04)."""

from __future__ import annotations

from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from coworking.selectors.agreement_use import Statement, lines_of_use, total_of_use

STYLESHEET = "css/pdf/letter.css"


def use_pdf(statement: Statement, *, on: date) -> bytes:
    """Months and sums, without any name: who came is no business of the host; in French whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Relevé d’utilisation"),
            "statement": statement,
            "use": statement.use,
            "lines": lines_of_use(statement.use),
            "total": total_of_use(statement.use),
            "place": statement.agreement.place,
            "with_whom": statement.agreement.organisation,
            "on": on,
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/coworking/agreement_use.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
