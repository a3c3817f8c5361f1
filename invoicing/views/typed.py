"""Keeps what was typed in an invoice while the person goes and creates its customer, and gives it back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from invoicing.models import Customer

SESSION_KEY = "invoicing.typed"


def keep(request: HttpRequest, form_key: str) -> None:
    """Does: keeps the last form sent, with the page it was sent to. Leaves behind: a session value."""
    request.session[SESSION_KEY] = {
        "key": form_key,
        "path": request.path,
        "query": request.GET.urlencode(),
        "typed": request.POST.urlencode(),
    }


def address_back(request: HttpRequest, form_key: str, customer: Customer) -> str | None:
    """Gives the address where typing goes on with the new customer; None when nothing was kept."""
    kept: dict[str, Any] = request.session.get(SESSION_KEY, {})
    if not form_key or kept.get("key") != form_key:
        return None
    return f"{kept['path']}?{urlencode({'reprise': form_key, 'client': customer.pk})}"


def address_as_left(request: HttpRequest, form_key: str) -> str | None:
    """Gives the address where typing goes on as it was; None when nothing was kept."""
    kept: dict[str, Any] = request.session.get(SESSION_KEY, {})
    if not form_key or kept.get("key") != form_key:
        return None
    return f"{kept['path']}?{urlencode({'reprise': form_key})}"


def take_back(request: HttpRequest) -> QueryDict | None:
    """Gives what was kept for this address; None when there is nothing."""
    kept: dict[str, Any] = request.session.get(SESSION_KEY, {})
    wanted = request.GET.get("reprise")
    if not wanted or kept.get("key") != wanted or kept.get("path") != request.path:
        return None
    return QueryDict(kept["typed"])
