"""How a page finds what it is about: out of sight answers 404, a refused act 403."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from cae.core.permissions import can, require
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Quote, Receipt
from invoicing.selectors.customers import customers_visible
from invoicing.selectors.invoices import invoice_in_sight
from invoicing.selectors.quotes import quote_in_sight


def find_invoice(request: HttpRequest, pk: int, *, right: str | None = None) -> Invoice:
    """Gives a document in sight. Raises Http404 out of sight, Forbidden without the right."""
    found = invoice_in_sight(request.user, pk, on=timezone.localdate())
    if found is None:
        raise Http404
    if right:
        require(request.user, right, found)
    return found


def find_quote(request: HttpRequest, pk: int, *, right: str | None = None) -> Quote:
    """Gives a quote in sight. Raises Http404 out of sight, Forbidden without the right."""
    found = quote_in_sight(request.user, pk)
    if found is None:
        raise Http404
    if right:
        require(request.user, right, found)
    return found


def find_customer(request: HttpRequest, pk: int, *, right: str | None = None) -> Customer:
    """Gives a customer in sight. Raises Http404 out of sight, Forbidden without the right."""
    found: Customer = get_object_or_404(customers_visible(request.user), pk=pk)
    if right:
        require(request.user, right, found)
    return found


def find_receipt(request: HttpRequest, pk: int, *, right: str | None = None) -> Receipt:
    """Gives a movement of money in sight. Raises Http404 out of sight, Forbidden without the right."""
    rows = Receipt.objects.visible_to(request.user).select_related(
        "activity", "customer", "entry__journal", "reverses", "reversed_by", "created_by__person"
    )
    found: Receipt = get_object_or_404(rows, pk=pk)
    if right:
        require(request.user, right, found)
    return found


def activities_to_sell_for(request: HttpRequest, right: str) -> list[Activity]:
    """Gives the activities for which this person may write an invoice or create a customer today."""
    seen = Activity.objects.visible_to(request.user).open_on(timezone.localdate()).select_related("scope")
    return [one for one in seen if can(request.user, right, one)]


def chosen_activity(request: HttpRequest, offered: list[Activity]) -> Activity | None:
    """Gives the activity a page is for: the one named in the address or the form, else the one in use.

    None asks for a choice. Raises Http404 for an activity that is not offered."""
    named = request.POST.get("activity") or request.GET.get("activite")
    if named:
        found = next((one for one in offered if str(one.pk) == named), None)
        if found is None:
            raise Http404
        return found
    in_use: Any = getattr(request, "activity", None)
    pk = in_use.pk if in_use else None
    return next((one for one in offered if one.pk == pk), offered[0] if len(offered) == 1 else None)
