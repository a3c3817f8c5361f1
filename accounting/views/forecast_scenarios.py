"""Keeps what one supposes of the next months under a name, and forgets it (ACC-31, ACC-32)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounting.forms.treasury import ChangesForm, KeepForm
from accounting.selectors.treasury_desk import scenarios_of
from accounting.services.cash_plans import drop_scenario, keep_scenario
from accounting.views.forecasts import HOUSE, Here, changes_of, here_of, query_of
from cae.core.acting import act_now
from cae.core.forms import form_page, refused_at
from cae.core.permissions import require, requires
from people.requests import SignedIn


@requires("accounting.keep_scenario")
def scenario_keep(request: SignedIn, activity_id: int) -> HttpResponse:
    here = here_of(request, activity_id)
    require(request.user, here.keeps, here.section)
    return _keep(request, here)


@requires("accounting.keep_house_scenario")
def house_scenario_keep(request: SignedIn) -> HttpResponse:
    return _keep(request, HOUSE)


def _keep(request: SignedIn, here: Here) -> HttpResponse:
    """The page says again what the scenario changes, as the forecast showed it."""
    form = KeepForm(request.POST or None, initial=_supposed(request))
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            row = keep_scenario(
                here.section, name=form.cleaned_data["name"], changes=form.changes, actor=request.user
            )
            messages.success(request, _("Scénario gardé."))
            return redirect(here.url(query=query_of(_span(request), changes_of(row))))
    title = _("Garder un scénario")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Garder"),
        back_url=here.url(),
        crumbs=here.crumbs((title, "")),
        lead=_("Un scénario du même nom est remplacé."),
    )


def _told(request: HttpRequest) -> ChangesForm | None:
    form = ChangesForm(request.GET)
    return form if form.is_valid() else None


def _supposed(request: HttpRequest) -> dict[str, Any]:
    form = _told(request)
    return {"later_days": form.changes.later_days or None, "pay": form.changes.pay} if form else {}


def _span(request: HttpRequest) -> int:
    form = _told(request)
    return form.span if form else ChangesForm.USUAL


@require_POST
@requires("accounting.keep_scenario")
def scenario_drop(request: SignedIn, activity_id: int, scenario: int) -> HttpResponse:
    here = here_of(request, activity_id)
    require(request.user, here.keeps, here.section)
    return _drop(request, here, scenario)


@require_POST
@requires("accounting.keep_house_scenario")
def house_scenario_drop(request: SignedIn, pk: int) -> HttpResponse:
    return _drop(request, HOUSE, pk)


def _drop(request: SignedIn, here: Here, pk: int) -> HttpResponse:
    row = get_object_or_404(scenarios_of(here.section), pk=pk)
    return act_now(
        request,
        lambda: drop_scenario(row, actor=request.user),
        done=_("Scénario supprimé."),
        back_url=here.url(),
    )
