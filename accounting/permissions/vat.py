"""Rights over the VAT statement and the tax calendar."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
