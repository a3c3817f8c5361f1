"""Who may do what with files and mails that come in."""

import rules

PERMISSIONS: dict[str, rules.Predicate] = {}
