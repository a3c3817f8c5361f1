"""Rights over closing of a year and allocation of the result."""

from __future__ import annotations

from typing import Any

import rules

from accounting.models import StatementAgreement
from accounting.permissions.books import reads_books
from people.permissions import is_accountant, leads_own


@rules.predicate
def opens_year_statement(user: Any, document: Any = None) -> bool:
    """The file of a statement in sight."""
    rows = StatementAgreement.objects.visible_to(user)
    return rows.exists() if document is None else rows.filter(pk=document.about_id).exists()


@rules.predicate
def answers_for(user: Any, row: StatementAgreement | None = None) -> bool:
    """One of those who lead the activity; without object: somebody leads one."""
    return bool(leads_own.test(user, None if row is None else row.analytic.activity))


PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_year_end": reads_books,
    "accounting.keep_year_end": is_accountant,
    "accounting.open_year_statement": opens_year_statement,
    "accounting.open_year_archive": is_accountant,
    "accounting.sign_statement": answers_for,
}
