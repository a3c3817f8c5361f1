"""Who reads and keeps the list of trades, the covers of insurance and the claims (ENT-41, ENT-42)."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from entrepreneurs.models import Activity, Claim, Cover
from entrepreneurs.models.activities import READER_KINDS
from entrepreneurs.permissions.activities import sees_activity
from people.permissions import has_role, in_scope, is_own, writes_own
from people.states import RoleKind

# Those who answer for what an activity may sell.
ANSWERING_KINDS = (RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR)
answers_for = in_scope(*ANSWERING_KINDS)
keeps_house = has_role(RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR)


@rules.predicate
def sees_claim(user: Any, claim: Claim | None = None) -> bool:
    """Asks the same queryset as the list."""
    return claim is None or Claim.objects.visible_to(user).filter(pk=claim.pk).exists()


@rules.predicate
def sees_cover_of_file(user: Any, document: Document | None = None) -> bool:
    """The proof of a cover opens to those who see its activity; that of the house, to all who see one."""
    if document is None:
        return True
    cover = Cover.objects.filter(proof=document).select_related("activity").first()
    if cover is None:
        return False
    if cover.activity is None:
        return bool(is_own.test(user)) or Activity.objects.visible_to(user).exists()
    return sees_activity(user, cover.activity)


@rules.predicate
def is_of_one_activity(_user: Any, cover: Any = None) -> bool:
    """The contract of the cooperative concerns everybody: an advisor records those of their activities."""
    return not isinstance(cover, Cover) or cover.activity_id is not None


PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_trades": has_role(
        *READER_KINDS, RoleKind.ENTREPRENEUR, RoleKind.PROJECT_HOLDER, RoleKind.ASSOCIATE
    )
    | is_own,
    "entrepreneurs.change_trades": keeps_house,
    "entrepreneurs.view_covers": has_role(*ANSWERING_KINDS, RoleKind.CO_MANAGER, RoleKind.AUDITOR),
    "entrepreneurs.record_cover": keeps_house | (answers_for & is_of_one_activity),
    "entrepreneurs.open_cover_proof": sees_cover_of_file,
    "entrepreneurs.view_claim": sees_claim,
    "entrepreneurs.declare_claim": writes_own | answers_for,
    "entrepreneurs.follow_claim": answers_for,
}
