"""Subscriptions of shares: the list, the bulletin prepared, one with its payments and its acts (GOV-05)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
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
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cae.core.forms import form_page, refused_at
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
    selected,
)
from cae.core.templatetags.formats import day, money
from governance.forms.shares import UndoForm
from governance.forms.subscriptions import (
    CancelSubscriptionForm,
    HeldOnPayForm,
    PaperForm,
    PaymentForm,
    SubscriptionForm,
)
from governance.models import Associate, SharePayment, Subscription, VotingRightEvent
from governance.selectors.associates import own_associates
from governance.selectors.share_people import associates_offered, classes_offered
from governance.selectors.shares import late_payments, next_payment, subscriptions_listed
from governance.selectors.subscription_facts import facts_of, is_for, notices_of
from governance.services.share_payments import record_held_on_pay, record_payment, reverse_payment
from governance.services.subscriptions import (
    SubscriptionData,
    cancel_subscription,
    prepare_subscription,
    sign_subscription,
)
from governance.states.register import SUBSCRIPTION_FLOW, PaymentPlan, SubscriptionState
from governance.views.share_bars import ASSOCIATE_NAMES, Movement, movement_page, share_crumbs, share_tabs
from people.requests import SignedIn

WRITE = "governance.write_shares"
_NUM = {"td": {"class": "num"}, "th": {"class": "num"}}


class SubscriptionTable(Table):
    associate = LinkColumn(
        order_by=("associate__person__sort_name", "associate__organisation__name"),
        attrs={"td": {"class": "card-title"}},
    )
    share_class = tables.Column(accessor="share_class__code", verbose_name=gettext_lazy("Parts"))
    quantity = tables.Column(verbose_name=gettext_lazy("Nombre"), attrs=_NUM)
    amount = MoneyColumn(verbose_name=gettext_lazy("Souscrit"), orderable=False)
    paid = MoneyColumn(verbose_name=gettext_lazy("Versé"))
    plan = tables.Column()
    signed_on = DateColumn()
    state = StatusColumn()

    class Meta(Table.Meta):
        model = Subscription
        fields = ("associate", "share_class", "quantity", "amount", "paid", "plan", "signed_on", "state")


class SubscriptionFilters(Filters):
    search = ASSOCIATE_NAMES
    state = django_filters.ChoiceFilter(label=gettext_lazy("État"), choices=SubscriptionState.choices)
    plan = django_filters.ChoiceFilter(label=gettext_lazy("Libération"), choices=PaymentPlan.choices)

    class Meta:
        model = Subscription
        fields = ("state", "plan")


@requires("governance.view_shares")
def subscription_list(request: SignedIn) -> HttpResponse:
    return list_page(
        request,
        queryset=subscriptions_listed(request.user),
        table=SubscriptionTable,
        filters=SubscriptionFilters,
        page="governance.subscriptions",
        title=_("Souscriptions"),
        tabs=share_tabs(request.user, "subscription_list"),
        empty=EmptyState(_("Aucune souscription."), _("Préparez un bulletin : l’associé·e le signe ici.")),
        main_action=Action(
            _("Préparer un bulletin"), reverse("governance:subscription_prepare"), right=WRITE
        ),
        actions=[Action(_("Noter la retenue sur la paie"), reverse("governance:held_on_pay"), right=WRITE)],
    )


@require_POST
@requires("governance.write_shares")
def held_on_pay(request: SignedIn) -> HttpResponse:
    """The next payment of each chosen subscription, held on the pay of a day: the day is asked first."""
    rows = selected(request, subscriptions_listed(request.user), SubscriptionFilters)
    held = rows.filter(plan=PaymentPlan.ON_PAY, state=SubscriptionState.SIGNED)
    # Another hand notes one's own.
    waiting = held.exclude(associate__in=own_associates(request.user, timezone.localdate()))
    due = [(one, payment) for one in waiting if (payment := next_payment(one, one.paid)) is not None]
    today = timezone.localdate()
    form = HeldOnPayForm(request.POST if "on" in request.POST else None, initial={"on": today})
    if form.is_valid():
        for one, _payment in due:
            require(request.user, WRITE, one)
        with refused_at(form):
            done = record_held_on_pay(
                [one for one, _payment in due], on=form.cleaned_data["on"], actor=request.user, today=today
            )
            said = ngettext("%(count)d retenue notée", "%(count)d retenues notées", done.count)
            messages.success(request, f"{said % {'count': done.count}} : {money(done.total)}.")
            return redirect("governance:subscription_list")
    title = _("Noter la retenue sur la paie")
    back = reverse("governance:subscription_list")
    return form_page(
        request,
        form,
        title=title,
        submit=_("Noter"),
        back_url=back,
        crumbs=share_crumbs((_("Souscriptions"), back), (title, "")),
        template="governance/shares/held_on_pay.html",
        due=due,
        total=sum((payment.amount for _one, payment in due), Decimal(0)),
    )


@requires("governance.view_shares")
def late_payments_page(request: SignedIn) -> HttpResponse:
    """What should have been paid, since when, and whether a formal notice was sent for it."""
    today = timezone.localdate()
    late = late_payments(today, Subscription.objects.visible_to(request.user))
    last: dict[int, VotingRightEvent] = {}
    for event in notices_of(one.subscription.associate_id for one in late):
        last.setdefault(event.associate_id, event)
    told = [(one, last.get(one.subscription.associate_id)) for one in late]
    context = {
        "late": [(one, event.at if event and is_for(event, one.since) else None) for one, event in told],
        "total": sum((one.missing for one in late), Decimal(0)),
        "tabs": share_tabs(request.user, "late_payments"),
        "to_notify": _to_notify(request, [one.subscription.associate for one in late], today),
    }
    return render(request, "governance/shares/late.html", context)


def _to_notify(request: SignedIn, late: list[Associate], today: date) -> set[int]:
    """To whom this person may give notice: still an associate, and not oneself."""
    if not can(request.user, "governance.write_rights"):
        return set()
    own = {one.pk for one in own_associates(request.user, today)}
    return {one.pk for one in late if one.is_associate_on(today)} - own


@requires("governance.write_shares")
def subscription_prepare(request: SignedIn) -> HttpResponse:
    """A bulletin to be signed: what it does to the limits is shown first."""
    today, user = timezone.localdate(), request.user
    form = SubscriptionForm(
        request.POST or None,
        associates=associates_offered(today),
        classes=classes_offered(),
        initial={"first_due_on": today, "associate": request.GET.get("associe")},
    )

    def changes(data: Mapping[str, Any]) -> tuple[dict[int, Decimal], date]:
        return {data["associate"].pk: data["quantity"] * data["share_class"].nominal}, today

    def act(data: Mapping[str, Any]) -> HttpResponse:
        require(user, WRITE, data["associate"])
        typed = SubscriptionData(**{name: data[name] for name in SubscriptionData.__dataclass_fields__})
        row = prepare_subscription(
            data["associate"], data=typed, actor=user, on=today, accepted=data["accepted"]
        )
        messages.success(request, _("Bulletin prêt à signer."))
        return redirect(row)

    title, back = _("Préparer un bulletin"), reverse("governance:subscription_list")
    crumbs = share_crumbs((_("Souscriptions"), back), (title, ""))
    lead = _("Les parts sont émises à la signature du bulletin.")
    return movement_page(request, form, Movement(title, back, crumbs, lead, changes, act))


@requires("governance.view_subscription")
def subscription_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One subscription: what was agreed, what came, its files, what may be done."""
    row = seen_subscription(request, pk)
    today = timezone.localdate()
    open_moves = {move.name for move in SUBSCRIPTION_FLOW.moves_open_to(request.user, row)}
    context = {
        "row": row,
        "facts": facts_of(row, today),
        "crumbs": crumbs_of(request, (str(row), "")),
        "may_write": can(request.user, WRITE, row),
        "may_sign": "sign" in open_moves and can(request.user, "governance.ask_shares", row.associate),
        "may_cancel": "cancel" in open_moves,
        "may_see_books": can(request.user, "accounting.view_ledger"),
    }
    return render(request, "governance/shares/subscription.html", context)


