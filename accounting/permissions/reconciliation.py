"""Rights over deposit slips and bank reconciliation."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
