"""Who may do what with parts of a quote."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
