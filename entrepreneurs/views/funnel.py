"""Figures of the welcome: what became of applications, targets of the year; each figure opens its list."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.acting import act_page
from cae.core.permissions import requires
from cae.core.tab_bars import tabs_open_to
from cae.core.tables import EmptyState, list_page
from entrepreneurs.forms.funnel import PeriodForm, TargetForm
from entrepreneurs.models import Application
from entrepreneurs.selectors.stages import UNREAD, applications_placed
from entrepreneurs.selectors.welcome_funnel import (
    REACHED,
    applications_reaching,
    applications_received,
    funnel_of,
    targets_of,
)
from entrepreneurs.services.stages import set_target
from entrepreneurs.states.applications import ApplicationState
from entrepreneurs.views.bars import WELCOME
from entrepreneurs.views.board import ApplicationFilters, ApplicationTable

_STEPS = {*REACHED, "waiting", *ApplicationState.values} - {ApplicationState.DRAFT}


def _period(request: HttpRequest) -> tuple[PeriodForm, dict[str, Any]]:
    today = timezone.localdate()
    first: dict[str, Any] = {
        "since": date(today.year, 1, 1),
        "until": today,
        "territory": None,
        "source": "",
    }
    asked = "since" in request.GET
    form = PeriodForm(request.GET if asked else None, initial=first)
    return form, form.cleaned_data if asked and form.is_valid() else first


@requires("entrepreneurs.view_board")
def funnel(request: HttpRequest) -> HttpResponse:
    """The steps as bars with their table, delays, shares, and the targets of the year."""
    form, period = _period(request)
    today = timezone.localdate()
    rows = applications_received(request.user, **period)
    found = funnel_of(rows, on=period["until"])
    query = urlencode(
        {
            "since": period["since"],
            "until": period["until"],
            "territory": period["territory"].pk if period["territory"] else "",
            "source": period["source"],
        }
    )
    context = {
        "form": form,
        "funnel": found,
        "bars": [(str(step.label), step.count) for step in found.steps],
        "steps": [(step, _address(step.code, query)) for step in (*found.steps, *found.outcomes)],
        "percents": {
            "tested": _percent(found.tested_share),
            "target": _percent(found.tested_target),
            "co_opted": _percent(found.co_opted_share),
        },
        "tabs": tabs_open_to(request.user, WELCOME, "entrepreneurs:funnel"),
        "targets": targets_of(today.year, today=today),
        "year": today.year,
        "may_set": permissions.can(request.user, "entrepreneurs.set_targets"),
    }
    return render(
        request,
        "entrepreneurs/welcome/funnel.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )


def _address(code: str, query: str) -> str:
    return reverse("entrepreneurs:funnel_rows", args=[code]) + f"?{query}"


def _percent(value: Any) -> str:
    """A whole percent, for reading."""
    return "" if value is None else f"{round(value * 100)} %"


@requires("entrepreneurs.view_board")
def funnel_rows(request: HttpRequest, step: str) -> HttpResponse:
    """The applications behind a figure."""
    if step not in _STEPS:
        raise Http404
    _form, period = _period(request)
    counted = applications_reaching(applications_received(request.user, **period), step)
    label = REACHED.get(step) or (_("En cours") if step == "waiting" else ApplicationState(step).label)
    return list_page(
        request,
        queryset=applications_placed(
            Application.objects.filter(pk__in=counted.order_by().values("pk"))
        ).defer(*UNREAD),
        table=ApplicationTable,
        filters=ApplicationFilters,
        page="entrepreneurs.funnel_rows",
        title=label,
        empty=EmptyState(_("Aucune candidature derrière ce chiffre.")),
        tabs=tabs_open_to(request.user, WELCOME, "entrepreneurs:funnel"),
    )


@requires("entrepreneurs.set_targets")
def target_set(request: HttpRequest) -> HttpResponse:
    back = reverse("entrepreneurs:funnel")
    return act_page(
        request,
        TargetForm(request.POST or None, initial={"year": timezone.localdate().year}),
        lambda content: set_target(**content, actor=request.user),
        title=_("Fixer un objectif d’accueil"),
        submit=_("Fixer l’objectif"),
        done=_("Objectif fixé."),
        lead=_(
            "Pour un même territoire et une même porte d’entrée, c’est le dernier objectif fixé qui vaut."
        ),
        back_url=back,
        crumbs=[(_("Chiffres de l’accueil"), back), (_("Objectif"), "")],
    )
