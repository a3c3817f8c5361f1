"""What the pages of purchases, orders and suppliers share: how a row is found, crumbs, tabs, buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can, require
from cae.core.tables import Tab
from invoicing.models import Purchase, PurchaseOrder, SplitKey, Supplier
from invoicing.permissions.purchases import waits_for_activity
from invoicing.states.purchases import PURCHASE_FLOW, PURCHASE_ORDER_FLOW, PurchaseState

Crumbs = list[tuple[Any, str]]


def find_purchase(request: HttpRequest, pk: int, *, right: str | None = None) -> Purchase:
    """Gives a purchase in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows = Purchase.objects.visible_to(request.user).select_related(
        "supplier__account", "activity", "advanced_by", "order", "split_key", "document", "entry__journal",
        "imputed_on", "approved_by__person",
    )  # fmt: skip
    found: Purchase = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, found)
    return found


def find_order(request: HttpRequest, pk: int, *, right: str | None = None) -> PurchaseOrder:
    rows = PurchaseOrder.objects.visible_to(request.user).select_related(
        "activity", "supplier", "quote", "pdf", "approved_by__person"
    )
    found: PurchaseOrder = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, found)
    return found


def find_supplier(pk: int) -> Supplier:
    found: Supplier = get_object_or_404(Supplier.objects.select_related("account", "organisation"), pk=pk)
    return found


def find_key(pk: int) -> SplitKey:
    found: SplitKey = get_object_or_404(SplitKey, pk=pk)
    return found


def purchase_crumbs(*more: tuple[Any, str]) -> Crumbs:
    return [(_("Achats"), reverse("invoicing:purchase_list")), *more]


def crumbs_of(purchase: Purchase, title: Any) -> Crumbs:
    return purchase_crumbs((str(purchase), purchase.get_absolute_url()), (title, ""))


def supplier_crumbs(*more: tuple[Any, str]) -> Crumbs:
    return [(_("Fournisseurs"), reverse("invoicing:supplier_list")), *more]


def order_crumbs(*more: tuple[Any, str]) -> Crumbs:
    return purchase_crumbs((_("Commandes"), reverse("invoicing:purchase_order_list")), *more)


def purchase_tabs(user: Any, current: str) -> list[Tab]:
    """The neighbouring lists that this person may open."""
    known = (
        ("purchase_list", _("Achats"), "invoicing.view_purchases"),
        ("purchase_order_list", _("Commandes"), "invoicing.view_purchase_orders"),
        ("purchase_due_list", _("Échéances"), "invoicing.view_supplier_balances"),
        ("supplier_balances", _("Balance âgée"), "invoicing.view_supplier_balances"),
        ("split_key_list", _("Clés"), "invoicing.keep_split_keys"),
    )
    return [
        Tab(label, reverse(f"invoicing:{name}"), current=name == current)
        for name, label, right in known
        if can(user, right)
    ]


@dataclass(frozen=True, slots=True)
class Button:
    """One act: its word, where it leads, whether a click does it at once."""

    label: Any
    url: str
    at_once: bool = False
    is_main: bool = False


_AT_ONCE = {"take", "resume", "release", "submit", "take_back"}
_MAIN = {"take", "approve", "order", "impute", "submit", "send"}
_OF_INVOICES, _OF_CREDITS = {"order", "withdraw"}, {"impute", "release"}
_NAMES = {"order": "payment"}


def purchase_buttons(user: Any, purchase: Purchase) -> list[Button]:
    """What this person may do now, the main act last."""
    buttons = []
    for move in PURCHASE_FLOW.moves_open_to(user, purchase):
        if move.name in (_OF_INVOICES if purchase.is_credit_note else _OF_CREDITS):
            continue
        # Transfers settle by themselves; a credit note paid back has nothing to release.
        if move.name == "settle" and purchase.state == PurchaseState.ORDERED:
            continue
        if move.name == "release" and purchase.imputed_on_id is None:
            continue
        if move.name == "approve" and waits_for_activity(user, purchase):
            continue
        name = _NAMES.get(move.name, move.name)
        buttons.append(_button(move, reverse(f"invoicing:purchase_{name}", args=[purchase.pk])))
    return _main_last(buttons)


def order_buttons(user: Any, order: PurchaseOrder) -> list[Button]:
    moves = PURCHASE_ORDER_FLOW.moves_open_to(user, order)
    names = {move.name for move in moves}
    # Whoever may approve does not hand over to somebody else.
    kept = [move for move in moves if not (move.name == "submit" and "approve" in names)]
    found = [
        _button(move, reverse(f"invoicing:purchase_order_{move.name}", args=[order.pk])) for move in kept
    ]
    if order.number and can(user, "invoicing.edit_recurring", order):
        again = reverse("invoicing:purchase_order_repeat", args=[order.pk])
        found.insert(0, Button(_("Rendre récurrente"), again))
    return _main_last(found)


def _button(move: Any, url: str) -> Button:
    return Button(move.label, url, at_once=move.name in _AT_ONCE, is_main=move.name in _MAIN)


def _main_last(buttons: Sequence[Button]) -> list[Button]:
    """One main act: the last of those that could be, which goes furthest."""
    main = next((one for one in reversed(buttons) if one.is_main), None)
    rest = [
        Button(one.label, one.url, at_once=one.at_once) if one.is_main and one is not main else one
        for one in buttons
        if one is not main
    ]
    return [*rest, main] if main else rest


def supplier_named_in(request: HttpRequest) -> Supplier | None:
    """The supplier that the address names. Raises Http404 when it is none."""
    named = request.GET.get("fournisseur", "")
    if not named:
        return None
    if not named.isdecimal():
        raise Http404
    return find_supplier(int(named))
