"""« Dossier de preuve »: what proves the books of a year, question by question; nothing is changed here."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounting.selectors.audit import answers, audit_files, proof_named, verdict
from accounting.selectors.audit_parts import Row
from accounting.selectors.audit_words import shown
from accounting.selectors.months import year_asked, years_of_books
from accounting.services.audit_files import ask_for_audit_file
from cae.core.exports import sheet
from cae.core.forms import refused_above
from cae.core.periods import Span
from cae.core.permissions import can, requires
from people.requests import SignedIn

# Rows of a table on its page; all of them are in its export.
SHOWN = 200


def _year(text: str) -> Span:
    try:
        return year_asked(text, today=timezone.localdate())
    except ValueError:
        raise Http404 from None


def _query(span: Span) -> str:
    return f"?exercice={span.starts_on:%Y-%m}"


@requires("accounting.view_audit")
def audit_home(request: SignedIn) -> HttpResponse:
    """Each proof in a sentence, and the files made for the year."""
    span = _year(request.GET.get("exercice", ""))
    found = answers(span, 0)
    context = {
        "span": span,
        "year_text": f"{span.starts_on:%Y-%m}",
        "years": [(f"{one.starts_on:%Y-%m}", one) for one in years_of_books(timezone.localdate())],
        "answers": [
            (one, reverse("accounting:audit_proof", args=[one.proof.code]) + _query(span)) for one in found
        ],
        "verdict": verdict(found),
        "files": list(audit_files(span)[:10]),
        "may_make": can(request.user, "accounting.make_audit_file"),
    }
    return render(request, "accounting/audit/home.html", context)


@requires("accounting.view_audit")
def audit_proof(request: HttpRequest, proof: str) -> HttpResponse:
    """One proof: its sentence, the table behind it, its export."""
    span, asked = _year(request.GET.get("exercice", "")), proof_named(proof)
    if asked is None:
        raise Http404
    kind = request.GET.get("export", "")
    if kind in ("csv", "xlsx"):
        whole = asked.find(span, None)
        lines = [[str(one) for one in whole.headings], *(row.values for row in whole.rows)]
        return sheet(lines, kind, name=f"preuve-{proof}-{span.starts_on:%Y-%m}")
    found = asked.find(span, SHOWN)
    context = {
        "proof": asked,
        "found": found,
        "span": span,
        "rows": [(_cells(row, found.headings), row.url) for row in found.rows],
        "year_text": f"{span.starts_on:%Y-%m}",
        "home_url": reverse("accounting:audit_home") + _query(span),
    }
    return render(request, "accounting/audit/proof.html", context)


def _cells(row: Row, headings: tuple[Any, ...]) -> list[tuple[str, str, bool]]:
    """Heading, words and whether it is a number, of each cell."""
    return [
        (str(heading), shown(value), isinstance(value, (int, Decimal)))
        for heading, value in zip(headings, row.values, strict=True)
    ]


@require_POST
@requires("accounting.make_audit_file")
def audit_make(request: SignedIn) -> HttpResponse:
    """Asks for the file; its job leads to it."""
    span = _year(request.POST.get("exercice", ""))
    with refused_above(request):
        return redirect("core:job_detail", ask_for_audit_file(span, actor=request.user).pk)
    return redirect(reverse("accounting:audit_home") + _query(span))
