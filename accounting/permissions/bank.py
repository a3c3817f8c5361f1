"""Rights over statements of the bank and their matching."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
