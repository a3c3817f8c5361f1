"""The rights on leave and absences."""

from __future__ import annotations

import rules
from rules.predicates import Predicate

from entrepreneurs.models import Absence
from people.models import User
from people.permissions import has_role, is_hr, is_manager, is_staff_member
from people.states import RoleKind


@rules.predicate
def is_own_absence(user: User, absence: Absence | None = None) -> bool:
    return user.person_id is not None and (absence is None or absence.person_id == user.person_id)


@rules.predicate
def is_anothers(user: User, absence: Absence | None = None) -> bool:
    return absence is None or absence.person_id != user.person_id


@rules.predicate
def sees_absence(user: User, absence: Absence | None = None) -> bool:
    """Asks the same queryset as the list."""
    return absence is None or Absence.objects.visible_to(user).filter(pk=absence.pk).exists()


PERMISSIONS: dict[str, Predicate] = {
    "entrepreneurs.ask_absence": has_role(RoleKind.ENTREPRENEUR) | is_staff_member,
    "entrepreneurs.view_absences": is_hr | is_manager,
    "entrepreneurs.view_absence": sees_absence,
    "entrepreneurs.view_team_absences": is_staff_member,
    # Why somebody is away is health, or family.
    "entrepreneurs.view_absence_reason": is_own_absence | is_hr,
    "entrepreneurs.view_absence_reasons": is_hr,
    "entrepreneurs.decide_absence": (is_hr | is_manager) & is_anothers,
    "entrepreneurs.record_absence": is_hr,
    "entrepreneurs.cancel_absence": is_own_absence | is_hr,
}
