"""Rights over levies of the cooperative’s own, trial of a scheme."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
