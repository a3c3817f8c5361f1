"""« Vérifiez avant d’enregistrer »: what was typed, said back with its effects, sent again to be recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounting.selectors.scale_words import RuleLine
from accounting.selectors.simulation import Simulation

# The two buttons of the page.
_CONFIRM, _CHANGE = "confirme", "modifier"
_OWN = {_CONFIRM, _CHANGE, "csrfmiddlewaretoken"}


def is_confirmed(request: HttpRequest) -> bool:
    return _CONFIRM in request.POST


def is_taken_back(request: HttpRequest) -> bool:
    """Sent back to the form, which shows what was typed."""
    return _CHANGE in request.POST


def ask(
    request: HttpRequest,
    *,
    title: str,
    submit: str,
    crumbs: Sequence[tuple[str, str]],
    lines: Sequence[RuleLine],
    consequences: Sequence[str],
    effect: Simulation | None = None,
) -> HttpResponse:
    """Shows what is about to be recorded; nothing is written, all that was typed travels with the page."""
    context: dict[str, Any] = {
        "title": title,
        "lead": _("Vérifiez avant d’enregistrer. Rien n’est encore écrit."),
        "submit": submit,
        "crumbs": [*crumbs, (title, "")],
        "lines": lines,
        "consequences": consequences,
        "sim": effect,
        "typed": [
            (name, value) for name, values in request.POST.lists() if name not in _OWN for value in values
        ],
    }
    return render(request, "accounting/confirm.html", context)
