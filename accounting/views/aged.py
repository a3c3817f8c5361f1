"""Who owes, or is owed, and since when: by activity, by party, then line by line (ACC-06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.documents import AgedSheet, aged_pdf
from accounting.forms.lettering import AgedFilter
from accounting.models import AnalyticAccount
from accounting.selectors.aged import (
    Aged,
    aged_balance,
    aged_lines,
    by_section,
    ledger_balance,
    sign_of,
    totals_of,
)
from accounting.selectors.statement import section_in_sight
from accounting.states.lettering import Side
from accounting.views.tabs import books_tabs
from cae.core.answers import file_shown
from cae.core.exports import export
from cae.core.permissions import can, requires
from people.requests import SignedIn

_FILES = ("pdf", "xlsx", "csv")
# In an address, the lines of nobody.
_NOBODY = "-"


@requires("accounting.view_aged")
def aged_home(request: SignedIn) -> HttpResponse:
    """A row an activity; each opens its parties. Files hold the parties of all."""
    side, on = AgedFilter(request.GET or None).chosen()
    sections = AnalyticAccount.objects.visible_to(request.user)
    rows = aged_balance(side, on=on, sections=sections)
    if request.GET.get("export") in _FILES:
        return _file(request.GET["export"], rows, side, on, name="balance-agee")
    shown = by_section(rows)
    reads_all = can(request.user, "accounting.view_ledger")
    context = _shown(shown, side, on) | {
        "books_tabs": books_tabs("aged_balance") if reads_all else [],
        "rows": [(row, row.section.label, _url("aged_section", row.section.pk, side, on)) for row in shown],
        "ledger": ledger_balance(side, on=on) if reads_all else None,
        "first_heading": _("Section"),
        "title": _("Balance âgée"),
    }
    return render(request, "accounting/lettering/aged.html", context)


@requires("accounting.view_aged")
def aged_section(request: SignedIn, section_id: int) -> HttpResponse:
    """A row a party of one section; each opens its lines."""
    found = get_object_or_404(AnalyticAccount.objects.visible_to(request.user), pk=section_id)
    crumbs = [(_("Balance âgée"), reverse("accounting:aged_balance")), (found.label, "")]
    return _parties(request, found, here=("aged_section", found.pk), crumbs=crumbs)


@requires("accounting.view_statement")
def own_aged(request: SignedIn, activity_id: int) -> HttpResponse:
    """« Échéances »: the same for one’s own activity."""
    section = section_in_sight(request.user, activity_id)
    if section is None or section.activity is None:
        raise Http404
    back = reverse("accounting:activity_statement", args=[activity_id])
    crumbs = [(section.activity.name, back), (_("Échéances"), "")]
    return _parties(request, section, here=("own_aged", activity_id), crumbs=crumbs)


def _parties(
    request: SignedIn, section: AnalyticAccount, *, here: tuple[str, int], crumbs: list[tuple[str, str]]
) -> HttpResponse:
    side, on = AgedFilter(request.GET or None).chosen()
    rows = aged_balance(side, on=on, section=section)
    if request.GET.get("export") in _FILES:
        return _file(request.GET["export"], rows, side, on, name=f"balance-agee-{section.code.lower()}")
    context = _shown(rows, side, on) | {
        "crumbs": crumbs,
        "rows": [
            (row, row.party or _("Sans tiers"), _url(*here, side, on, tiers=row.party or _NOBODY) + "#lignes")
            for row in rows
        ],
        "first_heading": _("Tiers"),
        "title": section.label,
    }
    party = request.GET.get("tiers")
    if party:
        named = "" if party == _NOBODY else party
        lines = aged_lines(side, on=on, section=section, party=named)
        sign = sign_of(side)
        context |= {
            "party": named or _("Sans tiers"),
            "lines": [(one, one.left * sign) for one in lines],
            "lines_total": sum(one.left for one in lines) * sign,
        }
    return render(request, "accounting/lettering/aged.html", context)


def _shown(rows: Iterable[Aged], side: str, on: date) -> dict[str, Any]:
    """What every aged balance draws beside its rows."""
    kept = {"cote": side, "au": on.isoformat()}
    return {
        "form": AgedFilter(initial={"cote": side, "au": on}),
        "totals": totals_of(rows),
        "side": side,
        "sides": [
            (label, "?" + urlencode(kept | {"cote": code}), code == side) for code, label in Side.choices
        ],
        "on": on,
        "files": [(kind, "?" + urlencode(kept | {"export": kind})) for kind in _FILES],
    }


def _url(name: str, key: int, side: str, on: date, **more: str) -> str:
    query = urlencode({"cote": side, "au": on.isoformat()} | more)
    return f"{reverse(f'accounting:{name}', args=[key])}?{query}"


def _file(kind: str, rows: list[Aged], side: str, on: date, *, name: str) -> HttpResponse:
    sheet = AgedSheet(rows, Side(side), on)
    if kind == "pdf":
        return file_shown(aged_pdf(sheet), name=f"{name}-{on}.pdf")
    return export(sheet, kind, name=name)
