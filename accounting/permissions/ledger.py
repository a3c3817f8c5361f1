"""Rights over years and periods, entries by hand, closing of a month, the desk of the accountant."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
