"""Rights over simulation of pay and price."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
