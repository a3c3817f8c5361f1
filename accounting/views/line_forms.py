"""A form with as many lines as one wants: as it is kept, with more lines asked for, or as it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounting.forms.manual import PREFIX, Known, blank_rows, rows_sent
from cae.core.errors import Forbidden, Refused
from cae.core.forms import refuse

Stored = tuple[dict[str, Any], list[dict[str, Any]]]
# The form, and the set of its rows.
Classes = tuple[type[Any], type[Any]]


def lined_page(
    request: HttpRequest,
    classes: Classes,
    stored: Stored,
    *,
    save: Callable[[Any, Any], Any],
    done: str,
    template: str,
    **page: Any,
) -> HttpResponse:
    """Draws the form with its rows; sent whole, saves them and goes to what was made. A refusal stands at its
    row, or at its field. `page`: what is drawn beside, `crumbs` at least, which lead back."""
    form, rows, is_sent = _lined_form(request, classes, stored)
    if is_sent and all([form.is_valid(), rows.is_valid()]):
        try:
            saved = save(form, rows)
        except Forbidden:
            raise
        except Refused as refusal:
            if not rows.refuse(refusal):
                refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect(saved)
    context = {"form": form, "rows": rows, "back_url": page["crumbs"][-2][1]} | rows.form_kwargs | page
    return render(request, template, context, status=422 if is_sent else 200)


def _lined_form(request: HttpRequest, classes: Classes, stored: Stored) -> tuple[Any, Any, bool]:
    """The form, its rows, and whether they are sent to be written rather than drawn again."""
    (form_class, row_set), (initial, lines) = classes, stored
    act = request.POST.get("act", "") if request.method == "POST" else ""
    sent = request.POST if request.method == "POST" and not act else None
    if act:
        initial = initial | {name: request.POST.get(name) for name in form_class.base_fields}
        lines = rows_sent(request.POST, act)
    form, known = form_class(sent, initial=initial), {"known": Known()}
    if sent is not None:
        return form, row_set(sent, prefix=PREFIX, form_kwargs=known), True
    shown = lines if act == "rows" else [*lines, *blank_rows()]
    return form, row_set(initial=shown, prefix=PREFIX, form_kwargs=known), False
