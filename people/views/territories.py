"""The tree of territories and the advisors' portfolios, in the settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.forms import form_page, refused_at
from cae.core.permissions import requires
from people.forms.territories import PortfolioForm, TerritoryCountForm, TerritoryDayForm, TerritoryForm
from people.models import Scope, Territory
from people.requests import SignedIn
from people.selectors.scopes import portfolios
from people.selectors.territories import territory_tree
from people.services.scopes import save_portfolio
from people.services.territories import count_territory, save_territory
from people.states import ScopeKind


@requires("people.view_territories")
def territory_list(request: SignedIn) -> HttpResponse:
    form = TerritoryDayForm(request.GET or None)
    on = (form.cleaned_data["au"] if form.is_valid() else None) or timezone.localdate()
    context = {"branches": territory_tree(on), "portfolios": portfolios(), "form": form, "on": on}
    return render(
        request, "people/territory_list.html", context, status=422 if form.is_bound and form.errors else 200
    )


@requires("people.change_territory")
def territory_create(request: SignedIn) -> HttpResponse:
    return _territory_form(request, None, title=_("Nouveau territoire"))


@requires("people.change_territory")
def territory_edit(request: SignedIn, pk: int) -> HttpResponse:
    return _territory_form(request, get_object_or_404(Territory, pk=pk), title=_("Modifier le territoire"))


def _territory_form(request: SignedIn, territory: Territory | None, *, title: str) -> HttpResponse:
    form = TerritoryForm(request.POST or None, instance=territory)
    if form.is_valid():
        with refused_at(form):
            saved = save_territory(territory, data=form.data_typed(), actor=request.user)
            messages.success(request, _("« %(name)s » enregistré.") % {"name": saved.name})
            return redirect("people:territory_list")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Enregistrer"),
        back_url=reverse("people:territory_list"),
        crumbs=[(_("Territoires"), reverse("people:territory_list")), (title, "")],
    )


@requires("people.change_territory")
def territory_count(request: SignedIn, pk: int) -> HttpResponse:
    territory = get_object_or_404(Territory, pk=pk)
    form = TerritoryCountForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            count_territory(territory, actor=request.user, **form.cleaned_data)
            messages.success(request, _("« %(name)s » enregistré.") % {"name": territory.name})
            return redirect("people:territory_list")
    title = _("Population et zone")
    return form_page(
        request,
        form,
        title=title,
        lead=territory.name,
        submit=_("Enregistrer"),
        back_url=reverse("people:territory_list"),
        crumbs=[(_("Territoires"), reverse("people:territory_list")), (title, "")],
    )


@requires("people.change_territory")
def portfolio_create(request: SignedIn) -> HttpResponse:
    return _portfolio_form(request, None, title=_("Nouveau portefeuille"))


@requires("people.change_territory")
def portfolio_edit(request: SignedIn, pk: int) -> HttpResponse:
    portfolio = get_object_or_404(Scope, pk=pk, kind=ScopeKind.PORTFOLIO)
    return _portfolio_form(request, portfolio, title=_("Modifier le portefeuille"))


def _portfolio_form(request: SignedIn, portfolio: Scope | None, *, title: str) -> HttpResponse:
    held = {"label": portfolio.label, "scopes": portfolio.followed.all()} if portfolio else {}
    form = PortfolioForm(request.POST or None, initial=held)
    if form.is_valid():
        with refused_at(form):
            saved = save_portfolio(portfolio, actor=request.user, **form.cleaned_data)
            messages.success(request, _("« %(name)s » enregistré.") % {"name": saved.label})
            return redirect("people:territory_list")
    return form_page(
        request,
        form,
        title=title,
        lead=_("Un rôle d’accompagnement limité à ce portefeuille voit ces activités, et elles seules."),
        submit=_("Enregistrer"),
        back_url=reverse("people:territory_list"),
        crumbs=[(_("Territoires"), reverse("people:territory_list")), (title, "")],
    )
