"""Rights over grants and earmarked funds."""

from __future__ import annotations

from typing import Any

import rules

from accounting.models import Fund
from accounting.permissions.books import reads_accounts
from cae.core.models import Document
from people.permissions import is_accountant, is_manager


@rules.predicate
def sees_fund(user: Any, fund: Fund | None = None) -> bool:
    """Asks the same queryset as the pages."""
    return fund is None or Fund.objects.visible_to(user).filter(pk=fund.pk).exists()


@rules.predicate
def follows_fund(user: Any, fund: Fund | None = None) -> bool:
    """The person whom it names."""
    if fund is None:
        return Fund.objects.filter(owner__isnull=False, owner=user.person_id).exists()
    return fund.owner_id is not None and fund.owner_id == user.person_id


@rules.predicate
def sees_fund_of(user: Any, document: Document | None = None) -> bool:
    """A letter is opened by whoever sees its fund."""
    if document is None:
        return True
    fund = Fund.objects.filter(pk=int(document.about_id)).first()
    return fund is not None and sees_fund.test(user, fund)


PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_funds": reads_accounts | follows_fund,
    "accounting.view_fund": sees_fund,
    "accounting.follow_fund": is_accountant | is_manager | follows_fund,
    "accounting.keep_funds": is_accountant,
    "accounting.open_fund_file": sees_fund_of,
}
