"""Rights over grants and earmarked funds."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
