"""Rights over statements by layout: balance sheet, income statement, shared services."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
