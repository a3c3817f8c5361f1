"""Gives the login page its buttons, in demonstration mode only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cae.demonstration.accounts import ACCOUNTS, PASSWORD


def entrance(_request: HttpRequest) -> dict[str, Any]:
    if not settings.DEMONSTRATION:
        return {"demonstration_accounts": (), "demonstration_password": ""}
    return {"demonstration_accounts": ACCOUNTS, "demonstration_password": PASSWORD}
