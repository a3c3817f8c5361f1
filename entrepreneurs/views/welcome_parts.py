"""What the pages of the welcome share: finding an application, the way back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

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
