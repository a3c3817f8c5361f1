"""Collectives that may be joined, demands, opinions and answers on both sides (ENT-45, ENT-03)."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.forms import form_page, refused_at
from cae.core.permissions import can, require, requires, signed_in
from cae.core.tables import EmptyState, Filters, LinkColumn, Table, list_page
from entrepreneurs.forms.members import AcceptJoinForm, JoinForm, RefuseJoinForm
from entrepreneurs.forms.welcome import OpinionForm
from entrepreneurs.models import Activity, JoinRequest
from entrepreneurs.selectors.feasibility import opinions_on
from entrepreneurs.selectors.members import collectives_open, part_of
from entrepreneurs.services import members as services
from entrepreneurs.services.opinions import give_member_opinion
from entrepreneurs.states.agreements import JOIN_FLOW, JoinState
from entrepreneurs.views.bars import activity_bar
from people.models import Person, Territory
from people.requests import SignedIn

_MOVES: dict[str, tuple[str, type[forms.Form], Any]] = {
    "accepter": ("accept", AcceptJoinForm, services.accept_join),
    "refuser": ("refuse", RefuseJoinForm, services.refuse_join),
    "retirer": ("withdraw", forms.Form, services.withdraw_join),
}
_SLUGS = {name: slug for slug, (name, _form, _service) in _MOVES.items()}
_TONES = {
    JoinState.ASKED: ("warning", "▲"),
    JoinState.ACCEPTED: ("success", "✔"),
    JoinState.REFUSED: ("neutral", "✕"),
    JoinState.WITHDRAWN: ("neutral", "✕"),
}


class CollectiveTable(Table):
    name = LinkColumn(verbose_name=gettext_lazy("Collectif"), url="join_url", order_by="sort_name")
    trade_label = tables.Column(verbose_name=gettext_lazy("Métier"))
    size = tables.Column(
        verbose_name=gettext_lazy("Membres"), attrs={"td": {"class": "num"}, "th": {"class": "num"}}
    )
    territory = tables.Column(
        accessor="scope__territory__name", verbose_name=gettext_lazy("Territoire"), orderable=False
    )

    class Meta(Table.Meta):
        model = Activity
        fields = ("name", "trade_label", "size", "territory")


class CollectiveFilters(Filters):
    search = ("name", "trade_label", "description")
    territory = django_filters.ModelChoiceFilter(
        field_name="scope__territory",
        queryset=lambda request: Territory.objects.all(),
        label=gettext_lazy("Territoire"),
    )

    class Meta:
        model = Activity
        fields: list[str] = []


@requires("entrepreneurs.view_collectives")
def collective_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=collectives_open(timezone.localdate()),
        table=CollectiveTable,
        filters=CollectiveFilters,
        page="entrepreneurs.collectives",
        title=_("Collectifs ouverts"),
        tabs=activity_bar(request.user, "entrepreneurs:collective_list"),
        empty=EmptyState(
            _("Aucun collectif ne cherche de membre pour l’instant."),
            _("Un collectif s’ouvre sur la page de ses membres."),
        ),
    )


@requires("entrepreneurs.ask_join")
def join_ask(request: SignedIn, pk: int) -> HttpResponse:
    activity = get_object_or_404(collectives_open(timezone.localdate()), pk=pk)
    person = _oneself(request)
    form = JoinForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            services.ask_to_join(
                activity,
                person=person,
                message=form.cleaned_data["message"],
                on=timezone.localdate(),
                actor=request.user,
            )
            messages.success(request, _("Votre demande est envoyée aux membres."))
            return redirect("entrepreneurs:collective_list")
    listed = reverse("entrepreneurs:collective_list")
    return form_page(
        request,
        form,
        title=_("Demander à rejoindre « %(name)s »") % {"name": activity.name},
        lead=activity.description or activity.trade_label,
        submit=_("Envoyer ma demande"),
        back_url=listed,
        crumbs=[(_("Collectifs ouverts"), listed), (activity.name, "")],
    )


@signed_in
def join_detail(request: SignedIn, pk: int) -> HttpResponse:
    demand = _seen(request, pk)
    today = timezone.localdate()
    waiting = demand.state == JoinState.ASKED
    opinions = list(opinions_on(demand))
    gave = any(one.person_id == request.user.person_id and one.opinion for one in opinions)
    context = {
        "demand": demand,
        "status": (*_TONES[JoinState(demand.state)], demand.get_state_display()),
        "opinions": opinions,
        "moves": [
            (move.label, reverse("entrepreneurs:join_move", args=[pk, _SLUGS[move.name]]), move.name)
            for move in JOIN_FLOW.moves_open_to(request.user, demand)
        ],
        "may_opine": waiting and not gave and bool(part_of(request.user.person, demand.activity, today)),
    }
    return render(request, "entrepreneurs/activity_join.html", context)


@signed_in
def join_opinion(request: SignedIn, pk: int) -> HttpResponse:
    demand = _seen(request, pk)
    require(request.user, "entrepreneurs.judge_join", demand.activity)
    form = OpinionForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            give_member_opinion(
                demand,
                person=_oneself(request),
                value=form.cleaned_data["opinion"],
                text=form.cleaned_data["text"],
                on=timezone.localdate(),
                actor=request.user,
            )
            return redirect(demand)
    return _page(request, demand, form, _("Donner mon avis"))


@signed_in
def join_move(request: SignedIn, pk: int, move: str) -> HttpResponse:
    demand = _seen(request, pk)
    if move not in _MOVES:
        raise Http404
    name, kind, service = _MOVES[move]
    legal = JOIN_FLOW.move(name)
    require(request.user, legal.right, demand)
    form = kind(
        request.POST if request.method == "POST" else None, initial={"starts_on": timezone.localdate()}
    )
    if form.is_valid():
        with refused_at(form):
            service(demand, actor=request.user, **form.cleaned_data)
            return redirect(demand)
    return _page(request, demand, form, str(legal.label))


def _oneself(request: SignedIn) -> Person:
    """The person of the account; an account of nobody joins nothing."""
    if request.user.person is None:
        raise Http404
    return request.user.person


def _seen(request: SignedIn, pk: int) -> JoinRequest:
    rows = JoinRequest.objects.visible_to(request.user).select_related("activity__scope", "person")
    return get_object_or_404(rows, pk=pk)


def _page(request: SignedIn, demand: JoinRequest, form: forms.Form, title: str) -> HttpResponse:
    page = demand.get_absolute_url()
    top = []
    if can(request.user, "entrepreneurs.view_collectives"):
        top = [(_("Collectifs ouverts"), reverse("entrepreneurs:collective_list"))]
    return form_page(
        request,
        form,
        title=title,
        lead=str(demand),
        submit=title,
        back_url=page,
        crumbs=[*top, (_("Demande"), page), (title, "")],
    )
