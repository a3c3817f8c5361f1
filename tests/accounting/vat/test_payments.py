"""VAT that a line of the bank paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.entries import credit, debit
from accounting.models import Entry, TaxDeadline
from accounting.selectors.accounts import section_of
from accounting.selectors.ledger import trial_balance
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.services.lettering import letter_entries
from accounting.services.tax_deadlines import make_deadlines
from accounting.services.vat_returns import pay_return, undo_return
from accounting.states.vat import DeadlineState
from cae.core.errors import Code
from people.states import RoleKind
from tests.factories.accounting_bank import make_line
from tests.factories.accounting_vat import TODAY, filed, post, prepared, sold
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
D = Decimal


def test_what_the_bank_has_settled_is_noted_and_never_posted_twice() -> None:
    """Two sections owe: a line of the bank pays all that is due, or a part of it."""
    accountant = make_user(RoleKind.ACCOUNTANT)
    for name in ("A", "B"):
        sold(section_of(make_activity(name=name)), ("20", "1000.00", "200.00"), number=f"F-{name}")
    row = filed(prepared(), accountant)
    assert row.entry is not None
    owed = list(row.entry.lines.filter(account__role="vat_due").order_by("pk"))
    assert len(owed) == 2
    part = make_line("-200.00", "DGFIP TVA", "2026-05-20")
    choice = Choice([(f"due:{owed[0].pk}", D("-200.00"))], label="TVA")
    half = match_line(part, choice=choice, shown=1, actor=accountant, today=TODAY)
    with refused(Code.ALREADY_DONE, "on", "Une partie de cette TVA"):
        pay_return(row, on=TODAY, today=TODAY, actor=accountant)
    with refused(Code.ILLEGAL_MOVE, said="est payée"):
        undo_return(row, reason="Erreur", actor=accountant)
    undo_match(half, reason="En deux fois", shown=2, actor=accountant, today=TODAY)
    whole = make_line("-400.00", "DGFIP TVA", "2026-05-20", opening="800.00")
    choice = Choice([(f"dues:{row.entry_id}:{owed[0].account_id}", D("-400.00"))], label="TVA")
    match_line(whole, choice=choice, shown=1, actor=accountant, today=TODAY)
    before = Entry.objects.count()
    row = pay_return(row, on=TODAY, today=TODAY, actor=accountant)
    assert (Entry.objects.count(), row.payment) == (before, Entry.objects.latest("pk"))
    due = trial_balance().get(role="vat_due")
    assert (row.paid_on, due.balance) == (date(2026, 5, 20), 0)  # type: ignore[attr-defined]


def test_a_match_undone_leaves_the_return_to_be_paid_again() -> None:
    accountant, section = make_user(RoleKind.ACCOUNTANT), section_of(make_activity())
    sold(section, ("20", "1000.00", "200.00"))
    make_deadlines(2026, actor=None)
    row = filed(prepared(), accountant)
    assert row.entry is not None
    owed = row.entry.lines.get(account__role="vat_due")
    line = make_line("-200.00", "DGFIP TVA", "2026-05-20")
    choice = Choice([(f"due:{owed.pk}", D("-200.00"))], label="TVA")
    line = match_line(line, choice=choice, shown=1, actor=accountant, today=TODAY)
    pay_return(row, on=TODAY, today=TODAY, actor=accountant)
    assert TaxDeadline.objects.get(vat_return=row).state == DeadlineState.PAID
    undo_match(line, reason="Un autre impôt", shown=2, actor=accountant, today=TODAY)
    row.refresh_from_db()
    assert (row.paid_on, row.payment, row.awaits_payment) == (None, None, True)
    assert TaxDeadline.objects.get(vat_return=row).state == DeadlineState.FILED
    # And paid anew, by the books this time.
    assert pay_return(row, on=TODAY, today=TODAY, actor=accountant).payment is not None
    assert TaxDeadline.objects.get(vat_return=row).state == DeadlineState.PAID


def test_an_entry_that_paid_two_returns_proves_one() -> None:
    accountant, section = make_user(RoleKind.ACCOUNTANT), section_of(make_activity())
    rows = []
    for month in (3, 4):
        sold(section, ("20", "1000.00", "200.00"), on=date(2026, month, 10), number=f"F-{month}")
        rows.append(filed(prepared(date(2026, month, 1)), accountant))
    both = post(debit("vat_due", section.pk, D(400)), credit("bank", section.pk, D(400)), on=TODAY)
    letter_entries([*(row.entry_id or 0 for row in rows), both], roles=["vat_due"], actor=accountant)
    pay_return(rows[0], on=TODAY, today=TODAY, actor=accountant)
    with refused(Code.ALREADY_DONE, "on", "paie déjà « TVA de mars 2026 »"):
        pay_return(rows[1], on=TODAY, today=TODAY, actor=accountant)
