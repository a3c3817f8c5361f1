"""Rights over FEC, exports to accounting programs, imported ledgers."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
