"""What a member holds: plans, pauses, deposits, passes (COW-11, COW-12, COW-14)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.periods import Month
from cae.core.permissions import can, require, requires
from cae.core.templatetags.formats import day
from cae.core.workflow import Move
from coworking.calculations.proration import due_of
from coworking.forms.members import DepositForm, EndForm, HoldForm, PauseForm, ReasonForm, SellForm
from coworking.models import Deposit, Pause, Subscription
from coworking.selectors.members import included_of
from coworking.selectors.plans import monthly_price
from coworking.services import deposits, passes, pauses
from coworking.services import subscriptions as verbs
from coworking.states.members import DEPOSIT_FLOW, SUBSCRIPTION_FLOW, DepositState
from coworking.views.members import crumbs_of_member, member_found
from coworking.views.place_frame import place_form
from people.requests import SignedIn

_READS, _KEEPS = "coworking.read_members", "coworking.keep_members"


def _found(request: SignedIn, pk: int, right: str) -> Subscription:
    rows = Subscription.objects.select_related(
        "member__place__scope",
        "member__person",
        "plan",
        "payer__activity",
        "payer__customer",
        "unit__resource",
    )
    row = get_object_or_404(rows, pk=pk)
    require(request.user, right, row)
    return row


@requires("coworking.read_members")
def subscription(request: SignedIn, pk: int) -> HttpResponse:
    """A subscription: its price, what it includes, its pauses, its deposit, what it was due."""
    row, today = _found(request, pk, _READS), timezone.localdate()
    deposit = Deposit.objects.filter(subscription=row).first()
    context = {
        "subscription": row,
        "crumbs": crumbs_of_member(row.member),
        "price": monthly_price(row, max(today, row.starts_on)),
        "included": included_of(row, Month.of(today)),
        "pauses": row.pauses.all(),
        "deposit": deposit,
        "deposit_moves": _moves_of(request, deposit),
        "charges": row.charges.order_by("-day")[:12],
        "moves": {move.name for move in SUBSCRIPTION_FLOW.moves_open_to(request.user, row)},
        "may_keep": can(request.user, _KEEPS, row),
        "back_name": "coworking:desk_back" if can(request.user, _KEEPS, row) else "",
    }
    return render(request, "coworking/members/subscription.html", context)


@requires("coworking.keep_members")
def subscription_hold(request: SignedIn, pk: int) -> HttpResponse:
    member = member_found(request, pk, _KEEPS)
    form = HoldForm(request.POST or None, place=member.place, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            verbs.hold_plan(member, data=form.typed(), form_key=form.key, actor=request.user)
            messages.success(request, _("Abonnement ouvert."))
            return redirect(member)
    title = _("Abonner %(name)s") % {"name": member}
    return place_form(request, form, member.place, title=title, back=(member, member.get_absolute_url()))


@requires("coworking.keep_members")
def pass_sell(request: SignedIn, pk: int) -> HttpResponse:
    member = member_found(request, pk, _KEEPS)
    form = SellForm(request.POST or None, member=member)
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            passes.sell_pass(
                member, plan=typed["plan"], on=typed["on"], form_key=form.key, actor=request.user
            )
            messages.success(request, _("Carnet vendu : il sera facturé avec le mois."))
            return redirect(member)
    title = _("Vendre un carnet à %(name)s") % {"name": member}
    return place_form(request, form, member.place, title=title, back=(member, member.get_absolute_url()))


@require_POST
@requires("coworking.keep_members")
def subscription_act(request: SignedIn, pk: int) -> HttpResponse:
    """Accepted, or taken back from its end."""
    row, do = _found(request, pk, _KEEPS), request.POST.get("do", "")
    with refused_above(request):
        if do == "accept":
            verbs.accept_subscription(row, actor=request.user)
            messages.success(request, _("Abonnement accepté."))
        elif do == "end":
            verbs.end_subscription(row, on=timezone.localdate(), actor=request.user)
            messages.success(request, _("Abonnement fini."))
        elif do == "take_back_end":
            verbs.take_back_end(row, actor=request.user)
            messages.success(request, _("L’abonnement continue."))
    return redirect(row)


@requires("coworking.keep_members")
def subscription_refuse(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            verbs.refuse_subscription(row, reason=form.cleaned_data["reason"], actor=request.user)
            messages.success(request, _("Demande refusée."))
            return redirect(row)
    return _form(request, form, row, _("Refuser « %(plan)s »") % {"plan": row.plan}, submit=_("Refuser"))


@requires("coworking.keep_members")
def subscription_end(request: SignedIn, pk: int) -> HttpResponse:
    """The effect is said first: the last day, and what the last month will be due."""
    row, today = _found(request, pk, _KEEPS), timezone.localdate()
    form = EndForm(request.POST or None, initial={"asked_on": today})
    if form.is_valid():
        typed = form.cleaned_data
        with refused_at(form):
            verbs.ask_end(
                row,
                asked_on=typed["asked_on"],
                last_day=typed["last_day"],
                reason=typed["reason"],
                actor=request.user,
            )
            messages.success(request, _("Fin notée."))
            return redirect(row)
    title = _("Mettre fin à « %(plan)s »") % {"plan": row.plan}
    return _form(request, form, row, title, submit=_("Noter la fin"), lead=effect_of_end(row))


def effect_of_end(row: Subscription) -> str:
    """What ending today would do, in a sentence."""
    last = verbs.last_day_of(row, timezone.localdate())
    words = _("Demandée aujourd’hui, la fin est au %(day)s.") % {"day": day(last)}
    priced = monthly_price(row, last)
    if priced is None:
        return words
    due = due_of(priced[0], Month.of(last), row.starts_on, last)
    if due.is_whole:
        return words + " " + _("Son dernier mois est dû entier.")
    return words + " " + _("Son dernier mois est dû pour %(days)d jours.") % {"days": due.days}


@requires("coworking.keep_members")
def subscription_pause(request: SignedIn, pk: int) -> HttpResponse:
    row = _found(request, pk, _KEEPS)
    form = PauseForm(request.POST or None)
    if form.is_valid():
        with refused_at(form):
            pauses.pause_subscription(row, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Pause notée : ses jours ne sont pas dus."))
            return redirect(row)
    return _form(request, form, row, _("Mettre « %(plan)s » en pause") % {"plan": row.plan})


@require_POST
@requires("coworking.keep_members")
def pause_lift(request: SignedIn, pk: int) -> HttpResponse:
    pause = get_object_or_404(Pause.objects.select_related("subscription__member__place__scope"), pk=pk)
    require(request.user, _KEEPS, pause)
    with refused_above(request):
        pauses.lift_pause(pause, actor=request.user)
        messages.success(request, _("Pause levée."))
    return redirect(pause.subscription)


@requires("coworking.keep_members")
def subscription_change(request: SignedIn, pk: int) -> HttpResponse:
    """Another plan follows from a day on."""
    row = _found(request, pk, _KEEPS)
    month = Month.of(timezone.localdate()).next()
    form = HoldForm(request.POST or None, place=row.member.place, initial={"starts_on": month.first})
    if form.is_valid():
        with refused_at(form):
            verbs.change_plan_held(row, data=form.typed(), form_key=form.key, actor=request.user)
            messages.success(request, _("Changement noté."))
            return redirect(row.member)
    lead = _("« %(plan)s » finit la veille ; chaque mois est dû pour ses jours.") % {"plan": row.plan}
    return _form(request, form, row, _("Changer de formule"), lead=lead)


@requires("coworking.keep_members")
def deposit_act(request: SignedIn, pk: int, move: str) -> HttpResponse:
    deposit = get_object_or_404(
        Deposit.objects.select_related("subscription__member__place__scope", "subscription__plan"), pk=pk
    )
    require(request.user, _KEEPS, deposit)
    moves = {one.name: one for one in DEPOSIT_FLOW.moves}
    if move not in moves:
        raise Http404
    form = DepositForm(request.POST or None, move=move, is_posted=deposit.is_posted)
    if form.is_valid():
        services: dict[str, Any] = {
            "receive": deposits.receive_deposit,
            "take_back": deposits.take_back_deposit,
            "give_back": deposits.give_back_deposit,
            "keep": deposits.keep_deposit,
        }
        with refused_at(form):
            services[move](deposit, **form.cleaned_data, actor=request.user)
            messages.success(request, _("Dépôt de garantie noté."))
            return redirect(deposit.subscription)
    title = _("Dépôt de garantie : %(act)s") % {"act": moves[move].label}
    return _form(
        request,
        form,
        deposit.subscription,
        title,
        submit=moves[move].label,
        lead=_what_happens(deposit, move),
    )


def _moves_of(request: SignedIn, deposit: Deposit | None) -> list[Move]:
    """Nothing of what is kept for good."""
    if deposit is None or (deposit.state == DepositState.KEPT and not deposit.waits_for_its_invoice):
        return []
    return DEPOSIT_FLOW.moves_open_to(request.user, deposit)


def _what_happens(deposit: Deposit, move: str) -> str:
    """What the books do of it, before it is done."""
    if deposit.place.activity_id is None or (move != "receive" and not deposit.is_posted):
        return _("Noté seulement : ce lieu ne vendait rien, rien ne passe en comptabilité.")
    if move == "keep":
        return _("Une ligne est à facturer de ce montant ; le dépôt paiera sa facture.")
    return _("Écrit en comptabilité : banque et 165, dans la section du lieu.")


def _form(
    request: SignedIn, form: Any, row: Subscription, title: str, *, submit: Any = "", lead: Any = ""
) -> HttpResponse:
    back = (_("Coworkers"), reverse("coworking:subscription", args=[row.pk]))
    return place_form(request, form, row.member.place, title=title, back=back, submit=submit, lead=lead)
