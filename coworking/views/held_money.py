"""Deposits held, as the pages of a place and of a member show them (COW-07, COW-11)."""

from __future__ import annotations

from typing import Any

from cae.core.permissions import can
from coworking.models import Member, Place
from coworking.selectors.held_money import account_of_deposits, deposits_of, total_of
from people.requests import SignedIn


def deposits_shown(request: SignedIn, place: Place, member: Member | None = None) -> dict[str, Any]:
    """What the part `billing/_deposits.html` asks; the lines of 165 for whoever reads the ledger."""
    held = deposits_of(place, member)
    reads = bool(held) and can(request.user, "accounting.view_ledger")
    return {
        "deposits": held,
        "deposits_total": total_of(held),
        "account": account_of_deposits() if reads else "",
        "sells": place.activity_id is not None,
    }
