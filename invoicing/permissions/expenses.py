"""Who may do what with receipts and expense claims of the entrepreneur."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from cae.core.permissions import kept
from entrepreneurs.models import Activity
from invoicing.models import ExpenseClaim, ExpenseLine, Voucher
from invoicing.models.expense_sight import entered_for, scopes_entered
from invoicing.models.sight import ALL_SALES_KINDS
from people.permissions import has_role, is_accountant, is_admin, is_advisor, sells_own


@rules.predicate
def sees_claim(user: Any, claim: ExpenseClaim | None = None) -> bool:
    """Asks the same queryset as the list."""
    if claim is None or claim.person_id == user.person_id:
        return True
    found = ExpenseClaim.objects.visible_to(user).filter(pk=claim.pk)
    return kept(user, claim, "claim", found.exists)


@rules.predicate
def sees_voucher(user: Any, voucher: Voucher | None = None) -> bool:
    """Asks the same queryset as the list."""
    if voucher is None or voucher.person_id == user.person_id:
        return True
    found = Voucher.objects.visible_to(user).filter(pk=voucher.pk)
    return kept(user, voucher, "voucher", found.exists)


@rules.predicate
def writes_expenses(user: Any, obj: Any = None) -> bool:
    """One's own, in an activity where one sells; those of somebody who agreed to it (INV-55)."""
    if obj is None:
        return True
    if isinstance(obj, Activity):
        reach = scopes_entered(user)
        return reach is None or obj.scope_id in reach
    row = obj.claim if isinstance(obj, ExpenseLine) else obj
    if row.person_id == user.person_id:
        return True
    rows: Any = type(row)._default_manager
    return kept(user, row, "entered_for", rows.filter(entered_for(user), pk=row.pk).exists)


@rules.predicate
def sees_voucher_of_file(user: Any, document: Document | None = None) -> bool:
    """The file of a receipt, and the picture drawn of it, open to those who see the receipt."""
    if document is None:
        return True
    seen = Voucher.objects.visible_to(user)
    return seen.filter(document=document).exists() or seen.filter(preview=document).exists()


@rules.predicate
def sells_somewhere(user: Any, _obj: Any = None) -> bool:
    """A receipt is of nobody's activity until it is completed: the door asks for one at all."""
    return bool(sells_own.test(user))


@rules.predicate
def was_handed_over(_user: Any, claim: ExpenseClaim | None = None) -> bool:
    return claim is None or not claim.is_draft


reads_claims = has_role(*ALL_SALES_KINDS) | is_advisor | sells_somewhere
keeps_kinds = is_accountant | is_admin
enters = sells_somewhere | is_accountant | is_advisor

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_expenses": enters,
    "invoicing.view_claims": reads_claims,
    "invoicing.view_claim": reads_claims & sees_claim,
    "invoicing.enter_expense": enters & writes_expenses,
    "invoicing.submit_claim": enters & writes_expenses,
    "invoicing.write_on_claim": enters & (writes_expenses | (sees_claim & was_handed_over)),
    "invoicing.view_voucher": reads_claims & sees_voucher,
    "invoicing.keep_voucher": enters,
    "invoicing.open_voucher": reads_claims & sees_voucher_of_file,
    "invoicing.keep_expense_kinds": keeps_kinds,
}
