"""« Services communs »: what the contribution pays for, as members read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.documents import SharedSheet, shared_pdf
from accounting.selectors.layout_figures import Column
from accounting.selectors.periods import year_span
from accounting.selectors.shared_services import SharedServices, shared_services
from accounting.views.layout_places import day_of, ranked, today
from accounting.views.tabs import books_tabs
from cae.core.answers import file_shown
from cae.core.exports import export
from cae.core.money import ZERO
from cae.core.permissions import can, requires
from cae.core.templatetags.formats import quantity

FORMS = ("pdf", "xlsx", "csv")
# Years before the one in progress that may be asked for.
_BACK = 9


@requires("accounting.view_shared_services")
def page(request: HttpRequest) -> HttpResponse:
    """The account of the shared services, the latest year first."""
    on = _asked(request)
    found = shared_services(on)
    reads_books = can(request.user, "accounting.view_ledger")
    context = {
        "found": found,
        "headings": [_heading(one) for one in found.years],
        "heads": [quantity(count) for count in found.heads],
        "bars": _bars(found),
        "spent": ranked([(row.label, row.amounts[0] or ZERO) for row in found.spent]),
        "spent_title": _("Ce que paie la contribution, %(year)s") % {"year": on.year},
        "choices": _choices(),
        "on": on.isoformat(),
        "files": [
            (form, reverse("accounting:shared_services_file", args=[form]) + f"?au={on}") for form in FORMS
        ],
        "books_tabs": books_tabs("shared_services") if reads_books else [],
    }
    return render(request, "accounting/layouts/shared.html", context)


@requires("accounting.view_shared_services")
def shared_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a printed page or as rows."""
    if form not in FORMS:
        raise Http404
    on = _asked(request)
    found = shared_services(on)
    headings = [_heading(one) for one in found.years]
    name = f"services-communs-{on}"
    if form != "pdf":
        return export(SharedSheet(headings, found), form, name=name)
    return file_shown(shared_pdf(headings, found, on), name=f"{name}.pdf")


def _asked(request: HttpRequest) -> date:
    """The end of a year, or today in the one in progress."""
    return min(day_of(request.GET.get("au", "")) or today(), today())


def _choices() -> list[tuple[str, str]]:
    """Today, then the ends of the years before."""
    now = today()
    found, start = [(now.isoformat(), _("Cette année, à ce jour"))], year_span(now).starts_on
    for _year in range(_BACK):
        span = year_span(date.fromordinal(start.toordinal() - 1))
        found.append((span.ends_on.isoformat(), _heading(Column(span.starts_on, span.ends_on))))
        start = span.starts_on
    return found


def _heading(year: Column) -> str:
    if year.start.year == year.end.year:
        return str(year.end.year)
    return f"{year.start.year}-{year.end.year}"


def _bars(found: SharedServices) -> list[tuple[str, Any]]:
    """Cost per person, the oldest year first."""
    told = zip(found.years, found.cost_per_head.amounts, strict=True)
    return [(_heading(year), cost or 0) for year, cost in reversed(list(told))]
