"""Who may do what with joint and internal sales."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
