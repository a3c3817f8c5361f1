"""The rights on shares: who reads the register keeps an eye on them, an associate reads and signs their
own."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.models import Document
from cae.core.permissions import kept
from governance.models import Associate, Refund, Subscription
from governance.permissions.predicates import acts_for, is_register_reader, is_share_writer
from governance.selectors.marks import ACCOUNT
from governance.states.register import RefundState, SubscriptionState
from people.models import User
from people.permissions import has_role
from people.selectors import has_mark
from people.states import RoleKind


@rules.predicate
def sees_of_associate(user: User, row: Any = None) -> bool:
    """Asks the same queryset as the list."""
    if row is None:
        return True
    seen = Associate.objects.visible_to(user).filter(pk=row.associate_id)
    return kept(user, row, "sees_of_associate", seen.exists)


@rules.predicate
def acts_for_signer(user: User, row: Subscription | None = None) -> bool:
    """One subscribes for oneself, or for whom one represents; nobody in another's name."""
    return bool(acts_for.test(user, row.associate if row is not None else None))


@rules.predicate
def has_account(user: User, _obj: Any = None) -> bool:
    """One is or was an associate, or represents one: who left reads what is still owed."""
    return has_mark(user, ACCOUNT)


@rules.predicate
def is_of_another(user: User, row: Any = None) -> bool:
    """Nobody keeps the books of their own shares, nor of those of whom they represent."""
    if row is None:
        return True
    return not acts_for.test(user, row if isinstance(row, Associate) else row.associate)


@rules.predicate
def may_give_up(user: User, row: Subscription | Refund | None = None) -> bool:
    """Whoever asked changes their mind while nothing is written in the books."""
    if row is None:
        return bool(acts_for.test(user, None))
    return row.state in (SubscriptionState.DRAFT, RefundState.ASKED) and bool(
        acts_for.test(user, row.associate)
    )


@rules.predicate
def sees_share_file(user: User, document: Document | None = None) -> bool:
    """Whoever sees the subscription opens its files."""
    if document is None:
        return True
    seen = Subscription.objects.visible_to(user)
    return bool(seen.filter(pk=document.about_id).exists())


PERMISSIONS: dict[str, Predicate] = {
    "governance.view_shares": is_register_reader,
    "governance.view_own_shares": has_account,
    "governance.view_subscription": sees_of_associate,
    "governance.view_refund": sees_of_associate,
    "governance.open_share_file": sees_share_file,
    "governance.write_shares": is_share_writer & is_of_another,
    "governance.write_share_classes": has_role(RoleKind.CO_MANAGER, RoleKind.ACCOUNTANT),
    "governance.ask_shares": acts_for,
    # A bulletin not signed, a request not processed.
    "governance.give_up_shares": may_give_up | is_share_writer & is_of_another,
    "governance.sign_subscription": acts_for_signer | is_share_writer & is_of_another,
}
