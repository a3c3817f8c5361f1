"""Deals: their list, the page of one, its opening, its changes (INV-10)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden
from cae.core.forms import refused_at
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from invoicing.forms.deals import DealForm, deal_typed
from invoicing.models import Deal
from invoicing.selectors.customers import customers_of
from invoicing.selectors.deal_figures import situations_of
from invoicing.selectors.deal_papers import files_of, papers_of
from invoicing.selectors.deals import Belongings, belongings_of, deals_visible
from invoicing.selectors.instalments import instalments_of
from invoicing.services.deals import open_deal, save_deal
from invoicing.states.deals import DEAL_FLOW
from invoicing.views.deal_finding import find_deal
from invoicing.views.deal_tables import DealFilters, DealTable, deal_tabs, status_of_deal, words_of
from invoicing.views.finding import activities_to_sell_for, chosen_activity
from invoicing.views.shown import status_of_document, status_of_quote


@requires("invoicing.view_deals")
def deal_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Nouvelle affaire"), reverse("invoicing:deal_new"), right="invoicing.edit_deal", icon="plus-lg"
    )
    return list_page(
        request,
        queryset=deals_visible(request.user),
        counted=Deal.objects.visible_to(request.user),
        table=DealTable,
        filters=DealFilters,
        page="invoicing.deals",
        title=_("Affaires"),
        empty=EmptyState(
            _("Aucune affaire pour l’instant."),
            _("Une affaire rassemble les devis, factures, achats et fichiers d’un même travail."),
            new,
        ),
        main_action=new,
        tabs=deal_tabs(request.user, "invoicing:deal_list"),
    )


@requires("invoicing.view_deals")
def deal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    deal, today, user = find_deal(request, pk), timezone.localdate(), request.user
    situation = situations_of([deal], on=today)[deal.pk]
    files = files_of(deal)
    may_edit = deal.is_open and can(user, "invoicing.edit_deal", deal)
    context: dict[str, Any] = {
        "deal": deal,
        "lead": " · ".join(
            filter(None, [str(deal.kind), deal.customer.name if deal.customer else "", deal.activity.name])
        ),
        "shown": status_of_deal(deal, situation.level),
        "sums": situation.sums,
        "lit": words_of(situation.lit),
        "papers": papers_of(deal),
        "folders": _folders(files),
        "removed": files_of(deal, removed=True),
        "instalments": list(instalments_of(deal)) if deal.is_open else [],
        "today": today,
        "reviews": list(deal.reviews.select_related("answered_by__person")),
        "moves": {move.name for move in DEAL_FLOW.moves_open_to(user, deal)},
        "may_edit": may_edit,
        "may_add": deal.is_open and can(user, "invoicing.add_deal_file", deal),
        "may_waive": deal.is_open and can(user, "invoicing.waive_paper", deal),
        **_rows(belongings_of(deal, on=today), on=today),
    }
    return render(request, "invoicing/deals/detail.html", context)


@requires("invoicing.edit_deal")
def deal_new(request: HttpRequest) -> HttpResponse:
    offered = activities_to_sell_for(request, "invoicing.edit_deal")
    if not offered:
        raise Forbidden(_("Une affaire appartient à une activité : vous n’en avez aucune où en ouvrir."))
    activity = chosen_activity(request, offered)
    if activity is None:
        context = {"offered": offered, "title": _("Nouvelle affaire")}
        return render(request, "invoicing/choose_activity.html", context)
    form = DealForm(
        request.POST or None, customers=list(customers_of(activity)), initial={"form_key": uuid4()}
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            deal = open_deal(
                activity,
                content=form.content(),
                form_key=form.key,
                on=timezone.localdate(),
                actor=request.user,
            )
            messages.success(request, _("L’affaire %(number)s est ouverte.") % {"number": deal.number})
            return redirect(deal)
    return _form(request, form, {"activity": activity, "offered": offered, "title": _("Nouvelle affaire")})


@requires("invoicing.edit_deal")
def deal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    deal = find_deal(request, pk, right="invoicing.edit_deal")
    form = DealForm(
        request.POST or None,
        customers=list(customers_of(deal.activity)),
        kept=deal.kind,
        initial=deal_typed(deal),
    )
    if request.method == "POST" and form.is_valid():
        with refused_at(form):
            version = form.cleaned_data["version"] or 0
            saved = save_deal(deal, content=form.content(), version=version, actor=request.user)
            messages.success(request, _("Les changements sont enregistrés."))
            return redirect(saved)
    return _form(request, form, {"deal": deal, "title": _("Modifier l’affaire")})


def _form(request: HttpRequest, form: DealForm, context: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "invoicing/deals/form.html", {"form": form} | context, status=status)


def _folders(files: list[Any]) -> list[tuple[str, list[Any]]]:
    """The files by folder, those that stand in none first."""
    found: dict[str, list[Any]] = {}
    for file in files:
        found.setdefault(file.folder, []).append(file)
    return sorted(found.items())


def _rows(held: Belongings, *, on: Any) -> dict[str, Any]:
    """What stands in the deal, line by line: what, when, how much, where it stands, its own piece."""
    purchases = [
        {
            "what": str(one.supplier),
            "detail": one.purpose or one.number,
            "url": one.get_absolute_url(),
            "when": one.on,
            "amount": -one.total_net if one.is_credit_note else one.total_net,
            "word": one.get_state_display(),
            "piece": held.pieces.get(("purchase", one.pk)),
        }
        for one in held.purchases
    ]
    expenses = [
        {
            "what": one.label,
            "detail": str(one.claim.person),
            "url": one.get_absolute_url(),
            "when": one.on,
            "amount": one.cost,
            "word": one.claim.get_state_display(),
            "piece": held.pieces.get(("expense", one.pk)),
        }
        for one in held.expenses
    ]
    return {
        "quotes": [
            (one, status_of_quote(one, on=on), held.pieces.get(("quote", one.pk))) for one in held.quotes
        ],
        "invoices": [
            (one, status_of_document(one), held.pieces.get(("invoice", one.pk))) for one in held.invoices
        ],
        "costs": sorted(purchases + expenses, key=lambda row: row["when"], reverse=True),
    }
