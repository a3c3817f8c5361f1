"""The pay of somebody at each of its moments, as the pages of the house show it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accounting.models import ExportLayout, PayJournalImport, PayProposal, Payslip, YearEndRegularisation
from accounting.selectors.accounts import section_of
from accounting.services.pay_exports import export_pay, resend_export
from accounting.services.pay_journals import undo_import
from accounting.services.pay_proposals import agree_pay, check_pay, withdraw_pay
from accounting.services.pay_slips import file_slips, read_slips
from accounting.services.pay_years import draft_agreement
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.models import Person, User
from tests.factories.accounting_pay_years import compute, fill_year
from tests.factories.accounting_payroll import (
    NOVEMBER,
    TODAY,
    make_employed,
    make_layout,
    make_received,
    make_salaried,
    make_slips_pdf,
    november,
    propose_month,
    slip_words,
    summary,
    summary_line,
)
from tests.factories.payments import make_cash


def paid_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """What the walk visits of pay: everything of the seller, and what others bring to the lists."""
    return pay_of(users["seller"], activity)


def pay_of(user: User, activity: Activity) -> dict[str, Any]:
    """The pay of somebody in November: sent again, received, undone and received again; their payslip, their
    year and an agreement to sign; another person's to accept, and one withdrawn."""
    Person.objects.filter(pk=user.person_id).update(
        address_line="1 rue des Tests", city="Dax", postcode="40100"
    )
    user.person.refresh_from_db()  # type: ignore[union-attr]
    # Over before what else the house may have them sign.
    make_employed(user, activity, last=NOVEMBER.last)
    make_cash(section_of(activity), "90000.00")
    make_salaried("600.00")
    gone, *_rest = make_salaried("700.00")
    propose_month()
    rows = {row.person_id: row for row in PayProposal.objects.filter(month=november())}
    mine = rows[user.person_id or 0]
    withdrawn = withdraw_pay(rows[gone.person_id or 0], reason="Contrat suspendu", actor=None)
    agree_pay(mine, actor=user)
    check_pay(mine, actor=None)
    layout = ExportLayout.objects.first() or make_layout()
    export = export_pay(november(), layout, actor=None)
    again = resend_export(export, layout=layout, actor=None)
    undone = make_received(summary(summary_line(mine)))
    undo_import(undone, reason="Mauvais fichier", today=NOVEMBER.last, actor=None)
    journal = make_received(summary(summary_line(mine)))
    content = make_slips_pdf(slip_words(mine.person))
    batch = read_slips(november(), content=content, name="novembre.pdf", actor=None)
    file_slips(batch, actor=None)
    fill_year(user, activity)
    compute()
    year = YearEndRegularisation.objects.get(person=user.person, activity=activity)
    return {
        "pay": PayProposal.objects.get(pk=mine.pk),
        "pay_to_accept": _earlier(user),
        "pay_withdrawn": withdrawn,
        "pay_layout": layout,
        "pay_export": again,
        "pay_export_replaced": export,
        "pay_journal": journal,
        "pay_journal_undone": PayJournalImport.objects.get(pk=undone.pk),
        "slip_batch": batch,
        "payslip": Payslip.objects.get(person=user.person),
        "pay_year": year,
        "retained": draft_agreement(year, amount=Decimal("1000.00"), actor=None),
    }


def _earlier(user: User) -> PayProposal:
    """That of October, still to accept."""
    propose_month(Month(2026, 10), today=TODAY)
    return PayProposal.objects.get(person=user.person, month__first=Month(2026, 10).first)
