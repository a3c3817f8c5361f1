"""Refunds of shares: the queue as of a day, a request and its acts, the losses that shares bear (GOV-06)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import form_page, refuse, refused_at
from cae.core.permissions import can, require, requires, signed_in
from cae.core.tables import (
    Action,
    DateColumn,
    EmptyState,
    Filters,
    LinkColumn,
    MoneyColumn,
    StatusColumn,
    Table,
    list_page,
)
from cae.core.templatetags import ui
from cae.core.templatetags.formats import day as shown
from cae.core.templatetags.formats import money
from governance.forms.refunds import EarlyForm, LossForm, PayForm, ReasonForm, RefundForm, WithdrawForm
from governance.forms.shares import UndoForm
from governance.models import CapitalLoss, Refund
from governance.selectors.refunds import (
    Queue,
    losses_listed,
    nominal_of,
    refund_queue,
    refunds_listed,
    worth_of,
    year_losses,
)
from governance.selectors.share_people import holders_offered
from governance.selectors.share_rules import effect_of, share_rules
from governance.selectors.share_words import EffectShown, effect_shown
from governance.services import refunds as verbs
from governance.states.register import RefundState
from governance.views.cells import under
from governance.views.share_bars import ASSOCIATE_NAMES, are_of_others, share_crumbs, share_tabs
from governance.views.shares import day_asked
from people.requests import SignedIn

WRITE, GIVE_UP = "governance.write_shares", "governance.give_up_shares"
_NUM = {"td": {"class": "num"}, "th": {"class": "num"}}


class RefundTable(Table):
    asked_at = DateColumn()
    associate = LinkColumn(
        order_by=("associate__person__sort_name", "associate__organisation__name"),
        attrs={"td": {"class": "card-title"}},
    )
    share_class = tables.Column(accessor="share_class__code", verbose_name=gettext_lazy("Parts"))
    quantity = tables.Column(verbose_name=gettext_lazy("Nombre"), attrs=_NUM)
    nominal_value = MoneyColumn(verbose_name=gettext_lazy("Valeur nominale"))
    withdrawn_on = DateColumn(visible=False)
    payable_from = DateColumn(visible=False)
    paid_on = DateColumn(visible=False)
    paid_amount = MoneyColumn(visible=False)
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Refund
        row_attrs = {"class": "card-flow"}
        fields = (
            *("asked_at", "associate", "share_class", "quantity", "nominal_value"),
            *("withdrawn_on", "payable_from", "paid_on", "paid_amount", "state"),
        )

    def render_state(self, value: Any, record: Refund) -> Any:
        return under(ui.status(*value), _step_of(record))


def _step_of(record: Refund) -> str:
    """What was paid and when, or from when it may be."""
    if record.paid_on is not None:
        return _("%(amount)s le %(day)s") % {
            "amount": money(record.paid_amount),
            "day": shown(record.paid_on),
        }
    if record.payable_from is not None:
        return _("à partir du %(day)s") % {"day": shown(record.payable_from)}
    return ""


class RefundFilters(Filters):
    search = ASSOCIATE_NAMES
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=RefundState.choices)

    class Meta:
        model = Refund
        fields = ("state",)


@requires("governance.view_shares")
def refund_list(request: SignedIn) -> HttpResponse:
    """Every request, with its dates and what was paid; the queue of a day is a page of its own."""
    return list_page(
        request,
        queryset=refunds_listed(request.user),
        table=RefundTable,
        filters=RefundFilters,
        page="governance.refunds",
        title=_("Remboursements de parts"),
        tabs=share_tabs(request.user, "refund_list"),
        empty=EmptyState(
            _("Aucune demande de remboursement."), _("Elles suivent l’ordre dans lequel elles arrivent.")
        ),
        main_action=Action(_("Noter une demande"), reverse("governance:refund_ask"), right=WRITE),
        template="governance/shares/refunds.html",
    )


@requires("governance.view_shares")
def refund_queue_page(request: SignedIn) -> HttpResponse:
    """The queue as it stands, or stood, at the end of a day."""
    on = day_asked(request)
    queue: Queue | None = None
    hindrance = ""
    try:
        queue = refund_queue(on)
    except Refused as refusal:
        hindrance = str(refusal)
    context = {
        "on": on,
        "queue": queue,
        "hindrance": hindrance,
        "tabs": share_tabs(request.user, "refund_list"),
    }
    return render(request, "governance/shares/queue.html", context)


@requires("governance.write_shares")
def refund_ask(request: SignedIn) -> HttpResponse:
    """A request that came, with the day it came."""
    now = timezone.now()
    today = timezone.localdate(now)
    form = RefundForm(
        request.POST or None,
        holders=holders_offered(today),
        initial={"asked_on": today, "associate": request.GET.get("associe")},
    )
    if form.is_valid() and are_of_others(request, form, "associate"):
        associate, data = form.cleaned_data["associate"], form.typed(now)
        require(request.user, WRITE, associate)
        with refused_at(form):
            row = verbs.ask_refund(associate, data=data, actor=request.user, now=now)
            messages.success(request, _("Demande notée, à son rang."))
            return redirect(row)
    title, back = _("Noter une demande de remboursement"), reverse("governance:refund_list")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Noter"),
        back_url=back,
        crumbs=share_crumbs((_("Remboursements"), back), (title, "")),
    )


@requires("governance.view_refund")
def refund_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One request: its rank, its worth, what comes next."""
    return _page(request, _seen(request, pk))


