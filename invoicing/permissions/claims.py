"""Who may do what with the check of claims and mileage."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
