"""What the pages of the welcome share: finding an application, the way back, a form and its act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import require
from entrepreneurs.models import Application, ApplicationDecision
from entrepreneurs.states.committees import Verdict

VERDICT_SHAPES: dict[str, tuple[str, str]] = {
    Verdict.ACCEPTED: ("success", "✔"),
    Verdict.POSTPONED: ("warning", "▲"),
    Verdict.REFUSED: ("danger", "✕"),
    Verdict.REDIRECTED: ("neutral", "▲"),
    Verdict.POOLED: ("warning", "◇"),
    Verdict.REOPENED: ("info", "●"),
}


def look_of(decision: ApplicationDecision | None) -> tuple[str, str, str] | None:
    """Gives the tone, the shape and the word of a decision."""
    return (*VERDICT_SHAPES[decision.verdict], decision.get_verdict_display()) if decision else None


def find_application(request: HttpRequest, pk: int, right: str = "entrepreneurs.view_candidate_file") -> Any:
    """Gives an application within sight (404), after asking the right on it (403)."""
    rows = Application.objects.visible_to(request.user).select_related(
        "trade", "territory", "advisor", "person", "prescriber", "collective"
    )
    application = get_object_or_404(rows, pk=pk)
    require(request.user, right, application)
    return application


def crumbs_of(application: Application, last: Any = "") -> list[tuple[Any, str]]:
    """The way back from a page about one application."""
    trail: list[tuple[Any, str]] = [(_("Accueil des candidats"), reverse("entrepreneurs:board"))]
    page = reverse("entrepreneurs:candidate_file", args=[application.pk])
    trail.append((application.full_name, page if last else ""))
    return [*trail, (last, "")] if last else trail


def act_page(
    request: HttpRequest,
    form: forms.BaseForm,
    run: Callable[[dict[str, Any]], Any],
    *,
    title: Any,
    submit: Any,
    done: Any,
    back_url: str,
    crumbs: list[tuple[Any, str]],
    **page: Any,
) -> HttpResponse:
    """Draws a form alone on its page; sent whole, does the act, goes back; a refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            run(form.cleaned_data)
            messages.success(request, done)
            return redirect(back_url)
    return form_page(request, form, title=title, submit=submit, back_url=back_url, crumbs=crumbs, **page)


def act_now(request: HttpRequest, run: Callable[[], Any], *, done: Any, back_url: str) -> HttpResponse:
    """Does the act of a button; what is refused is said above the page one comes back to."""
    with refused_above(request):
        run()
        messages.success(request, done)
    return redirect(back_url)
