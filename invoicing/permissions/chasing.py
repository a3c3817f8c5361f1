"""Who may do what with reminders and statements."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
