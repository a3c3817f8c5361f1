"""Who leads, joins and signs in an activity of several people (ENT-43 to ENT-45)."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from entrepreneurs.models import Agreement, JoinRequest
from entrepreneurs.permissions.activities import sees_activity
from entrepreneurs.permissions.trades import answers_for
from people.permissions import has_role, in_scope, is_own, leads_own
from people.states import RoleKind


@rules.predicate
def sees_agreement(user: Any, agreement: Agreement | None = None) -> bool:
    """Asks the same queryset as the list."""
    return agreement is None or sees_activity(user, agreement.activity)


@rules.predicate
def sees_file_of_agreement(user: Any, document: Document | None = None) -> bool:
    """Whoever sees the agreement opens its signed PDF."""
    return document is None or Agreement.objects.visible_to(user).filter(signed_pdf=document).exists()


@rules.predicate
def signs_agreement(user: Any, agreement: Agreement | None = None) -> bool:
    """Each member signs for themselves."""
    if agreement is None:
        return user.person_id is not None
    return user.person_id is not None and agreement.shares.filter(person=user.person_id).exists()


@rules.predicate
def is_the_other_side(user: Any, request: JoinRequest | None = None) -> bool:
    """Who was asked answers: the person whom members propose, or those who lead the activity."""
    if request is None:
        return True
    if request.by_members:
        return bool(user.person_id == request.person_id)
    return bool(leads_own.test(user, request.activity) or answers_for.test(user, request.activity))


@rules.predicate
def asked_it(user: Any, request: JoinRequest | None = None) -> bool:
    if request is None:
        return True
    if request.by_members:
        return bool(leads_own.test(user, request.activity) or answers_for.test(user, request.activity))
    return bool(user.person_id == request.person_id)


@rules.predicate
def sees_join(user: Any, request: JoinRequest | None = None) -> bool:
    """Asks the same queryset as the list."""
    return request is None or JoinRequest.objects.visible_to(user).filter(pk=request.pk).exists()


leads = leads_own | answers_for
knows_the_house = has_role(
    RoleKind.CANDIDATE, RoleKind.PROJECT_HOLDER, RoleKind.ENTREPRENEUR, RoleKind.ASSOCIATE
)

PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.manage_members": leads,
    "entrepreneurs.close_activity": answers_for,
    "entrepreneurs.view_agreement": sees_agreement,
    "entrepreneurs.open_agreement_file": sees_file_of_agreement,
    "entrepreneurs.draft_agreement": leads_own | in_scope(RoleKind.ADVISOR, RoleKind.ADMINISTRATOR),
    "entrepreneurs.sign_agreement": signs_agreement,
    "entrepreneurs.countersign_agreement": in_scope(RoleKind.CO_MANAGER),
    "entrepreneurs.view_collectives": knows_the_house | is_own | answers_for,
    "entrepreneurs.ask_join": knows_the_house | is_own,
    "entrepreneurs.view_join": sees_join,
    "entrepreneurs.answer_join": is_the_other_side,
    "entrepreneurs.withdraw_join": asked_it,
    "entrepreneurs.judge_join": is_own,
}
