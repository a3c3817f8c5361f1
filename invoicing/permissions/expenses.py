"""Who may do what with receipts and expense claims of the entrepreneur."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