@require_POST
@signed_in
def refund_act(request: SignedIn, pk: int) -> HttpResponse:
    """One act on a request: shares withdrawn or given back, paid, paid before the delay, given up. Whoever
    asked may only give up."""
    row = _seen(request, pk)
    do = request.POST.get("do", "")
    require(request.user, GIVE_UP if do == "cancel" else WRITE, row)
    make = _forms(row).get(do)
    if make is None:
        return redirect(row)
    form = make(request.POST)
    if not form.is_valid():
        return _page(request, row, act=do, form=form)
    try:
        _act(request, row, do, form.cleaned_data)
    except Refused as refusal:
        refuse(form, refusal)
        return _page(request, row, act=do, form=form)
    messages.success(request, _("C’est fait."))
    return redirect(row)


def _act(request: SignedIn, row: Refund, do: str, data: dict[str, Any]) -> None:
    who: dict[str, Any] = {"actor": request.user, "today": timezone.localdate()}
    if do == "withdraw":
        verbs.withdraw_shares(row, on=data["on"], accepted=data["accepted"], **who)
    elif do == "pay":
        verbs.pay_refund(row, on=data["on"], **who)
    elif do == "give_back":
        verbs.give_shares_back(row, reason=data["reason"], on=data["on"], **who)
    elif do == "early":
        verbs.decide_early_payment(
            row, decision=data["decision"], payable_on=data["payable_on"], actor=request.user
        )
    elif do == "cancel":
        verbs.cancel_refund(row, reason=data["reason"], actor=request.user)


def _forms(row: Refund) -> dict[str, Callable[..., forms.Form]]:
    """The forms of the page, by their act."""
    initial = {"on": timezone.localdate()}
    if row.state == RefundState.ASKED:
        return {"withdraw": partial(WithdrawForm, initial=initial), "cancel": ReasonForm}
    if row.state == RefundState.WITHDRAWN:
        return {
            "pay": partial(PayForm, initial=initial),
            "early": EarlyForm,
            "give_back": partial(UndoForm, initial=initial),
        }
    return {}


