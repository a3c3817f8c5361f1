"""The list of trades: with live counts, the page of each, its rules (ENT-41)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.keys import key_in
from cae.core.permissions import can, requires
from cae.core.tables import Action, DateColumn, EmptyState, Filters, LinkColumn, Table, list_page
from entrepreneurs.forms.trades import CloseTradeForm, TradeForm
from entrepreneurs.models import Activity, Trade
from entrepreneurs.selectors.trades import trades_listed
from entrepreneurs.services.trades import TOLD, change_trade, close_trade, create_trade
from entrepreneurs.states.papers import PAPER_KINDS
from entrepreneurs.states.trades import TradeFamily
from entrepreneurs.views.bars import activity_bar
from people.models import Territory
from people.selectors.territories import territory_and_below


class TradeTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Métier"), order_by="sort_name")
    family = tables.Column()
    activity_count = tables.Column(
        verbose_name=gettext_lazy("Activités"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    is_regulated = tables.BooleanColumn(verbose_name=gettext_lazy("Réglementé"), yesno=("●", "—"))
    needs_cover = tables.BooleanColumn(verbose_name=gettext_lazy("Assurance exigée"), yesno=("●", "—"))
    unit = tables.Column(verbose_name=gettext_lazy("Unité"))
    closed_on = DateColumn()

    class Meta(Table.Meta):
        model = Trade
        fields = ("name", "family", "activity_count", "is_regulated", "needs_cover", "unit", "closed_on")


class TradeFilters(Filters):
    search = ("name", "definition")
    family = django_filters.ChoiceFilter(
        label=gettext_lazy("Famille"), choices=TradeFamily.choices, empty_label=gettext_lazy("Toutes")
    )
    territory = django_filters.ModelChoiceFilter(
        method="count_there",
        queryset=lambda request: Territory.objects.all(),
        label=gettext_lazy("Activités comptées dans"),
    )
    open = django_filters.ChoiceFilter(
        method="filter_open",
        label=gettext_lazy("Situation"),
        choices=[("yes", gettext_lazy("Ouverts")), ("no", gettext_lazy("Fermés"))],
    )

    class Meta:
        model = Trade
        fields: list[str] = []

    def count_there(self, rows: QuerySet[Trade], _name: str, value: Territory) -> QuerySet[Trade]:
        """Keeps the trades exercised in a territory or below it, counted there."""
        counted = trades_listed(on=timezone.localdate(), territories=territory_and_below([value.pk]))
        return rows.filter(pk__in=counted.filter(activity_count__gt=0).values("pk"))

    def filter_open(self, rows: Any, _name: str, value: str) -> QuerySet[Trade]:
        today = timezone.localdate()
        open_now = Trade.objects.open_on(today).values("pk")
        found: QuerySet[Trade] = (
            rows.filter(pk__in=open_now) if value == "yes" else rows.exclude(pk__in=open_now)
        )
        return found


@requires("entrepreneurs.view_trades")
def trade_list(request: HttpRequest) -> HttpResponse:
    add = Action(
        _("Ajouter un métier"),
        reverse("entrepreneurs:trade_add"),
        right="entrepreneurs.change_trades",
        icon="plus-lg",
        tone="primary",
    )
    territory = Territory.objects.filter(pk=key_in(request.GET.get("territory", ""))).first()
    there = territory_and_below([territory.pk]) if territory else None
    return list_page(
        request,
        queryset=trades_listed(on=timezone.localdate(), territories=there),
        table=TradeTable,
        filters=TradeFilters,
        page="entrepreneurs.trades",
        title=_("Métiers"),
        tabs=activity_bar(request.user, "entrepreneurs:trade_list"),
        empty=EmptyState(_("Aucun métier ici."), _("Tout métier est bienvenu : ajoutez-le."), add),
        main_action=add,
    )


@requires("entrepreneurs.view_trades")
def trade_detail(request: HttpRequest, pk: int) -> HttpResponse:
    trade = get_object_or_404(trades_listed(on=timezone.localdate()), pk=pk)
    seen = Activity.objects.visible_to(request.user).open_on(timezone.localdate()).filter(trade=trade)
    papers = dict(PAPER_KINDS)
    context = {
        "trade": trade,
        "proofs": [papers.get(code, code) for code in trade.proofs],
        "exercised": seen.select_related("scope__territory")[:50],
        "is_open": trade.closed_on is None or trade.closed_on >= timezone.localdate(),
        "may_change": can(request.user, "entrepreneurs.change_trades"),
    }
    return render(request, "entrepreneurs/trade.html", context)


@requires("entrepreneurs.change_trades")
def trade_add(request: HttpRequest) -> HttpResponse:
    form = TradeForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            trade = create_trade(on=timezone.localdate(), actor=request.user, **_facts(form))
            messages.success(request, _("« %(trade)s » est dans la liste.") % {"trade": trade})
            return redirect(trade)
    return _page(request, form, _("Ajouter un métier"), reverse("entrepreneurs:trade_list"))


@requires("entrepreneurs.change_trades")
def trade_change(request: HttpRequest, pk: int) -> HttpResponse:
    trade = get_object_or_404(Trade, pk=pk)
    form = TradeForm(request.POST or None, instance=trade)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        with refused_at(form):
            change_trade(trade, version=version, actor=request.user, **_facts(form))
            messages.success(request, _("Métier enregistré. Les documents déjà émis ne changent pas."))
            return redirect(trade)
    return _page(request, form, _("Modifier le métier"), trade.get_absolute_url())


@requires("entrepreneurs.change_trades")
def trade_close(request: HttpRequest, pk: int) -> HttpResponse:
    trade = get_object_or_404(Trade, pk=pk)
    form = CloseTradeForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            close_trade(trade, last_day=form.cleaned_data["last_day"], actor=request.user)
            messages.success(request, _("Le métier ne se choisit plus après ce jour."))
            return redirect(trade)
    return _page(
        request,
        form,
        _("Fermer le métier"),
        trade.get_absolute_url(),
        lead=_("Les activités qui l’exercent le gardent ; il ne se choisit plus pour une nouvelle."),
        submit=_("Fermer « %(trade)s »") % {"trade": trade},
        tone="danger",
    )


def _facts(form: TradeForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in TOLD}


def _page(request: HttpRequest, form: Any, title: str, back_url: str, **told: Any) -> HttpResponse:
    crumbs = [(_("Métiers"), reverse("entrepreneurs:trade_list")), (title, "")]
    told = {"submit": _("Enregistrer")} | told
    return form_page(request, form, title=title, back_url=back_url, crumbs=crumbs, **told)
