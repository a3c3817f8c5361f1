"""Who may do what with delivery notes, proforma invoices and disbursements."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
