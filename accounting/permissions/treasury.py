"""Rights over cash to come, floors and alerts."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
