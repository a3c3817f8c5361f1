"""The rights on those who work in places, on plans and on what one holds there oneself."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import QuerySet
from django.utils import timezone
from rules.predicates import Predicate

from cae.core.questions import Given
from coworking.models import Member
from coworking.permissions.predicates import runs_place
from people.models import User
from people.permissions import has_role
from people.selectors.rights import has_mark
from people.states import RoleKind

# Of those who work, or worked, in a place.
MEMBER = "coworking.member"
# They bill, they check, they answer for it all.
follows_places = has_role(RoleKind.CO_MANAGER, RoleKind.ACCOUNTANT, RoleKind.AUDITOR)
reads_members = runs_place | follows_places


@rules.predicate
def works_in_a_place(user: User, obj: Any = None) -> bool:
    """One holds, or held, something in a place."""
    return has_mark(user, MEMBER)


@rules.predicate
def is_own_member(user: User, member: Member | None = None) -> bool:
    """One’s own membership, or that of somebody of the organisation that one leads there."""
    if user.person_id is None:
        return False
    if member is None or member.person_id == user.person_id:
        return works_in_a_place.test(user)
    led = Member.objects.in_force(timezone.localdate()).filter(
        person=user.person_id, place=member.place_id, organisation=member.organisation_id, leads=True
    )
    return member.organisation_id is not None and led.exists()


def members_of_person() -> QuerySet[Member]:
    """What gives somebody the mark."""
    return Member.objects.filter(person=Given("person"))


PERMISSIONS: dict[str, Predicate] = {
    "coworking.read_members": reads_members,
    "coworking.keep_members": runs_place,
    "coworking.keep_plans": runs_place,
    "coworking.own_places": works_in_a_place,
    "coworking.read_own_member": is_own_member,
}
