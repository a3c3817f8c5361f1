"""What the pages of an assembly share: finding it, the way back, a form and its act."""

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
from governance.models import Assembly, Resolution
from governance.selectors.preparing import named, out_of_mail

ORGANISE = "governance.organise_assembly"
Crumbs = list[tuple[Any, str]]


def find_assembly(request: HttpRequest, pk: int, right: str = "governance.view_assembly") -> Assembly:
    """Gives an assembly within sight (404), after asking the right on it (403)."""
    rows = Assembly.objects.visible_to(request.user).select_related(
        "rule_set", "earlier_call", "convened_by__person"
    )
    assembly = get_object_or_404(rows, pk=pk)
    require(request.user, right, assembly)
    return assembly


def find_resolution(request: HttpRequest, pk: int, right: str = "governance.view_assembly") -> Resolution:
    """Gives a resolution of an assembly within sight (404), after asking the right on it (403)."""
    rows = Resolution.objects.visible_to(request.user).select_related("assembly", "item", "body")
    resolution = get_object_or_404(rows, pk=pk)
    require(request.user, right, resolution)
    return resolution


def crumbs_of(assembly: Assembly | None, *more: tuple[Any, str]) -> Crumbs:
    """The way back from a page about an assembly; the last step has no address."""
    trail: Crumbs = [(_("Assemblées"), reverse("governance:assembly_list"))]
    if assembly is not None:
        trail.append((assembly.title, assembly.get_absolute_url()))
    trail += more
    return [*trail[:-1], (trail[-1][0], "")]


def mailed(sentence: str, assembly: Assembly) -> str:
    """Gives the sentence that says who is told by mail, and whom to tell otherwise."""
    silent = out_of_mail(assembly)
    if not silent:
        return sentence
    return _("%(sentence)s Sans adresse e-mail, à prévenir par courrier : %(names)s.") % {
        "sentence": sentence,
        "names": named(silent),
    }


def act_page(
    request: HttpRequest,
    form: forms.BaseForm,
    run: Callable[[dict[str, Any]], Any],
    *,
    title: Any,
    submit: Any,
    done: Any,
    back_url: str,
    crumbs: Crumbs,
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
