"""« Contrôler les livres »: asks for the control, and shows those made."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounting.selectors.controls import controls_made
from accounting.views.tabs import books_tabs
from cae.core.controls import controls
from cae.core.jobs import start_job
from cae.core.permissions import requires


@requires("accounting.view_ledger")
def control_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "accounting/controls.html",
        {"controls": controls_made(), "books_tabs": books_tabs("control_list")},
    )


@require_POST
@requires("accounting.check_books")
def check_books(request: HttpRequest) -> HttpResponse:
    """Starts the job and shows its progress."""
    job = start_job(
        "accounting.check_books_now",
        label=gettext_lazy("Contrôle des livres"),
        actor=request.user,
        total=len(controls()),
    )
    return redirect("core:job_detail", job.pk)
