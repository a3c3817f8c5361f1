"""Who may do what with deals."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
