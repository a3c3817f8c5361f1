"""Who may do what with joint and internal sales."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from invoicing.models import InternalSale, QuoteShare
from invoicing.models.sight import is_in_sight
from invoicing.permissions.sales import reads_sales, sells
from invoicing.states.joint import SHOWN_TO_BUYER


@rules.predicate
def sees_internal(user: Any, sale: InternalSale | None = None) -> bool:
    """Follows the same rule as the list."""
    if sale is None or is_in_sight(user, sale.seller):
        return True
    return sale.state in SHOWN_TO_BUYER and is_in_sight(user, sale.buyer)


@rules.predicate
def sells_inside(user: Any, obj: Any = None) -> bool:
    """Whoever sells for the seller; asked of an activity, whoever sells for it."""
    return bool(sells.test(user, obj.seller if isinstance(obj, InternalSale) else obj))


@rules.predicate
def buys_inside(user: Any, sale: InternalSale | None = None) -> bool:
    """Whoever sells for the buyer engages it."""
    return bool(sells.test(user, None if sale is None else sale.buyer))


@rules.predicate
def sees_internal_of_file(user: Any, document: Document | None = None) -> bool:
    """The papers of an internal sale, and of its credit notes, open to those who see it."""
    if document is None:
        return True
    path = "pk" if document.about_type == "invoicing.internalsale" else "credits"
    return InternalSale.objects.visible_to(user).filter(**{path: document.about_id}).exists()


@rules.predicate
def sells_share(user: Any, share: QuoteShare | None = None) -> bool:
    """Whoever sells for the activity engages it."""
    return bool(sells.test(user, None if share is None else share.activity))


PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.agree_share": sells_share,
    "invoicing.view_internals": reads_sales,
    "invoicing.view_internal": reads_sales & sees_internal,
    "invoicing.edit_internal": sells_inside,
    "invoicing.answer_internal": buys_inside,
    "invoicing.open_internal_file": reads_sales & sees_internal_of_file,
}
