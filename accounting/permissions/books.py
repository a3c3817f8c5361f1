"""Who reads the books, who keeps them, and who sees the accounts of an activity."""

from __future__ import annotations

from typing import Any

import rules

from accounting.models import AnalyticAccount, Entry, ResultSharing
from accounting.selectors.sharing import section_of_person
from people.permissions import is_accountant, is_advisor, is_auditor, is_entrepreneur, is_manager, is_own


@rules.predicate
def sees_section(user: Any, section: AnalyticAccount | None = None) -> bool:
    """Asks the same queryset as the pages."""
    return section is None or AnalyticAccount.objects.visible_to(user).filter(pk=section.pk).exists()


@rules.predicate
def sees_entry(user: Any, entry: Entry | None = None) -> bool:
    return entry is None or Entry.objects.visible_to(user).filter(pk=entry.pk).exists()


@rules.predicate
def owns_one(user: Any, _obj: Any = None) -> bool:
    """Takes part in an activity, whatever the object asked about."""
    return is_own.test(user)


@rules.predicate
def sees_sharing(user: Any, sharing: ResultSharing | None = None) -> bool:
    """Asks the same queryset as the pages."""
    return sharing is None or ResultSharing.objects.visible_to(user).filter(pk=sharing.pk).exists()


@rules.predicate
def has_own_section(user: Any, _obj: Any = None) -> bool:
    """Somebody of a collective without an activity of their own (ENT-03)."""
    return section_of_person(user) is not None


reads_books = is_accountant | is_manager | is_auditor
reads_accounts = reads_books | is_advisor | is_entrepreneur | owns_one

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_ledger": reads_books,
    "accounting.view_statement": reads_accounts & sees_section,
    "accounting.view_own_statement": is_entrepreneur | owns_one,
    "accounting.view_entry": reads_accounts & sees_entry,
    "accounting.view_balances": reads_books | is_advisor,
    "accounting.change_accounts": is_accountant,
    "accounting.change_scales": is_accountant,
    "accounting.reverse_contribution": is_accountant,
    "accounting.run_contribution": is_accountant,
    "accounting.check_books": is_accountant,
    "accounting.view_payments": reads_books,
    "accounting.prepare_payments": is_accountant,
    "accounting.release_payments": is_accountant | is_manager,
    "accounting.view_sharing": sees_sharing,
    "accounting.share_result": is_accountant,
    "accounting.view_own_parts": has_own_section,
}
