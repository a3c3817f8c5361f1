"""Rights over proposals of pay, exchanges with payroll, payslips, balance of the year.

Pay has its own secrets: the person, human resources and the accountant; never an advisor."""

from __future__ import annotations

from typing import Any

import rules

from accounting.models import PayProposal, Payslip, YearEndRegularisation
from people.permissions import is_accountant, is_entrepreneur, is_hr, is_staff_member


@rules.predicate
def is_own_pay(user: Any, row: Any = None) -> bool:
    """The pay is this person's own; without object: they have a file at all."""
    return user.person_id is not None and (row is None or row.person_id == user.person_id)


@rules.predicate
def sees_pay(user: Any, row: PayProposal | None = None) -> bool:
    """Asks the same queryset as the pages."""
    return row is None or PayProposal.objects.visible_to(user).filter(pk=row.pk).exists()


@rules.predicate
def opens_payslip(user: Any, document: Any = None) -> bool:
    """Asks the same queryset as the pages: one's own, or all for human resources."""
    rows = Payslip.objects.visible_to(user)
    return rows.exists() if document is None else rows.filter(document=document.pk).exists()


@rules.predicate
def sees_pay_year(user: Any, row: YearEndRegularisation | None = None) -> bool:
    """Asks the same queryset as the pages."""
    return row is None or YearEndRegularisation.objects.visible_to(user).filter(pk=row.pk).exists()


PERMISSIONS: dict[str, rules.Predicate] = {
    # The menu of those who sell; the support staff come by the notice of their payslip.
    "accounting.keep_pay_space": is_entrepreneur,
    "accounting.view_own_pay": is_entrepreneur | is_staff_member,
    "accounting.answer_pay": is_own_pay,
    "accounting.view_pay": is_hr | is_accountant,
    "accounting.view_pay_proposal": sees_pay,
    "accounting.prepare_pay": is_hr,
    "accounting.export_pay": is_hr | is_accountant,
    "accounting.import_pay": is_accountant,
    "accounting.open_payslip": opens_payslip,
    "accounting.close_pay_year": is_hr | is_accountant,
    "accounting.view_pay_year": sees_pay_year,
    "accounting.sign_retained": is_own_pay,
}