@requires("governance.write_shares")
def subscription_paper(request: SignedIn, pk: int) -> HttpResponse:
    """The house notes a bulletin that was signed on paper."""
    row = _written(request, pk)
    form = PaperForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if form.is_valid():
        with refused_at(form):
            sign_subscription(row, actor=request.user, at=timezone.now(), paper=form.typed())
            messages.success(request, _("Bulletin signé : les parts sont émises."))
            return redirect(row)
    return _act_page(request, row, form, title=_("Noter un bulletin signé sur papier"), submit=_("Noter"))


@requires("governance.write_shares")
def subscription_pay(request: SignedIn, pk: int) -> HttpResponse:
    """Money received for a subscription."""
    row = _written(request, pk)
    today = timezone.localdate()
    facts = facts_of(row, today)
    following = next_payment(row, facts.paid)
    form = PaymentForm(
        request.POST or None, initial={"on": today, "amount": following.amount if following else None}
    )
    if form.is_valid():
        with refused_at(form):
            record_payment(row, data=form.typed(), actor=request.user, today=today)
            messages.success(request, _("Versement noté."))
            return redirect(row)
    lead = _("Reste à verser : %(left)s.") % {"left": money(facts.left)}
    return _act_page(request, row, form, title=_("Noter un versement"), submit=_("Noter"), lead=lead)


