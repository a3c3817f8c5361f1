"""What the page of a claim says of its refund: the transfer, the advance used, the acts that are left."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounting.states.payments import OrderState
from cae.core.permissions import can
from invoicing.models import ExpenseClaim
from invoicing.selectors.claim_checks import entry_of, order_of, owed_of, waiver_of
from invoicing.states.expenses import ClaimState
from people.selectors.banks import bank_of

_LEAVING = (OrderState.PLANNED, OrderState.REJECTED, OrderState.BATCHED)


def refund_facts(request: HttpRequest, claim: ExpenseClaim) -> dict[str, Any]:
    """Nothing before the approval."""
    if not claim.is_booked:
        return {"refund": None}
    owed, order, entry, user = owed_of(claim), order_of(claim), entry_of(claim), request.user
    open_still = claim.state in {ClaimState.APPROVED, ClaimState.ORDERED}
    waits = claim.state == ClaimState.APPROVED and bool(owed.to_refund)
    return {
        "refund": {
            "owed": owed,
            "order": order,
            "waiver": waiver_of(claim),
            "is_paid": order is not None and order.state == OrderState.SETTLED,
            "leaves": order is not None and order.state in _LEAVING,
            "bank_missing": waits and bank_of(claim.person) is None,
            "entry": entry if entry and can(user, "accounting.view_entry", entry) else None,
            "sees_order": can(user, "accounting.view_payments"),
            "may_order": waits and can(user, "invoicing.check_claim", claim),
            "may_reverse": open_still and can(user, "invoicing.reverse_claim", claim),
            "may_waive": open_still and bool(owed.to_refund) and can(user, "invoicing.waive_refund", claim),
        }
    }
