"""Purchases: the list, due dates, what suppliers are owed, the page of one (INV-47)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.permissions import can, requires
from cae.core.tables import Action, EmptyState, list_page
from cae.core.templatetags.ui import status as drawn_status
from invoicing.models import Purchase
from invoicing.selectors.purchases import (
    credits_on,
    doubts_of,
    left_of,
    payment_orders_of,
    purchases_visible,
    shares_of,
    status_of_purchase,
)
from invoicing.selectors.supplier_balances import aged_balance, totals_of
from invoicing.selectors.suppliers import bank_in_force, bank_waiting
from invoicing.states.purchases import PurchaseKind, PurchaseState
from invoicing.states.reasons import labels_of
from invoicing.views.life import life_of_purchase
from invoicing.views.purchase_parts import (
    find_purchase,
    purchase_buttons,
    purchase_crumbs,
    purchase_tabs,
)
from invoicing.views.purchase_tables import PurchaseFilters, PurchaseTable
from invoicing.views.tables import sees_several, staff_view


def _new() -> Action:
    return Action(
        _("Nouvel achat"),
        reverse("invoicing:purchase_new"),
        right="invoicing.create_purchase",
        icon="plus-lg",
    )


@requires("invoicing.view_purchases")
def purchase_list(request: HttpRequest) -> HttpResponse:
    return list_page(
        request,
        queryset=purchases_visible(request.user),
        counted=Purchase.objects.visible_to(request.user),
        table=staff_view(PurchaseTable, request),
        filters=PurchaseFilters,
        page="invoicing.purchases",
        title=_("Achats"),
        empty=EmptyState(
            _("Aucun achat pour l’instant."),
            _("Saisissez une facture de fournisseur, ou déposez son fichier : il se lit tout seul."),
            _new(),
        ),
        main_action=_new(),
        tabs=purchase_tabs(request.user, "purchase_list"),
        totals_later=sees_several(request),
    )


@requires("invoicing.view_supplier_balances")
def purchase_due_list(request: HttpRequest) -> HttpResponse:
    """What is approved and not paid, the most urgent first."""
    rows = purchases_visible(request.user).filter(
        state__in=[PurchaseState.APPROVED, PurchaseState.ORDERED], kind=PurchaseKind.INVOICE
    )
    return list_page(
        request,
        queryset=rows.order_by("due_on", "pk"),
        table=PurchaseTable,
        filters=PurchaseFilters,
        page="invoicing.purchases_due",
        title=_("Échéances des achats"),
        empty=EmptyState(_("Rien à payer."), _("Les achats approuvés et non payés s’affichent ici.")),
        tabs=purchase_tabs(request.user, "purchase_due_list"),
    )


@requires("invoicing.view_supplier_balances")
def supplier_balances(request: HttpRequest) -> HttpResponse:
    """What each supplier is owed, by how late it is."""
    rows = aged_balance(timezone.localdate())
    context = {
        "rows": rows,
        "totals": totals_of(rows),
        "tabs": purchase_tabs(request.user, "supplier_balances"),
    }
    return render(request, "invoicing/purchases/balances.html", context)


@requires("invoicing.view_purchase")
def purchase_detail(request: HttpRequest, pk: int) -> HttpResponse:
    purchase, today = find_purchase(request, pk), timezone.localdate()
    shown = status_of_purchase(purchase, on=today)
    shares = shares_of(purchase)
    left = left_of(purchase) if not purchase.is_credit_note else {}
    context: dict[str, Any] = {
        "purchase": purchase,
        "badge": drawn_status(*shown),
        "crumbs": purchase_crumbs((purchase.number, "")),
        "buttons": purchase_buttons(request.user, purchase),
        "doubts": doubts_of(purchase) if purchase.is_open else [],
        "lines": list(purchase.lines.select_related("account", "section", "order_line", "fund")),
        "taxes": list(purchase.taxes.all()),
        "shares": shares,
        "shows_shares": len(shares) > 1 or purchase.activity is None,
        "credits": credits_on(purchase),
        "left": sum(left.values()) if credits_on(purchase) else None,
        "orders": payment_orders_of(purchase),
        "reads_orders": can(request.user, "accounting.view_payments"),
        "reason_words": labels_of([purchase.reason_code]) if purchase.reason_code else [],
        "edit_url": _edit_url(request, purchase),
        "bank_url": _bank_url(request, purchase),
        "may_read_entry": purchase.entry is not None
        and can(request.user, "accounting.view_entry", purchase.entry),
        **life_of_purchase(purchase),
    }
    return render(request, "invoicing/purchases/purchase.html", context)


def _bank_url(request: HttpRequest, purchase: Purchase) -> str:
    """Where its IBAN is proposed, when the supplier has another one, or none, and none waits."""
    if not purchase.iban_seen or not can(request.user, "invoicing.keep_banks"):
        return ""
    known = bank_in_force(purchase.supplier)
    if (known is not None and known.iban == purchase.iban_seen) or bank_waiting(purchase.supplier):
        return ""
    return f"{reverse('invoicing:bank_propose', args=[purchase.supplier_id])}?achat={purchase.pk}"


def _edit_url(request: HttpRequest, purchase: Purchase) -> str:
    """The page that corrects it, for whoever may and as long as one may."""
    if purchase.is_open and can(request.user, "invoicing.edit_purchase", purchase):
        return reverse("invoicing:purchase_edit", args=[purchase.pk])
    return ""
