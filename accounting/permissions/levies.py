"""Rights over levies of the cooperative’s own, trial of a scheme."""

import rules

from people.permissions import is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.change_levies": is_accountant,
}
