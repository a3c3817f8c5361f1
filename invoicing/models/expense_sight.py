"""Whose expenses a person reads: their own, those they enter for somebody who agreed, those they check."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from invoicing.models.sight import ALL_SALES_KINDS
from invoicing.states.expenses import ClaimState
from people.models import Consent
from people.selectors import held_kinds, scopes_followed_by, scopes_with_part
from people.states import SELLING_PARTS, RoleKind
from people.states.consents import ConsentPurpose

HANDED_OVER: tuple[str, ...] = tuple(state for state in ClaimState.values if state != ClaimState.DRAFT)


def seen_claims(user: Any, path: str = "") -> Q:
    """The condition on claims, reached through `path`; a draft is its author's alone."""
    return Q(**{f"{path}person_id": user.person_id}) | entered_for(user, path) | _checked(user, path)


def entered_for(user: Any, path: str = "") -> Q:
    """Rows of somebody who agreed to it, in an activity where one sells, or which one follows (INV-55)."""
    today = timezone.localdate()
    agreed = Consent.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today),
        purpose=ConsentPurpose.EXPENSES,
        given_on__lte=today,
    )
    reach = scopes_entered(user)
    whose = Q(**{f"{path}person__in": agreed.values("person")})
    return whose if reach is None else whose & Q(**{f"{path}activity__scope_id__among": reach})


def scopes_entered(user: Any) -> frozenset[int] | None:
    """Where one may enter the expenses of somebody else; None for every activity."""
    kinds = held_kinds(user)
    if RoleKind.ACCOUNTANT in kinds:
        return None
    followed = scopes_followed_by(user, kind=RoleKind.ADVISOR) if RoleKind.ADVISOR in kinds else frozenset()
    return None if followed is None else scopes_with_part(user, SELLING_PARTS) | followed


def _checked(user: Any, path: str) -> Q:
    """What was handed over, for those who check it or read every book."""
    kinds = held_kinds(user)
    # Named one by one: through a join, « not a draft » would also be true of what is in no claim at all.
    handed_over = Q(**{f"{path}state__in": HANDED_OVER})
    if ALL_SALES_KINDS & kinds:
        return handed_over
    if RoleKind.ADVISOR not in kinds:
        return Q(pk__in=())
    followed = scopes_followed_by(user, kind=RoleKind.ADVISOR)
    if followed is None:
        return handed_over
    return handed_over & Q(**{f"{path}activity__scope_id__among": followed})
