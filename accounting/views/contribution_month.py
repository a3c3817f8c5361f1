"""« Calculer la contribution de novembre »: what it would book, line by line, then the run itself."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.selectors.contribution import month_label
from accounting.selectors.contribution_month import preview_month
from accounting.selectors.levy_month import preview_levies
from accounting.selectors.working_words import of
from accounting.services.contribution_months import check_month_over
from accounting.services.contribution_run import ask_for_run
from accounting.views.working_links import foreseen_addresses, lines_with_links
from cae.core.errors import Refused
from cae.core.periods import Month
from cae.core.permissions import requires

# How many months back are offered.
_OFFERED = 24


def last_month() -> Month:
    """The latest month that is over: today's when this is its last day."""
    today = timezone.localdate()
    month = Month.of(today)
    return month if today == month.last else month.previous()


@requires("accounting.run_contribution")
def month_preview(request: HttpRequest) -> HttpResponse:
    """Each run that computing the month would write, with its working; nothing is written."""
    month, wrong = _asked(request.GET.get("mois", ""))
    if not wrong:
        try:
            check_month_over(month, timezone.localdate())
        except Refused as refusal:
            wrong = str(refusal)
    context = {
        "title": _("Contribution %(whose)s") % {"whose": of(month_label(month))},
        "button": _("Calculer la contribution %(whose)s") % {"whose": of(month_label(month))},
        "months": _choices(),
        "month_text": str(month),
        "previous": "",
        "next": "",
        "wrong": wrong,
        "preview": None if wrong else _preview(month),
        "levies_foreseen": [] if wrong else preview_levies(month),
        "list_url": reverse("accounting:run_list"),
    }
    return render(request, "accounting/month.html", context, status=422 if wrong else 200)


@require_POST
@requires("accounting.run_contribution")
def month_run(request: HttpRequest) -> HttpResponse:
    """Starts the job and shows its progress."""
    month, wrong = _asked(request.POST.get("mois", ""))
    try:
        if wrong:
            messages.error(request, wrong)
            return redirect("accounting:month_preview")
        job = ask_for_run(month, today=timezone.localdate(), actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("accounting:month_preview") + f"?mois={month}")
    return redirect("core:job_detail", job.pk)


def _preview(month: Month) -> dict[str, Any]:
    """Sums, and each run to come with the addresses of its figures."""
    found = preview_month(month)
    runs = [{"run": run, "lines": lines_with_links(run.lines, foreseen_addresses(run))} for run in found.runs]
    return {"due": found.due, "base": found.base, "unchanged": found.unchanged, "runs": runs}


def _asked(text: str) -> tuple[Month, str]:
    """The month of the address, the last one when it names none; a sentence when it is no month."""
    if not text:
        return last_month(), ""
    try:
        return Month.parse(text), ""
    except ValueError:
        return last_month(), _("« %(text)s » n’est pas un mois.") % {"text": text[:20]}


def _choices() -> list[tuple[str, str]]:
    month, found = last_month(), []
    for _rank in range(_OFFERED):
        found.append((str(month), month_label(month).capitalize()))
        month = month.previous()
    return found
