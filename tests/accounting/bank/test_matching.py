"""What accepting a line does in the books, and what undoing it takes back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.bank_entries import SplitPart
from accounting.models import BankLine, BankMatch, Entry
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.bank_proposals import offers_of, pool_of
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.states.bank import BankLineState, MatchKind
from cae.core.errors import Code
from tests.factories import accounting as books
from tests.factories.accounting_bank import TODAY, make_line
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import issued
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def accept(line: BankLine, rank: int = 0) -> BankLine:
    """What the page does with the proposal of this rank."""
    offer = offers_of(line, pool_of(line.bank_account, TODAY))[rank]
    choice = Choice(offer.items, label=offer.title)
    return match_line(line, choice=choice, shown=line.version, actor=None, today=TODAY)


def test_a_receipt_already_in_the_books_is_ticked() -> None:
    entry = books.receipt(make_activity(), "240.00", number="F2026-0012", on=date(2026, 3, 9))
    line = accept(make_line("240.00", "VIR CLIENT A F2026-0012", "2026-03-10"))
    match = BankMatch.objects.get()
    assert (line.state, match.kind, match.made.count()) == (BankLineState.MATCHED, MatchKind.LEDGER, 0)
    assert match.lines.get().entry_line.entry == entry
    assert Entry.objects.count() == 1
    undone = undo_match(line, reason="Autre client", shown=line.version, actor=None, today=TODAY)
    assert undone.state == BankLineState.TO_MATCH
    assert accept(undone).state == BankLineState.MATCHED


def test_an_invoice_is_paid_by_its_line_and_due_again_when_it_is_undone() -> None:
    invoice = issued()
    due = invoice.total_incl_tax
    line = accept(make_line(str(due), f"VIR {invoice.number}", "2026-03-20"))
    payment = invoice.payments.get()
    assert (payment.amount, payment.receipt.on) == (due, date(2026, 3, 20))
    assert BankMatch.objects.get().made.get() == payment.receipt.entry
    undo_match(line, reason="Doublon", shown=line.version, actor=None, today=TODAY)
    assert sum(one.amount for one in invoice.payments.all()) == 0


def test_a_split_posts_each_part_in_its_section_with_its_tax() -> None:
    section = section_of(make_activity()).pk
    line = make_line("-62.00", "PRLV TELECOM", "2026-03-12")
    parts = [
        SplitPart("626000", section, Decimal("50.00")),
        SplitPart("627000", shared_section().pk, Decimal("12.00"), vat_rate=Decimal("20.00")),
    ]
    done = match_line(line, choice=Choice(parts=parts), shown=1, actor=None, today=TODAY)
    entry = BankMatch.objects.get().made.get()
    told = {(one.account.number, one.analytic_id): one.debit - one.credit for one in entry.lines.all()}
    shared = shared_section().pk
    assert told == {
        ("626000", section): Decimal("50.00"),
        ("512000", section): Decimal("-50.00"),
        ("627000", shared): Decimal("10.00"),
        ("445660", shared): Decimal("2.00"),
        ("512000", shared): Decimal("-12.00"),
    }
    assert (entry.on, entry.source) == (date(2026, 3, 12), done)
    undo_match(done, reason="Erreur", shown=done.version, actor=None, today=TODAY)
    assert Entry.objects.get(reverses=entry).on == entry.on


def test_a_sum_that_is_not_the_line_changes_nothing() -> None:
    line = make_line("-62.00", "PRLV TELECOM")
    parts = [SplitPart("626000", shared_section().pk, Decimal("50.00"))]
    with refused(Code.AMOUNT_INVALID, said="ventilez la différence"):
        match_line(line, choice=Choice(parts=parts), shown=1, actor=None, today=TODAY)
