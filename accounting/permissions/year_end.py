"""Rights over closing of a year and allocation of the result."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
