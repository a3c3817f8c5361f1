"""The rights on legal dates."""

from rules.predicates import Predicate

from people.permissions.predicates import has_role, is_hr, is_oneself
from people.states import RoleKind

PERMISSIONS: dict[str, Predicate] = {
    "people.view_deadlines": has_role(RoleKind.HUMAN_RESOURCES, RoleKind.ADVISOR, RoleKind.CO_MANAGER),
    "people.view_own_deadlines": is_oneself,
    # A space of one’s own in the menu: those of the path; the staff reach theirs from their account.
    "people.keep_own_space": has_role(
        RoleKind.CANDIDATE, RoleKind.PROJECT_HOLDER, RoleKind.ENTREPRENEUR, RoleKind.ASSOCIATE
    ),
    "people.write_deadline": is_hr,
}
