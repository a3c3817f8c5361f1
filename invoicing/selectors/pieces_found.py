"""What the search everywhere finds of delivery notes and proforma invoices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.search import Hit, plain
from cae.core.templatetags import formats
from invoicing.selectors.deliveries import deliveries_visible
from invoicing.selectors.proformas import proformas_visible
from invoicing.selectors.search import DOCUMENTS, numbered, with_order_number

_KINDS = (_("Bon de livraison"), _("Facture proforma"), _("Proforma"))


def find_pieces(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By a part of their number, or by the order number of the customer; the latest first."""
    named = numbered(_number_in(terms), terms)
    if not named:
        return
    if permissions.can(user, "invoicing.view_deliveries"):
        issued = with_order_number(deliveries_visible(user).filter(number__isnull=False))
        for note in issued.filter(named).order_by("-pk")[:limit]:
            detail = f"{note.customer.name} · {formats.day(note.delivered_on)}"
            yield Hit(DOCUMENTS, str(note), detail, note.get_absolute_url(), "box-seam")
    if permissions.can(user, "invoicing.view_proformas"):
        for one in with_order_number(proformas_visible(user)).filter(named).order_by("-pk")[:limit]:
            detail = f"{one.customer.name} · {formats.day(one.made_on)}"
            yield Hit(DOCUMENTS, str(one), detail, one.get_absolute_url(), "file-earmark-text")


def _number_in(terms: str) -> str:
    """The words as a number is written, without the kind of document before it."""
    words = plain(terms)
    for kind in sorted((plain(str(one)) for one in _KINDS), key=len, reverse=True):
        words = words.removeprefix(kind)
    return "".join(words.split()).upper()