def _page(request: SignedIn, row: Refund, *, act: str = "", form: Any = None) -> HttpResponse:
    shown = {
        name: make()
        for name, make in _forms(row).items()
        if can(request.user, GIVE_UP if name == "cancel" else WRITE, row)
    }
    effect = _effect(row) if "withdraw" in shown else None
    if form is not None:
        shown[act] = form
    if effect is not None and effect.is_broken:
        shown["withdraw"].ask_to_accept()  # type: ignore[attr-defined]
    context = {
        "row": row,
        "nominal": nominal_of(row),
        "standing": _standing(row),
        "crumbs": _crumbs(request, (str(row), "")),
        "forms": shown,
        "is_due": row.payable_from is not None and row.payable_from <= timezone.localdate(),
        "act": act,
        "effect": effect,
        "may_see_books": can(request.user, "accounting.view_ledger"),
    }
    status = 422 if form is not None else 200
    return render(request, "governance/shares/refund.html", context, status=status)


def _effect(row: Refund) -> EffectShown:
    return effect_shown(effect_of({row.associate_id: -nominal_of(row)}, timezone.localdate()))


def _standing(row: Refund) -> dict[str, Any]:
    """Its place in today's queue and its worth by the losses known; nothing once it is over."""
    if row.state not in (RefundState.ASKED, RefundState.WITHDRAWN):
        return {}
    today = timezone.localdate()
    rules = share_rules(today)
    try:
        queue = refund_queue(today, rules)
        worth = worth_of(row, year_losses(), rules.refund_years())
    except Refused as refusal:
        return {"hindrance": str(refusal)}
    found = next((one for one in queue.rows if one.refund.pk == row.pk), None)
    return {"queued": found, "worth": worth, "count": len(queue.rows)}


def _seen(request: HttpRequest, pk: int) -> Refund:
    rows = Refund.objects.visible_to(request.user).select_related(
        "associate__person", "associate__organisation", "share_class", "entry__journal", "created_by__person"
    )
    found: Refund = get_object_or_404(rows, pk=pk)
    return found


def _crumbs(request: SignedIn, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    if can(request.user, "governance.view_shares"):
        return share_crumbs((_("Remboursements"), reverse("governance:refund_list")), *last)
    return [(_("Mes parts"), reverse("governance:own_shares")), *last]


class LossTable(Table):
    closed_on = DateColumn()
    # Short: on a phone the name of an amount stands beside it.
    amount = MoneyColumn(verbose_name=gettext_lazy("Perte"))
    whole = MoneyColumn(verbose_name=gettext_lazy("Valeur des parts"))
    decision = tables.Column()
    created_by = tables.Column(orderable=False)

    class Meta(Table.Meta):
        model = CapitalLoss
        fields = ("closed_on", "amount", "whole", "decision", "created_by")


class LossFilters(Filters):
    search = ("decision",)

    class Meta:
        model = CapitalLoss
        fields: tuple[str, ...] = ()


@requires("governance.view_shares")
def capital_loss_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=losses_listed(),
        table=LossTable,
        filters=LossFilters,
        page="governance.capital_losses",
        title=_("Pertes supportées par le capital"),
        tabs=share_tabs(request.user, "refund_list"),
        empty=EmptyState(
            _("Aucune perte."), _("Une perte que les réserves n’absorbent pas diminue les remboursements.")
        ),
        main_action=Action(
            _("Noter une perte"),
            reverse("governance:capital_loss_note"),
            right="governance.write_share_classes",
        ),
    )


@requires("governance.write_share_classes")
def capital_loss_note(request: SignedIn) -> HttpResponse:
    """What the shares bear of the loss of a closed year, by a decision of the assembly."""
    form = LossForm(request.POST or None)
    back = reverse("governance:capital_loss_list")
    if form.is_valid():
        with refused_at(form):
            verbs.note_capital_loss(**form.cleaned_data, actor=request.user, today=timezone.localdate())
            messages.success(request, _("Perte notée."))
            return redirect(back)
    title = _("Noter une perte supportée par le capital")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Noter"),
        back_url=back,
        crumbs=share_crumbs((_("Pertes supportées par le capital"), back), (title, "")),
        lead=_("Elle diminue les remboursements de qui a perdu sa qualité cet exercice ou les cinq d’avant."),
    )
