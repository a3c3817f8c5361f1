"""Rights over statements of the bank and their matching."""

import rules

from people.permissions import is_accountant, is_auditor, is_manager

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_bank": is_accountant | is_manager | is_auditor,
    "accounting.keep_bank": is_accountant,
    "accounting.match_bank": is_accountant,
}
