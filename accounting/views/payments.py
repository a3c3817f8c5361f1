"""Pages of payment orders: what is to be paid, what is held and why, one order and its acts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.calculations.payment_orders import Beneficiary
from accounting.forms.payments import PaidForm, PayeeForm, WhyForm
from accounting.models import PaymentOrder
from accounting.selectors.payments import (
    holds_of,
    lines_of_order,
    orders_held,
    orders_ready,
    orders_waiting,
    payment_orders,
)
from accounting.services.payment_batches import reject_payment, settle_payment
from accounting.services.payment_orders import clear_hold, correct_payment
from accounting.states.payments import OrderState
from accounting.views.payment_tables import (
    EveryOrderFilters,
    EveryOrderTable,
    HeldTable,
    OrderFilters,
    OrderTable,
    payment_tabs,
)
from cae.core import facts
from cae.core.acting import act_page
from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.formats import money
from people.requests import SignedIn


def prepare_action() -> Action:
    return Action(
        _("Préparer un lot"),
        reverse("accounting:batch_prepare"),
        right="accounting.prepare_payments",
        icon="plus-lg",
        tone="primary",
    )


@requires("accounting.view_payments")
def payment_list(request: HttpRequest) -> HttpResponse:
    """What may leave today."""
    return list_page(
        request,
        queryset=orders_ready(timezone.localdate()),
        table=OrderTable,
        filters=OrderFilters,
        page="accounting.payments",
        title=_("Virements"),
        tabs=payment_tabs("payment_list"),
        main_action=prepare_action(),
        empty=EmptyState(
            _("Rien à payer."),
            _("Les notes de frais et les achats approuvés arrivent ici, chacun à son échéance."),
        ),
    )


@requires("accounting.view_payments")
def payment_held(request: HttpRequest) -> HttpResponse:
    """What waits for cash."""
    return list_page(
        request,
        queryset=orders_held(timezone.localdate()),
        table=HeldTable,
        filters=OrderFilters,
        page="accounting.payments_held",
        title=_("Virements retenus"),
        tabs=payment_tabs("payment_held"),
        intro=_("La trésorerie de l’activité ne couvre pas ces ordres ; ils partiront dès qu’elle suffira."),
        empty=EmptyState(
            _("Rien n’est retenu."), _("La trésorerie de chaque activité couvre ce qu’elle doit.")
        ),
    )


@requires("accounting.view_payments")
def payment_all(request: HttpRequest) -> HttpResponse:
    """Every order, paid and withdrawn ones too."""
    return list_page(
        request,
        queryset=payment_orders(),
        table=EveryOrderTable,
        filters=EveryOrderFilters,
        page="accounting.payments_all",
        title=_("Tous les ordres de paiement"),
        tabs=payment_tabs("payment_all"),
        empty=EmptyState(_("Aucun ordre de paiement.")),
    )


@requires("accounting.view_payments")
def payment_detail(request: SignedIn, pk: int) -> HttpResponse:
    """One order: what it pays, where, whether it is held, in which lots it was."""
    order = _order(pk)
    lines = list(lines_of_order(order))
    hold = None
    if order.state == OrderState.PLANNED:
        hold = holds_of(orders_waiting(), timezone.localdate()).get(order.pk)
    context = {
        "order": order,
        "hold": hold,
        "lines": lines,
        "source": _source(request, order),
        "may_act": can(request.user, "accounting.prepare_payments"),
        "is_rejected": order.state == OrderState.REJECTED,
        "is_at_bank": bool(lines) and lines[0].is_at_bank,
    }
    return render(request, "accounting/payment.html", context)


@requires("accounting.prepare_payments")
def payment_clear(request: SignedIn, pk: int) -> HttpResponse:
    order = _order(pk)
    return _act(
        request,
        order,
        WhyForm(request.POST or None),
        lambda typed: clear_hold(order, actor=request.user, **typed),
        title=_("Lever la retenue"),
        lead=_("%(order)s, %(amount)s. Le motif reste sur l’ordre et dans le journal."),
        submit=_("Lever la retenue"),
        done=_("Retenue levée : l’ordre peut partir."),
    )


@requires("accounting.prepare_payments")
def payment_correct(request: SignedIn, pk: int) -> HttpResponse:
    order = _order(pk)
    known = {"name": order.name, "iban": order.iban, "bic": ""}
    return _act(
        request,
        order,
        PayeeForm(request.POST or None, initial=known),
        lambda typed: correct_payment(order, to=Beneficiary(**typed), actor=request.user),
        title=_("Corriger les coordonnées"),
        lead=_("%(order)s, %(amount)s. Une autre personne que vous validera le lot où il repart."),
        submit=_("Remettre à payer"),
        done=_("Coordonnées corrigées : l’ordre est de nouveau à payer."),
    )


@requires("accounting.prepare_payments")
def payment_settle(request: SignedIn, pk: int) -> HttpResponse:
    order, today = _order(pk), timezone.localdate()
    return _act(
        request,
        order,
        PaidForm(request.POST or None, initial={"on": today}),
        lambda typed: settle_payment(order, actor=request.user, today=today, **typed),
        title=_("Noter le paiement"),
        lead=_("%(order)s, %(amount)s. L’écriture de banque est passée à cette date."),
        submit=_("Noter payé"),
        done=_("Paiement noté."),
    )


@requires("accounting.prepare_payments")
def payment_reject(request: SignedIn, pk: int) -> HttpResponse:
    order = _order(pk)
    return _act(
        request,
        order,
        WhyForm(request.POST or None),
        lambda typed: reject_payment(order, actor=request.user, **typed),
        title=_("Noter un rejet de la banque"),
        lead=_("%(order)s, %(amount)s. Aucune écriture n’est passée ; l’ordre attend d’être corrigé."),
        submit=_("Noter le rejet"),
        done=_("Rejet noté : l’ordre attend d’être corrigé."),
        tone="danger",
    )


def _act(request: SignedIn, order: PaymentOrder, form: Any, run: Any, **words: Any) -> HttpResponse:
    """A form alone on its page, about one order."""
    back_url = order.get_absolute_url()
    words["lead"] %= {"order": order, "amount": money(order.amount)}
    crumbs = [
        (_("Virements"), reverse("accounting:payment_list")),
        (str(order), back_url),
        (words["title"], ""),
    ]
    return act_page(request, form, run, back_url=back_url, crumbs=crumbs, **words)


def _order(pk: int) -> PaymentOrder:
    people = ("cleared_by__person", "corrected_by__person", "created_by__person", "source_type")
    return get_object_or_404(payment_orders().select_related(*people), pk=pk)


def _source(request: SignedIn, order: PaymentOrder) -> facts.Source | None:
    """The page of what is paid, for who may read it."""
    label = f"{order.source_type.app_label}.{order.source_type.model}"
    return facts.sources_of(request.user, [(label, str(order.source_id))]).get((label, str(order.source_id)))
