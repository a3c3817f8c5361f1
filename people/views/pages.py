"""The page that every form of the room is drawn on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(
    request: HttpRequest,
    form: forms.BaseForm,
    *,
    title: Any,
    submit: Any,
    back_url: str,
    crumbs: list[tuple[Any, str]],
    lead: Any = "",
    tone: str = "primary",
    template: str = "people/form.html",
    **context: Any,
) -> HttpResponse:
    """Draws a form, empty or with its faults (422)."""
    known = {
        "title": title,
        "submit": submit,
        "back_url": back_url,
        "crumbs": crumbs,
        "lead": lead,
        "tone": tone,
        "form": form,
    }
    wrong = form.is_bound and (bool(form.errors) or context.get("has_faults", False))
    return render(request, template, known | context, status=422 if wrong else 200)
