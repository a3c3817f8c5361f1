"""What the search everywhere finds in the room: customers, documents by number or amount."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.plain import with_words
from cae.core.search import Hit, amount_in
from cae.core.templatetags import formats
from invoicing.models import Customer, Invoice, Quote

CUSTOMERS, DOCUMENTS = _("Clients"), _("Documents")


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
        rows = with_words(seen, terms, "name")
    for row in rows.order_by("name", "pk")[:limit]:
        detail = " · ".join(filter(None, (row.city, row.activity.name)))
        yield Hit(CUSTOMERS, row.name, detail, row.get_absolute_url(), "people")


def find_quotes(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By a part of the number or by the amount, before or with tax; the latest first."""
    if not permissions.can(user, "invoicing.view_quotes"):
        return
    for row in _sought(Quote.objects.visible_to(user).filter(facts__isnull=False), terms, limit):
        detail = f"{row.customer.name} · {formats.day(row.approved_on)} · {formats.money(row.total_incl_tax)}"
        yield Hit(DOCUMENTS, str(row), detail, row.get_absolute_url(), "file-earmark-text")


def find_invoices(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By a part of the number or by the amount, before or with tax; the latest first."""
    if not permissions.can(user, "invoicing.view_invoices"):
        return
    for row in _sought(Invoice.objects.visible_to(user).issued(), terms, limit):
        detail = f"{row.customer.name} · {formats.day(row.issued_on)} · {formats.money(row.total_incl_tax)}"
        yield Hit(DOCUMENTS, row.number or "", detail, row.get_absolute_url(), "receipt")


def _sought(rows: QuerySet[Any], terms: str, limit: int) -> QuerySet[Any]:
    """Numbered documents that the words name; none when they name neither a number nor an amount."""
    amount, number = amount_in(terms), "".join(terms.split()).upper()
    # « 12 » stands in too many numbers to name one.
    by_number = any(sign.isdecimal() for sign in number) and len(number) > 2
    if not (amount or by_number):
        return rows.none()
    sought = Q(number__contains=number) if by_number else Q()
    if amount:
        sought |= Q(total_incl_tax=amount) | Q(total_excl_tax=amount)
    return rows.filter(sought).select_related("customer").order_by("-pk")[:limit]
