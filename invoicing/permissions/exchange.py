"""Who may do what with the exchange with an approved platform."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
