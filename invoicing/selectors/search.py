"""What the search everywhere finds in the room: customers, items sold, documents by number or amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.plain import PlainText, with_words
from cae.core.search import Hit, amount_in, plain
from cae.core.templatetags import formats
from invoicing.models import CatalogueItem, Customer, Invoice, Quote

CUSTOMERS, DOCUMENTS, ITEMS = _("Clients"), _("Documents"), _("Catalogue")

# What stands around a number in the name of a document: « Devis D2026-0012 v2 », « facture n° F2026-0031 ».
_KINDS = (_("Devis"), _("Facture"), _("Avoir"))
_VERSION = re.compile(r"v\d{1,2}")


def find_customers(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By any part of the name or by SIREN; the activity tells apart those that two of them share."""
    if not permissions.can(user, "invoicing.view_customers"):
        return
    seen = Customer.objects.visible_to(user).active().select_related("activity")
    number = "".join(terms.split())
    rows: QuerySet[Customer]
    if number.isdecimal() and len(number) in (9, 14):
        rows = seen.filter(siren=number[:9])
    else:
        rows = with_words(seen, terms, "=sort_name")
    for row in rows.order_by("sort_name", "pk")[:limit]:
        detail = " · ".join(filter(None, (row.city, row.activity.name)))
        yield Hit(CUSTOMERS, row.name, detail, row.get_absolute_url(), "people")


def find_items(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By words of its name or of its reference; what is archived is sold no more."""
    if not permissions.can(user, "invoicing.view_catalogue"):
        return
    seen = CatalogueItem.objects.visible_to(user).filter(archived_at=None).select_related("activity")
    for row in with_words(seen, terms, "=sort_label", "reference").order_by("sort_label", "pk")[:limit]:
        owner = row.activity.name if row.activity else gettext("Commun")
        tax = pgettext("amount", "TTC") if row.price_includes_tax else pgettext("amount", "HT")
        price = f"{formats.money(row.unit_price)} {tax}"
        detail = " · ".join(filter(None, (row.reference, price, owner)))
        yield Hit(ITEMS, row.label, detail, row.get_absolute_url(), "journal-text")


def find_quotes(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By a part of the number, the order number of the customer or the amount, before or with tax; the latest
    first."""
    if not permissions.can(user, "invoicing.view_quotes"):
        return
    for row in _sought(Quote.objects.visible_to(user).filter(facts__isnull=False), terms, limit):
        detail = f"{row.customer.name} · {formats.day(row.approved_on)} · {formats.money(row.total_incl_tax)}"
        yield Hit(DOCUMENTS, str(row), detail, row.get_absolute_url(), "file-earmark-text")


def find_invoices(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By a part of the number, the order number of the customer or the amount, before or with tax; the latest
    first."""
    if not permissions.can(user, "invoicing.view_invoices"):
        return
    for row in _sought(Invoice.objects.visible_to(user).issued(), terms, limit):
        detail = f"{row.customer.name} · {formats.day(row.issued_on)} · {formats.money(row.total_incl_tax)}"
        yield Hit(DOCUMENTS, row.number or "", detail, row.get_absolute_url(), "receipt")


def _sought(rows: QuerySet[Any], terms: str, limit: int) -> QuerySet[Any]:
    """Numbered documents that the words name; none when they name neither a number nor an amount."""
    sought, amount = numbered(_number_in(terms), terms), amount_in(terms)
    if amount:
        sought |= Q(total_incl_tax=amount) | Q(total_excl_tax=amount)
    if not sought:
        return rows.none()
    return with_order_number(rows).filter(sought).select_related("customer").order_by("-pk")[:limit]


def with_order_number(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows with the order number of their customer in plain letters, as `numbered` compares it."""
    told: QuerySet[Any] = rows.alias(ordered=PlainText(F("order_reference")))
    return told


def numbered(number: str, terms: str) -> Q:
    """The condition of those that `number` names, or that the words name by the order number of the customer;
    an empty one when they name none: « 12 » stands in too many numbers."""
    sought, order = Q(), _order_in(terms)
    if _is_telling(number):
        sought |= Q(number__contains=number)
    if _is_telling(order):
        sought |= Q(ordered__contains=PlainText(Value(order, output_field=CharField())))
    return sought


def _is_telling(number: str) -> bool:
    return any(sign.isdecimal() for sign in number) and len(number) > 2


def _order_in(terms: str) -> str:
    """The words as an order number was typed, without « commande » before it."""
    words = [word for word in terms.split() if plain(word) not in ("commande", "n°", "no")]
    return " ".join(words)


def _number_in(terms: str) -> str:
    """The words as a number is written, without the kind of document before it and its version after it."""
    kinds = {plain(kind) for kind in _KINDS} | {"n°", "no"}
    words = [word for word in terms.split() if plain(word) not in kinds]
    if len(words) > 1 and _VERSION.fullmatch(words[-1].lower()):
        words.pop()
    return "".join(words).upper()
