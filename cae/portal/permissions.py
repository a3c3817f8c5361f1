"""Who reads and changes what belongs to the whole house."""

import rules

from people.permissions import is_accountant, is_admin, is_auditor, is_manager, is_officer

CORE_PERMISSIONS: dict[str, rules.Predicate] = {
    "core.view_documents": is_admin | is_auditor | is_accountant | is_manager,
    "core.view_journal": is_admin | is_auditor | is_officer | is_manager,
    "core.view_settings": is_admin | is_manager | is_accountant | is_auditor,
    "core.change_settings": is_admin,
}
