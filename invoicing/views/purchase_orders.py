"""Orders to suppliers: the list, the page of one, what is written and done (INV-46)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Forbidden, Refused
from cae.core.facts import facts
from cae.core.forms import refuse
from cae.core.keys import key_in
from cae.core.permissions import can, require, requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.ui import status as drawn_status
from entrepreneurs.models import Activity
from invoicing.forms.purchase_orders import (
    OrderLineSet,
    PurchaseOrderForm,
    blank_order_rows,
    new_order,
    order_rows,
    order_rows_sent,
    order_typed,
)
from invoicing.forms.purchases import PREFIX
from invoicing.models import PurchaseOrder, Quote
from invoicing.selectors.purchase_orders import (
    deliveries_of,
    engaged_by,
    ordered_lines,
    orders_visible,
    status_of_order,
)
from invoicing.selectors.purchases import purchases_visible, status_of_purchase
from invoicing.services.purchase_orders import create_order, lines_of_quote, save_order
from invoicing.states.purchases import NUMBERED_ORDERS, PurchaseOrderState
from invoicing.views.finding import activities_to_sell_for, chosen_activity, find_quote
from invoicing.views.purchase_parts import (
    find_order,
    order_buttons,
    order_crumbs,
    purchase_tabs,
    supplier_named_in,
)
from invoicing.views.purchase_tables import PurchaseOrderFilters, PurchaseOrderTable
from invoicing.views.tables import sees_several, staff_view

CREATE, EDIT = "invoicing.create_purchase_order", "invoicing.edit_purchase_order"


@requires("invoicing.view_purchase_orders")
def purchase_order_list(request: HttpRequest) -> HttpResponse:
    new = Action(
        _("Nouvelle commande"), reverse("invoicing:purchase_order_new"), right=CREATE, icon="plus-lg"
    )
    return list_page(
        request,
        queryset=orders_visible(request.user),
        counted=PurchaseOrder.objects.visible_to(request.user),
        table=staff_view(PurchaseOrderTable, request),
        filters=PurchaseOrderFilters,
        page="invoicing.purchase_orders",
        title=_("Commandes aux fournisseurs"),
        empty=EmptyState(
            _("Aucune commande pour l’instant."),
            _("Une commande dit au fournisseur quoi livrer, et sert à vérifier sa facture."),
            new,
        ),
        main_action=new,
        tabs=purchase_tabs(request.user, "purchase_order_list"),
        totals_later=sees_several(request),
    )


@requires("invoicing.view_purchase_order")
def purchase_order_detail(request: HttpRequest, pk: int) -> HttpResponse:
    order, today = find_order(request, pk), timezone.localdate()
    invoiced = purchases_visible(request.user).filter(order=order)
    may_edit = can(request.user, EDIT, order)
    left = ordered_lines(order)
    context = {
        "order": order,
        "badge": drawn_status(*status_of_order(order)),
        "crumbs": order_crumbs((str(order), "")),
        "buttons": order_buttons(request.user, order),
        "lines": list(zip(order.lines.all(), left, strict=True)),
        "is_numbered": order.state in NUMBERED_ORDERS,
        "deliveries": deliveries_of(order),
        "purchases": [(row, status_of_purchase(row, on=today)) for row in invoiced],
        "cash": facts("activity.cash", [order.activity], on=today).get(order.activity),
        "engaged": engaged_by(order),
        "edit_url": reverse("invoicing:purchase_order_edit", args=[order.pk])
        if order.is_draft and may_edit
        else "",
        "may_receive": may_edit and order.state in NUMBERED_ORDERS,
        "may_invoice": order.state in NUMBERED_ORDERS
        and can(request.user, "invoicing.create_purchase", order.activity)
        and any(one.left_to_invoice for one in left),
        "waits": order.state in (PurchaseOrderState.DRAFT, PurchaseOrderState.SUBMITTED),
    }
    return render(request, "invoicing/purchases/order.html", context)


@requires("invoicing.create_purchase_order")
def purchase_order_new(request: HttpRequest) -> HttpResponse:
    """Begins an order: free, or with what a quote sold."""
    key = key_in(request.GET.get("devis", ""))
    quote = find_quote(request, key) if key is not None else None
    offered = activities_to_sell_for(request, CREATE)
    activity = quote.activity if quote is not None else chosen_activity(request, offered)
    if not offered:
        raise Forbidden(_("Une commande est celle d’une activité : vous n’en avez aucune où commander."))
    if activity is None:
        context = {"offered": offered, "title": _("Nouvelle commande")}
        return render(request, "invoicing/choose_activity.html", context)
    require(request.user, CREATE, activity)
    supplier = supplier_named_in(request)
    initial = new_order(
        supplier=supplier, quote=quote.pk if quote else None, purpose=quote.purpose if quote else ""
    )
    rows = order_rows(lines_of_quote(quote)) if quote else []
    page = {"title": _("Nouvelle commande"), "crumbs": order_crumbs((_("Nouvelle commande"), ""))}
    return _write(request, activity, None, (initial, rows), page)


@requires("invoicing.edit_purchase_order")
def purchase_order_edit(request: HttpRequest, pk: int) -> HttpResponse:
    order = find_order(request, pk, right=EDIT)
    page = {
        "title": _("Modifier la commande"),
        "crumbs": order_crumbs((str(order), order.get_absolute_url()), (_("Modifier"), "")),
    }
    stored = (order_typed(order), order_rows(list(order.lines.all())))
    return _write(request, order.activity, order, stored, page)


def _write(
    request: HttpRequest,
    activity: Activity,
    order: PurchaseOrder | None,
    stored: tuple[dict[str, Any], list[dict[str, Any]]],
    page: dict[str, Any],
) -> HttpResponse:
    """Draws the form of an order, or writes it."""
    initial, lines = stored
    adds = request.method == "POST" and request.POST.get("act") == "rows"
    sent = request.POST if request.method == "POST" and not adds else None
    if adds:
        initial = initial | {name: request.POST.get(name) for name in PurchaseOrderForm.base_fields}
        lines = order_rows_sent(request.POST)
    quotes = Quote.objects.visible_to(request.user).filter(activity=activity)
    form = PurchaseOrderForm(sent, initial=initial, quotes=quotes)
    if sent is not None:
        rows: Any = OrderLineSet(sent, prefix=PREFIX)
    else:
        rows = OrderLineSet(initial=lines if adds else [*lines, *blank_order_rows()], prefix=PREFIX)
    if sent is not None and all([form.is_valid(), rows.is_valid()]):
        try:
            saved = _saved(request, activity, order, form, rows)
        except Forbidden:
            raise
        except Refused as refusal:
            if not rows.refuse(refusal):
                refuse(form, refusal)
        else:
            messages.success(request, _("La commande est enregistrée."))
            return redirect(saved)
    context = {"form": form, "rows": rows, "activity": activity, "back_url": page["crumbs"][-2][1]} | page
    status = 422 if sent is not None else 200
    return render(request, "invoicing/purchases/order_form.html", context, status=status)


def _saved(
    request: HttpRequest, activity: Activity, order: PurchaseOrder | None, form: PurchaseOrderForm, rows: Any
) -> PurchaseOrder:
    content, today = form.content(rows.order_contents()), timezone.localdate()
    if order is None:
        return create_order(activity, content=content, form_key=form.key, actor=request.user, on=today)
    version = form.cleaned_data["version"] or 0
    return save_order(order, content=content, version=version, actor=request.user, on=today)
