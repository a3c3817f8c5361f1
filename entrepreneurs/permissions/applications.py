"""Who may write, send and follow an application, and write the charter."""

from typing import Any

import rules

from entrepreneurs.models import Application
from people.permissions import is_admin, is_candidate, is_manager


@rules.predicate
def is_own_application(user: Any, application: Application | None = None) -> bool:
    """The application of the person who holds the account; without object: may have one."""
    if application is None:
        return getattr(user, "person_id", None) is not None
    return application.person_id is not None and application.person_id == getattr(user, "person_id", None)


PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.submit_application": is_own_application,
    "entrepreneurs.withdraw_application": is_own_application,
    "entrepreneurs.follow_application": is_candidate,
    "entrepreneurs.view_charters": is_manager | is_admin,
    "entrepreneurs.publish_charter": is_manager | is_admin,
}
