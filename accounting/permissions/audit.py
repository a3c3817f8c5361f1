"""Rights over the auditor."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
