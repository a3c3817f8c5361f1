"""A form with as many lines as one wants: as it is kept, with more lines asked for, or as it is sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounting.forms.manual import PREFIX, Known, blank_rows, rows_sent

Stored = tuple[dict[str, Any], list[dict[str, Any]]]


def lined_form(
    request: HttpRequest, form_class: type[Any], row_set: type[Any], stored: Stored
) -> tuple[Any, Any, bool]:
    """The form, its rows, and whether they are sent to be written rather than drawn again."""
    initial, lines = stored
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
