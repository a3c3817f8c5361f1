"""The papers of representation: a proxy, the attendance sheet, the form of vote by correspondence (GOV-22 to
24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.pdf import Variant, render_pdf
from cae.core.signing import Evidence
from governance.models import Assembly, Proxy, Resolution
from governance.selectors.attendance_sheet import SheetRow, SheetTotals
from governance.selectors.correspondence import Asked
from governance.selectors.representation import limit_words
from governance.states.votes import GRADES

LETTER, REGISTER = "css/pdf/letter.css", "css/pdf/register.css"
PROXY = "pdf/governance/proxy.html"
SHEET = "pdf/governance/attendance.html"
FORM = "pdf/governance/correspondence.html"


def proxy_pdf(
    proxy: Proxy, *, instructions: Sequence[tuple[Resolution, str]], signature: Evidence | None
) -> bytes:
    """Gives the proxy: who, to whom, for which assembly, with which instructions, since when these if others
    were signed."""
    on = timezone.localdate(proxy.given_at)
    return _pdf(
        PROXY,
        LETTER,
        {
            "proxy": proxy,
            "assembly": proxy.assembly,
            "starts_at": timezone.localtime(proxy.assembly.starts_at),
            "given_at": timezone.localtime(proxy.given_at),
            "instructed_at": proxy.instructed_at and timezone.localtime(proxy.instructed_at),
            "house": cooperative_on(on),
            "instructions": instructions,
            "signature": signature,
        },
    )


def sheet_pdf(assembly: Assembly, rows: Sequence[SheetRow], totals: SheetTotals) -> bytes:
    """Gives the attendance sheet as it stands at an instant."""
    return _pdf(
        SHEET,
        REGISTER,
        {
            "assembly": assembly,
            "starts_at": timezone.localtime(assembly.starts_at),
            "house": cooperative_on(timezone.localdate(totals.at)),
            "rows": rows,
            "totals": totals,
            "at": timezone.localtime(totals.at),
            "bureau": list(assembly.bureau.select_related("person").order_by("role", "pk")),
        },
    )


def form_pdf(
    assembly: Assembly, asked: Sequence[Asked], texts: Mapping[int, str], *, until: datetime, at: datetime
) -> bytes:
    """Gives the blank form: each resolution in the order of the agenda, with its answers to tick."""
    return _pdf(
        FORM,
        LETTER,
        {
            "assembly": assembly,
            "starts_at": timezone.localtime(assembly.starts_at),
            "limit": limit_words(until),
            "house": cooperative_on(timezone.localdate(at)),
            "grades": GRADES,
            "asked": [(one, texts.get(one.resolution.pk, "")) for one in asked],
        },
    )


def _pdf(template: str, stylesheet: str, context: dict[str, Any]) -> bytes:
    with translation.override(LANGUAGE):
        html = render_to_string(template, context)
        return render_pdf(html, stylesheet=stylesheet, variant=Variant.ACCESSIBLE_ARCHIVE)
