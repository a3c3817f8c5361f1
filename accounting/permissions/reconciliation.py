"""Rights over deposit slips and reconciliations of the bank."""

import rules

from people.permissions import is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.prepare_deposits": is_accountant,
}
