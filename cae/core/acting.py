"""A form alone on its page that does one act; a button that does one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cae.core.forms import form_page, refused_above, refused_at


def act_page(
    request: HttpRequest,
    form: forms.BaseForm,
    run: Callable[[dict[str, Any]], Any],
    *,
    done: Any,
    back_url: str,
    goes_to: str | Callable[[Any], str] = "",
    **page: Any,
) -> HttpResponse:
    """Draws a form alone on its page; sent whole, does the act with what was typed and goes back, or to
    `goes_to`, which may read what was made; a refusal stands at its field. `done`: the sentence said then.
    `page`: what is drawn."""
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            made = run(form.cleaned_data)
            messages.success(request, done)
            return redirect(goes_to(made) if callable(goes_to) else goes_to or back_url)
    return form_page(request, form, back_url=back_url, **page)


def act_now(request: HttpRequest, run: Callable[[], Any], *, done: Any, back_url: str) -> HttpResponse:
    """Does the act of a button; what is refused is said above the page one comes back to."""
    with refused_above(request):
        run()
        messages.success(request, done)
    return redirect(back_url)
