"""The rights on dated statuses and on what is counted of them."""

from typing import Any

import rules
from rules.predicates import Predicate

from people.permissions.predicates import is_accountant, is_admin, is_hr, is_manager


@rules.predicate
def is_by_hand(_user: Any, status: Any = None) -> bool:
    """A contract or an exit changes what it made; a hand changes the rest."""
    return status is None or status.is_by_hand


# Figures of the whole house, each opening its list: for those whose role reaches the whole house.
PERMISSIONS: dict[str, Predicate] = {
    "people.record_status": is_hr,
    "people.change_status": is_hr & is_by_hand,
    "people.view_headcount": is_hr | is_manager | is_admin | is_accountant,
}