@requires("governance.write_shares")
def payment_reverse(request: SignedIn, pk: int, payment_id: int) -> HttpResponse:
    """A wrong or unpaid payment is taken back by its opposite."""
    row = _written(request, pk)
    payment = get_object_or_404(SharePayment.objects.filter(subscription=row), pk=payment_id)
    today = timezone.localdate()
    form = UndoForm(request.POST or None, initial={"on": today})
    if form.is_valid():
        found = form.cleaned_data
        with refused_at(form):
            reverse_payment(payment, on=found["on"], reason=found["reason"], actor=request.user, today=today)
            messages.success(request, _("Versement annulé par son contraire."))
            return redirect(row)
    lead = _("%(amount)s, le %(day)s.") % {"amount": money(payment.amount), "day": day(payment.on)}
    title, submit = _("Annuler un versement"), _("Annuler ce versement")
    return _act_page(request, row, form, title=title, submit=submit, lead=lead, tone="danger")


@signed_in
def subscription_cancel(request: SignedIn, pk: int) -> HttpResponse:
    """A bulletin is given up, by its associate while it is not signed; then the shares not paid are
    cancelled."""
    row = seen_subscription(request, pk)
    require(request.user, "governance.give_up_shares", row)
    today = timezone.localdate()
    form = CancelSubscriptionForm(request.POST or None, initial={"on": today})
    if form.is_valid():
        found = dict(form.cleaned_data)
        with refused_at(form):
            cancel_subscription(row, **found, actor=request.user, today=today)
            messages.success(request, _("Souscription abandonnée."))
            return redirect(row)
        if "accepted" in form.errors:
            form.ask_to_accept()
    lead = ""
    if row.signed_on is not None:
        lead = _("Les parts entièrement payées restent ; les autres sont annulées.")
    title, submit = _("Abandonner la souscription"), _("Abandonner")
    return _act_page(request, row, form, title=title, submit=submit, lead=lead, tone="danger")


def seen_subscription(request: HttpRequest, pk: int) -> Subscription:
    """The subscription if the person sees it; otherwise 404, as if there were none."""
    rows = Subscription.objects.visible_to(request.user).select_related(
        *("associate__person", "associate__organisation", "share_class"),
        *("bulletin", "certificate", "signature", "created_by__person"),
    )
    found: Subscription = get_object_or_404(rows, pk=pk)
    return found


def _written(request: SignedIn, pk: int) -> Subscription:
    row = seen_subscription(request, pk)
    require(request.user, WRITE, row)
    return row


def crumbs_of(request: SignedIn, *last: tuple[Any, str]) -> list[tuple[Any, str]]:
    """The way down from the shares, for who keeps them; else from one's own page."""
    if can(request.user, "governance.view_shares"):
        return share_crumbs((_("Souscriptions"), reverse("governance:subscription_list")), *last)
    return [(_("Mes parts"), reverse("governance:own_shares")), *last]


def _act_page(
    request: SignedIn,
    row: Subscription,
    form: forms.Form,
    *,
    title: str,
    submit: str,
    lead: str = "",
    tone: str = "primary",
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        submit=submit,
        tone=tone,
        lead=lead,
        back_url=row.get_absolute_url(),
        crumbs=crumbs_of(request, (str(row), row.get_absolute_url()), (title, "")),
    )
