"""What the pages of representation share: finding an assembly, one’s own associates, a form and its act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_above, refused_at
from cae.core.permissions import require
from governance.models import Assembly, Associate
from governance.selectors.representation import acted_at
from governance.states.assemblies import AssemblyState
from people.requests import SignedIn


def seen(request: SignedIn, pk: int, right: str = "governance.attend_assembly") -> Assembly:
    """Gives a convened assembly within sight (404), after asking the right on it (403)."""
    rows = Assembly.objects.visible_to(request.user).select_related("rule_set")
    assembly = get_object_or_404(rows.exclude(state=AssemblyState.DRAFT), pk=pk)
    require(request.user, right, assembly)
    return assembly


def own_associate(request: SignedIn, assembly: Assembly, pk: int) -> Associate:
    """Gives one of those for whom this account acts (404)."""
    for one in acted_at(request.user, timezone.now()):
        if one.pk == pk:
            return one
    raise Http404


def crumbs(assembly: Assembly, *trail: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way back from a page about an assembly."""
    return [
        (_("Assemblées"), reverse("governance:assembly_list")),
        (assembly.title, assembly.get_absolute_url()),
        *trail,
    ]


def act_page(
    request: SignedIn,
    form: forms.BaseForm,
    run: Callable[[], Any],
    *,
    done: Callable[[Any], Any],
    back_url: str,
    **page: Any,
) -> HttpResponse:
    """Draws a form alone on its page; sent whole, does the act, goes back; a refusal stands at its field."""
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            found = run()
            messages.success(request, done(found))
            return redirect(back_url)
    return form_page(request, form, back_url=back_url, **page)


def act_now(request: SignedIn, run: Callable[[], Any], *, done: Any, back_url: str) -> HttpResponse:
    """Does the act of a button; what is refused is said above the page one comes back to."""
    with refused_above(request):
        run()
        messages.success(request, done)
    return redirect(back_url)
