"""The rights on one’s own data, protected records, merging, retention and the data officer’s desk."""

from typing import Any

import rules
from rules.predicates import Predicate

from people.models import User
from people.permissions.predicates import (
    is_about_another,
    is_accountant,
    is_admin,
    is_advisor,
    is_hr,
    is_manager,
    is_officer,
    is_oneself,
    sees_person,
)
from people.states.sensitive import SensitivePurpose

# Which right opens a protected record for which purpose. An administrator has none of them.
RIGHT_OF_PURPOSE: dict[str, str] = {
    SensitivePurpose.PAY: "people.open_sensitive_for_pay",
    SensitivePurpose.FUNDER: "people.open_sensitive_for_funder",
    SensitivePurpose.HEALTH: "people.open_sensitive_for_health",
    SensitivePurpose.RIGHT_TO_WORK: "people.open_sensitive_for_right_to_work",
    SensitivePurpose.OWN: "people.view_own_data",
    SensitivePurpose.REQUEST: "people.open_sensitive_for_request",
}


@rules.predicate
def owns_document(user: User, document: Any = None) -> bool:
    """The export of one’s own data: nobody else’s, whatever their function."""
    return document is None or (document.created_by_id is not None and document.created_by_id == user.pk)


@rules.predicate
def is_no_document(user: User, document: Any = None) -> bool:
    """What is handed out once is never opened by the address of its file."""
    return document is None or document._meta.label_lower != "core.document"


PERMISSIONS: dict[str, Predicate] = {
    "people.view_own_data": is_oneself,
    "people.change_bank": is_oneself,
    "people.confirm_bank": (is_accountant | is_hr) & is_about_another,
    "people.open_own_export": owns_document,
    "people.view_sensitive": (is_hr | is_accountant | is_advisor | is_manager | is_officer) & sees_person,
    "people.open_sensitive_for_pay": (is_hr | is_accountant) & sees_person,
    "people.open_sensitive_for_funder": (is_hr | is_advisor) & sees_person,
    "people.open_sensitive_for_health": is_hr & sees_person,
    "people.open_sensitive_for_right_to_work": (is_hr | is_manager) & sees_person,
    "people.open_sensitive_for_request": is_officer,
    "people.record_consent": (is_hr | is_advisor) & sees_person,
    "people.view_duplicates": is_admin | is_hr,
    # Whoever writes a file or invites is told of those that look like it.
    "people.view_lookalikes": is_admin | is_hr | is_advisor,
    "people.merge_persons": is_admin | is_hr,
    "people.view_data_desk": is_officer | is_manager,
    "people.answer_data_request": is_officer,
    "people.hand_data": is_officer & is_no_document,
    "people.change_incident": is_officer,
    "people.change_processing": is_officer,
    "people.decide_retention": is_officer,
}
