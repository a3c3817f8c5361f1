"""What is done to an order: handed over, approved, sent, received, ended (INV-46)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.acting import act_now, act_page
from cae.core.facts import facts
from cae.core.permissions import requires
from invoicing.forms.purchase_acts import DeliveryForm, ReasonForm, SendOrderForm
from invoicing.models import PurchaseOrder
from invoicing.selectors.purchase_orders import engaged_by, ordered_lines
from invoicing.services.purchase_orders import (
    approve_order,
    cancel_order,
    close_order,
    receive_delivery,
    send_order,
    submit_order,
    take_back_order,
)
from invoicing.views.purchase_parts import find_order, order_crumbs

EDIT, APPROVE = "invoicing.edit_purchase_order", "invoicing.approve_purchase_order"


@require_POST
@requires(EDIT)
def purchase_order_submit(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    return act_now(
        request,
        lambda: submit_order(order, actor=request.user),
        done=_("La commande attend une approbation."),
        back_url=order.get_absolute_url(),
    )


@require_POST
@requires(EDIT)
def purchase_order_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    return act_now(
        request,
        lambda: take_back_order(order, actor=request.user),
        done=_("La commande est reprise : vous pouvez la modifier."),
        back_url=order.get_absolute_url(),
    )


@requires(APPROVE)
def purchase_order_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """With the cash of the activity and what it has engaged already."""
    order, today = find_order(request, pk, right=APPROVE), timezone.localdate()
    return _page(
        request,
        order,
        forms.Form(request.POST if request.method == "POST" else None),
        lambda _found: approve_order(order, on=today, actor=request.user),
        title=_("Approuver la commande"),
        submit=_("Approuver"),
        done=_("Commande approuvée : elle a son numéro."),
        template="invoicing/purchases/order_approve.html",
        cash=facts("activity.cash", [order.activity], on=today).get(order.activity),
        engaged=engaged_by(order),
    )


@requires(EDIT)
def purchase_order_send(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    form = SendOrderForm(
        request.POST if request.method == "POST" else None, initial={"to": order.supplier.email}
    )
    return _page(
        request,
        order,
        form,
        lambda found: send_order(
            order, to=found["to"], message=found["message"], actor=request.user, at=timezone.now()
        ),
        title=_("Envoyer la commande"),
        submit=_("Envoyer"),
        done=_("La commande est envoyée, son PDF est gardé ici."),
    )


@requires(EDIT)
def purchase_order_receive(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    form = DeliveryForm(
        request.POST or None, lines=ordered_lines(order), initial={"on": timezone.localdate()}
    )
    return _page(
        request,
        order,
        form,
        lambda found: receive_delivery(
            order,
            quantities=form.quantities(),
            on=found["on"],
            reference=found["reference"],
            form_key=found["form_key"],
            actor=request.user,
        ),
        title=_("Noter une livraison"),
        submit=_("Noter"),
        done=_("La livraison est notée."),
        template="invoicing/purchases/delivery.html",
    )


@requires(EDIT)
def purchase_order_close(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    form = ReasonForm(request.POST if request.method == "POST" else None, optional=True)
    return _page(
        request,
        order,
        form,
        lambda found: close_order(order, reason=found["reason"], actor=request.user),
        title=_("Terminer la commande"),
        lead=_("Plus rien n’en est attendu. Un motif, si tout n’est pas arrivé."),
        submit=_("Terminer"),
        done=_("La commande est terminée."),
    )


@requires(EDIT)
def purchase_order_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    return _page(
        request,
        order,
        ReasonForm(request.POST or None),
        lambda found: cancel_order(order, reason=found["reason"], actor=request.user),
        title=_("Annuler la commande"),
        submit=_("Annuler la commande"),
        tone="danger",
        done=_("La commande est annulée."),
    )


def _page(
    request: HttpRequest,
    order: PurchaseOrder,
    form: forms.BaseForm,
    run: Callable[[dict[str, Any]], Any],
    **page: Any,
) -> HttpResponse:
    known: dict[str, Any] = {
        "crumbs": order_crumbs((str(order), order.get_absolute_url()), (page["title"], "")),
        "lead": f"{order.supplier.name} · {order.purpose}",
        "order": order,
    }
    return act_page(request, form, run, back_url=order.get_absolute_url(), **(known | page))
