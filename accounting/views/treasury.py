"""The desk of the treasury: plans by hand, floors, excesses (ACC-32, ACC-33)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.forms.treasury import CashFloorForm, ExcessForm, LastDayForm, PlanForm
from accounting.selectors.treasury_desk import cash_floors, cash_plans, floor_excesses
from accounting.services.cash_plans import end_plan, plan_cash
from accounting.services.floors import allow_excess, end_excess, end_floor, set_floor
from accounting.views.treasury_tables import (
    ExcessFilters,
    ExcessTable,
    FloorFilters,
    FloorTable,
    PlanFilters,
    PlanTable,
    treasury_tabs,
)
from cae.core.acting import act_page
from cae.core.permissions import requires
from cae.core.tables import Action, EmptyState, list_page
from people.requests import SignedIn


@requires("accounting.view_house_forecast")
def cash_plan_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=cash_plans(),
        table=PlanTable,
        filters=PlanFilters,
        page="accounting.cash_plans",
        title=_("Flux prévus à la main"),
        intro=_("Ce qu’aucune pièce ne dit : emprunts, loyers, charges des services communs."),
        tabs=treasury_tabs("cash_plan_list"),
        empty=EmptyState(
            _("Rien n’est prévu à la main."),
            _("Les factures, devis, ordres, paies et subventions comptent d’eux-mêmes."),
        ),
        main_action=Action(
            _("Prévoir un flux"),
            reverse("accounting:cash_plan_add"),
            right="accounting.plan_cash",
            icon="plus-lg",
            tone="primary",
        ),
    )


@requires("accounting.plan_cash")
def cash_plan_add(request: SignedIn) -> HttpResponse:
    form = PlanForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    return _act(
        request,
        form,
        lambda typed: plan_cash(form.content(), form_key=typed["form_key"], actor=request.user),
        desk="cash_plan_list",
        title=_("Prévoir un flux"),
        submit=_("Prévoir"),
        done=_("Flux prévu."),
    )


@requires("accounting.plan_cash")
def cash_plan_end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(cash_plans(), pk=pk)
    return _act(
        request,
        LastDayForm(request.POST or None, initial={"ends_on": timezone.localdate()}),
        lambda typed: end_plan(row, ends_on=typed["ends_on"], actor=request.user),
        desk="cash_plan_list",
        title=_("Arrêter le flux prévu"),
        submit=_("Arrêter"),
        done=_("Flux prévu arrêté."),
        lead=f"{row.label} · {row.section.label}",
        tone="danger",
    )


@requires("accounting.view_house_forecast")
def floor_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=cash_floors(),
        table=FloorTable,
        filters=FloorFilters,
        page="accounting.cash_floors",
        title=_("Planchers de trésorerie"),
        intro=_("Ni paie ni virement ne fait descendre une section sous son plancher."),
        tabs=treasury_tabs("floor_list"),
        empty=EmptyState(
            _("Aucune section n’a de plancher à elle."),
            _("Chaque activité garde le plancher usuel des réglages."),
        ),
        main_action=Action(
            _("Fixer un plancher"),
            reverse("accounting:floor_set"),
            right="accounting.set_floor",
            icon="plus-lg",
            tone="primary",
        ),
    )


@requires("accounting.set_floor")
def floor_set(request: SignedIn) -> HttpResponse:
    return _act(
        request,
        CashFloorForm(request.POST or None, initial={"starts_on": timezone.localdate()}),
        lambda typed: set_floor(actor=request.user, **typed),
        desk="floor_list",
        title=_("Fixer un plancher"),
        submit=_("Fixer"),
        done=_("Plancher fixé."),
        lead=_("Celui d’avant s’arrête la veille."),
    )


@requires("accounting.set_floor")
def floor_end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(cash_floors(), pk=pk)
    return _act(
        request,
        LastDayForm(request.POST or None, initial={"ends_on": timezone.localdate()}),
        lambda typed: end_floor(row, ends_on=typed["ends_on"], actor=request.user),
        desk="floor_list",
        title=_("Arrêter le plancher"),
        submit=_("Arrêter"),
        done=_("Plancher arrêté."),
        lead=row.section.label,
        tone="danger",
    )


@requires("accounting.view_house_forecast")
def excess_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=floor_excesses(),
        table=ExcessTable,
        filters=ExcessFilters,
        page="accounting.floor_excesses",
        title=_("Dépassements du plancher"),
        intro=_("Qui a laissé une section descendre plus bas, jusqu’où et jusqu’à quand."),
        tabs=treasury_tabs("excess_list"),
        empty=EmptyState(_("Aucun dépassement n’est autorisé.")),
        main_action=Action(
            _("Autoriser un dépassement"),
            reverse("accounting:excess_allow"),
            right="accounting.allow_floor_excess",
            icon="plus-lg",
            tone="primary",
        ),
    )


@requires("accounting.allow_floor_excess")
def excess_allow(request: SignedIn) -> HttpResponse:
    return _act(
        request,
        ExcessForm(request.POST or None, initial={"starts_on": timezone.localdate()}),
        lambda typed: allow_excess(actor=request.user, **typed),
        desk="excess_list",
        title=_("Autoriser un dépassement"),
        submit=_("Autoriser"),
        done=_("Dépassement autorisé."),
        lead=_("Il s’arrête de lui-même à sa date, et se raccourcit sans s’allonger."),
    )


@requires("accounting.allow_floor_excess")
def excess_end(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(floor_excesses(), pk=pk)
    return _act(
        request,
        LastDayForm(request.POST or None, initial={"ends_on": timezone.localdate()}),
        lambda typed: end_excess(row, ends_on=typed["ends_on"], actor=request.user),
        desk="excess_list",
        title=_("Arrêter le dépassement"),
        submit=_("Arrêter"),
        done=_("Dépassement arrêté."),
        lead=row.section.label,
        tone="danger",
    )


_DESKS = {
    "cash_plan_list": lambda: _("Flux prévus à la main"),
    "floor_list": lambda: _("Planchers de trésorerie"),
    "excess_list": lambda: _("Dépassements du plancher"),
}


def _act(request: SignedIn, form: Any, run: Any, *, desk: str, **words: Any) -> HttpResponse:
    """A form alone on its page, which goes back to its list."""
    back_url = reverse(f"accounting:{desk}")
    crumbs = [
        (_("Trésorerie"), reverse("accounting:house_forecast")),
        (_DESKS[desk](), back_url),
        (words["title"], ""),
    ]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, **words)
