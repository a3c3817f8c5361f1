"""Rights over lettering and aged balances."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
