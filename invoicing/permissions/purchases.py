"""Who may do what with suppliers and purchases."""

from __future__ import annotations

from typing import Any

import rules
from django.utils import timezone

from cae.core.models import Document
from cae.core.permissions import kept
from cae.core.settings import value_of
from invoicing.models import Purchase, PurchaseOrder
from invoicing.models.sight import ALL_SALES_KINDS, is_in_sight
from invoicing.parameters import ONE_STEP, ORDER_CEILING, TRUSTED_PURCHASES
from invoicing.states.purchases import EURO, PurchaseState
from people.permissions import (
    advises,
    has_role,
    is_accountant,
    is_advisor,
    is_entrepreneur,
    is_manager,
    is_own,
    sells_own,
)


@rules.predicate
def sees_purchase(user: Any, purchase: Purchase | None = None) -> bool:
    """Asks the same queryset as the list: a section in sight that bears a part shows the whole."""
    if purchase is None:
        return True
    found = Purchase.objects.visible_to(user).filter(pk=purchase.pk)
    return kept(user, purchase, "purchase", found.exists)


@rules.predicate
def sees_order(user: Any, order: PurchaseOrder | None = None) -> bool:
    return order is None or is_in_sight(user, order.activity)


@rules.predicate
def sees_purchase_of_file(user: Any, document: Document | None = None) -> bool:
    """The file of a purchase opens to those who see it."""
    return document is None or Purchase.objects.visible_to(user).filter(document=document).exists()


@rules.predicate
def sees_order_of_file(user: Any, document: Document | None = None) -> bool:
    return document is None or PurchaseOrder.objects.visible_to(user).filter(pdf=document).exists()


@rules.predicate
def within_ceiling(_user: Any, order: PurchaseOrder | None = None) -> bool:
    """An order that its activity approves alone."""
    if order is None:
        return True
    ceiling = value_of(ORDER_CEILING, on=timezone.localdate())
    return bool(order.total_net <= ceiling)


@rules.predicate
def is_trusted(_user: Any, purchase: Purchase | None = None) -> bool:
    """A purchase that its activity approves alone; never one in another currency."""
    ceiling = value_of(TRUSTED_PURCHASES, on=timezone.localdate())
    if purchase is None:
        return bool(ceiling)
    return purchase.currency == EURO and bool(purchase.total_gross <= ceiling)


@rules.predicate
def is_of_activity(_user: Any, purchase: Purchase | None = None) -> bool:
    """A common cost belongs to nobody in particular: the accountant answers for it."""
    return not isinstance(purchase, Purchase) or purchase.activity_id is not None


def waits_for_activity(user: Any, purchase: Purchase) -> bool:
    """Beyond a small amount, its activity says first that a purchase is for it; whoever sells for it has just
    said so by approving."""
    if purchase.state != PurchaseState.RECEIVED or purchase.activity is None:
        return False
    ceiling = value_of(ONE_STEP, on=timezone.localdate())
    return bool(purchase.total_gross > ceiling) and not sells_own.test(user, purchase)


reads_purchases = has_role(*ALL_SALES_KINDS) | is_advisor | is_entrepreneur | is_own
sells = is_accountant | (sells_own & is_of_activity)
keeps_banks = is_accountant | is_manager

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_suppliers": reads_purchases,
    "invoicing.view_supplier": reads_purchases,
    "invoicing.propose_supplier": is_accountant | sells_own,
    "invoicing.keep_suppliers": is_accountant,
    "invoicing.view_banks": has_role(*ALL_SALES_KINDS),
    "invoicing.keep_banks": keeps_banks,
    "invoicing.view_purchases": reads_purchases,
    "invoicing.view_purchase": reads_purchases & sees_purchase,
    "invoicing.open_purchase_file": reads_purchases & sees_purchase_of_file,
    "invoicing.create_purchase": sells,
    "invoicing.edit_purchase": sells,
    "invoicing.take_purchase": sells,
    "invoicing.answer_purchase": sells,
    "invoicing.approve_purchase": is_accountant | (sells_own & is_of_activity & is_trusted),
    "invoicing.pay_purchase": is_accountant,
    "invoicing.view_supplier_balances": has_role(*ALL_SALES_KINDS),
    "invoicing.keep_split_keys": is_accountant,
    "invoicing.view_purchase_orders": reads_purchases,
    "invoicing.view_purchase_order": reads_purchases & sees_order,
    "invoicing.open_purchase_order_file": reads_purchases & sees_order_of_file,
    "invoicing.create_purchase_order": is_accountant | sells_own,
    "invoicing.edit_purchase_order": is_accountant | sells_own,
    "invoicing.approve_purchase_order": is_accountant | advises | (sells_own & within_ceiling),
}
