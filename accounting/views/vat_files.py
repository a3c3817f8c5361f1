"""A VAT return to be printed, or read in a spreadsheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from accounting.documents import VatSheet, vat_pdf
from accounting.selectors.vat import boxes_of, figures_told, vat_returns
from accounting.selectors.vat_shown import parts_of
from cae.core.answers import file_shown
from cae.core.exports import export
from cae.core.permissions import requires

KINDS = ("pdf", "csv", "xlsx")


@requires("accounting.view_vat")
def vat_file_of(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in KINDS:
        raise Http404
    row = get_object_or_404(vat_returns(), pk=pk)
    parts = parts_of(boxes_of(row.form), figures_told(row))
    name = f"tva-{row.starts_on:%Y-%m}"
    if kind == "pdf":
        return file_shown(vat_pdf(row, parts), name=f"{name}.pdf")
    return export(VatSheet(parts), kind, name=name)
