"""« Ventes par axe »: total sales of each year, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounting.selectors.sales_by_axis import AxisRow, first_year, sales_by_axis
from accounting.states.sales_axes import SalesAxis
from accounting.views.layout_places import ranked, today
from accounting.views.tabs import books_tabs
from cae.core.exports import export
from cae.core.keys import key_in
from cae.core.money import ZERO
from cae.core.permissions import requires

YEARS = 3


@requires("accounting.view_ledger")
def sales(request: HttpRequest) -> HttpResponse:
    """The axis, the years and the words of the address; the same as a sheet."""
    now = today()
    axis = request.GET.get("axe", "")
    axis = axis if axis in SalesAxis.values else SalesAxis.ACTIVITY
    oldest = min(first_year(now), now.year)
    newest = key_in(request.GET.get("annee", ""))
    newest = newest if newest is not None and oldest <= newest <= now.year else now.year
    years = [newest - back for back in range(YEARS)]
    said = request.GET.get("q", "")
    rows = sales_by_axis(axis, years, said=said, on=now)
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(_Sheet(str(SalesAxis(axis).label), years, rows), request.GET["export"], name="ventes")
    totals = [sum((row.sums[rank] for row in rows), ZERO) for rank in range(YEARS)]
    context = {
        "axis": axis,
        "axes": SalesAxis.choices,
        "axis_label": SalesAxis(axis).label,
        "years": years,
        "year": newest,
        "known_years": range(now.year, oldest - 1, -1),
        "said": said,
        "rows": [_shown(row) for row in rows],
        "totals": totals,
        "changed": _change(totals),
        "largest": ranked([(row.label, row.sums[0]) for row in rows]),
        "chart_title": _("Ventes %(year)s, HT") % {"year": newest},
        "query": f"axe={axis}&annee={newest}",
        "books_tabs": books_tabs("sales_by_axis"),
    }
    return render(request, "accounting/layouts/sales.html", context)


def _shown(row: AxisRow) -> dict[str, Any]:
    url = reverse("accounting:activity_statement", args=[row.activity]) if row.activity else ""
    return {"label": row.label, "url": url, "sums": row.sums, "changed": _change(row.sums)}


def _change(sums: Sequence[Any]) -> Any:
    """How the first year moved from the one before; nothing where there was none."""
    return ((sums[0] - sums[1]) / sums[1]).quantize(Decimal("0.001")) if sums[1] > 0 else None


class _Sheet:
    """The same rows for a spreadsheet."""

    def __init__(self, axis: str, years: Sequence[int], rows: Sequence[AxisRow]) -> None:
        self.axis, self.years, self.rows = axis, years, rows

    def as_values(self) -> Iterator[list[Any]]:
        yield [self.axis, *(str(year) for year in self.years)]
        for row in self.rows:
            yield [row.label, *row.sums]
