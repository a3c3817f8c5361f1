"""« Régulariser 2025 »: what closing a year of contribution would book, line by line, then the job itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.selectors.contribution_year import preview_year, years_to_close
from accounting.services.contribution_year import ask_to_close
from accounting.views.working_links import foreseen_addresses, lines_with_links
from cae.core.errors import Refused
from cae.core.keys import key_in
from cae.core.permissions import requires


@requires("accounting.run_contribution")
def year_preview(request: HttpRequest) -> HttpResponse:
    """Each run that closing the year would write, with its working; nothing is written."""
    years = years_to_close(timezone.localdate())
    asked = key_in(request.GET.get("annee", ""))
    year = asked if asked in years else next(iter(years), None)
    context: dict[str, Any] = {
        "title": _("Régularisation annuelle des contributions"),
        "years": years,
        "year": year,
        "preview": _shown(year) if year is not None else None,
        "list_url": reverse("accounting:run_list"),
    }
    return render(request, "accounting/year.html", context)


@require_POST
@requires("accounting.run_contribution")
def year_close(request: HttpRequest) -> HttpResponse:
    """Starts the job and shows its progress."""
    today = timezone.localdate()
    year = key_in(request.POST.get("annee", ""))
    if year not in years_to_close(today):
        messages.error(request, _("Choisissez une année terminée."))
        return redirect("accounting:year_preview")
    try:
        job = ask_to_close(year, today=today, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("accounting:year_preview") + f"?annee={year}")
    return redirect("core:job_detail", job.pk)


def _shown(year: int) -> dict[str, Any]:
    """Sums, and each activity with the months to right, the addresses of their figures, and its floor."""
    found = preview_year(year, today=timezone.localdate())
    rows = [
        {
            "row": row,
            "months": [
                {"run": run, "lines": lines_with_links(run.lines, foreseen_addresses(run))}
                for run in row.months
            ],
            "lines": row.lines,
        }
        for row in found.rows
    ]
    return {"due": found.due, "top_up": found.top_up, "unchanged": found.unchanged, "rows": rows}
