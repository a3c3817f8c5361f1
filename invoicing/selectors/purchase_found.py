"""Suppliers and purchases in the search everywhere, behind an entry, and in what is held of a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.facts import Held, Source
from cae.core.permissions import can
from cae.core.plain import with_words
from cae.core.search import Hit, amount_in
from cae.core.templatetags.formats import day, money
from invoicing.models import Purchase, PurchaseOrder, Supplier
from invoicing.selectors.purchases import number_key
from people.models import Person
from people.selectors.merging import file_keys

SUPPLIERS, PURCHASES = gettext_lazy("Fournisseurs"), gettext_lazy("Achats")
ORDERS = gettext_lazy("Commandes aux fournisseurs")
# Fewer signs stand in too many numbers to name one.
_SHORTEST = 3


def find_suppliers(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By any part of the name, or by SIREN."""
    if not can(user, "invoicing.view_suppliers"):
        return
    number = "".join(terms.split())
    rows: QuerySet[Supplier] = Supplier.objects.active()
    if number.isdecimal() and len(number) == 9:
        rows = rows.filter(siren=number)
    else:
        rows = with_words(rows, terms, "=sort_name")
    for row in rows.order_by("sort_name", "pk")[:limit]:
        yield Hit(SUPPLIERS, row.name, row.city, row.get_absolute_url(), "truck")


def find_purchases(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By the number of the document, or by its total with tax; the latest first."""
    if not can(user, "invoicing.view_purchases"):
        return
    seen = Purchase.objects.visible_to(user).select_related("supplier")
    amount, key = amount_in(terms), number_key(terms)
    if amount is not None:
        rows = seen.filter(total_gross=amount)
    elif key:
        rows = seen.filter(number_key__startswith=key)
    else:
        return
    for row in rows.order_by("-on", "-pk")[:limit]:
        detail = f"{row.number} · {day(row.on)} · {money(row.total_gross)}"
        yield Hit(PURCHASES, row.supplier.name, detail, row.get_absolute_url(), "cart")


def find_purchase_orders(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By a part of the number, or by the total with tax; the latest first."""
    if not can(user, "invoicing.view_purchase_orders"):
        return
    seen = PurchaseOrder.objects.visible_to(user).select_related("supplier")
    amount, number = amount_in(terms), "".join(terms.split()).upper()
    # « 0012 » is the end of a number as well as an amount.
    by_number = len(number) >= _SHORTEST and any(sign.isdecimal() for sign in number)
    if amount is None and not by_number:
        return
    sought = Q(number__contains=number) if by_number else Q()
    if amount is not None:
        sought |= Q(total_gross=amount)
    for row in seen.filter(sought).order_by("-pk")[:limit]:
        detail = f"{row.supplier.name} · {row.purpose} · {money(row.total_gross)}"
        yield Hit(ORDERS, str(row), detail, row.get_absolute_url(), "box-seam")


def purchase_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The page of each purchase behind a book entry, among those the person sees."""
    seen = Purchase.objects.visible_to(user).filter(pk__in=keys).select_related("supplier")
    return {
        str(row.pk): Source(
            _("Achat %(number)s, %(supplier)s") % {"number": row.number, "supplier": row.supplier.name},
            row.get_absolute_url(),
        )
        for row in seen
    }


def held_of_purchases(person: Person, _reader: Any) -> Iterator[Held]:
    """What a person advanced for the cooperative is a piece of its books: listed, never erased."""
    rows = Purchase.objects.filter(advanced_by__in=file_keys(person)).select_related("supplier")
    yield Held(
        _("Achats que j’ai avancés"),
        (_("fournisseur"), _("numéro"), _("datée du"), _("total TTC")),
        [(row.supplier.name, row.number, row.on, row.total_gross) for row in rows.order_by("on", "pk")],
        kept=_("Dix ans, comme toute pièce comptable (C. com. L123-22)."),
    )
