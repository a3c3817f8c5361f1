"""Who may do what with suppliers and purchases."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
