"""Books, bank and what stands between, on any date (ACC-37)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounting.models import AnalyticAccount, BankAccount
from accounting.selectors.accounts import section_of
from accounting.selectors.reconciliation import Reconciliation, reconciliation_on
from accounting.services.bank_matching import Choice, match_line, undo_match
from accounting.services.reversing import reverse_entry
from tests.factories.accounting_bank import make_bank_account, make_lines, matched
from tests.factories.accounting_lettering import third
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def account() -> BankAccount:
    return make_bank_account()


@pytest.fixture
def section() -> AnalyticAccount:
    return section_of(make_activity())


def received(section: AnalyticAccount, amount: str, on: date) -> Any:
    """Money in the books: a credit of a customer, so a debit of the bank."""
    return third(section, f"-{amount}", on=on).entry


def tick(line: Any, entry: Any) -> None:
    choice = Choice(items=((f"entry:{entry.pk}", line.amount),))
    match_line(line, choice=choice, shown=line.version, actor=None, today=timezone.localdate())


def explains(found: Reconciliation) -> bool:
    return found.books + found.bank_only_total - found.books_only_total + found.gap == found.bank


def test_each_side_says_what_it_lacks_on_any_date(account: BankAccount, section: AnalyticAccount) -> None:
    received(section, "1000.00", date(2026, 2, 20))
    early, late = received(section, "300.00", date(2026, 3, 5)), received(section, "70.00", date(2026, 3, 9))
    gift, seen, unknown = make_lines(
        ("2026-03-02", "5.00", "GESTE"), ("2026-03-08", "300.00", "REMISE"), ("2026-03-10", "-12.50", "FRAIS")
    )
    found = reconciliation_on(account, date(2026, 3, 31))
    assert (found.books, found.bank, found.gap) == (D("1370.00"), D("1292.50"), 0)
    assert found.bank_only == [gift, seen, unknown]
    assert [line.entry for line in found.books_only] == [early, late]
    tick(seen, early)
    found = reconciliation_on(account, date(2026, 3, 31))
    assert (found.bank_only, [line.entry for line in found.books_only]) == ([gift, unknown], [late])
    # Between the two days of a match, the books were alone; before both, nobody.
    between = reconciliation_on(account, date(2026, 3, 6))
    assert ([line.entry for line in between.books_only], between.bank) == ([early], D("1005.00"))
    before = reconciliation_on(account, date(2026, 3, 1))
    assert (before.books, before.bank, before.books_only, before.gap) == (D(1000), D(1000), [], 0)
    # What the accountant put in suspense is in the books on the day of the bank.
    matched(unknown)
    after = reconciliation_on(account, date(2026, 3, 31))
    assert (after.books, after.bank_only) == (D("1357.50"), [gift])
    assert all(explains(one) for one in (found, between, before, after))
    assert (after.is_known, after.known_until) == (False, date(2026, 3, 10))
    # The opening is the balance of the eve of the first statement.
    older = reconciliation_on(account, date(2026, 2, 28))
    assert [(one.is_known, one.is_before) for one in (before, older)] == [(True, False), (False, True)]


def test_what_was_posted_then_reversed_is_no_movement(account: BankAccount, section: AnalyticAccount) -> None:
    received(section, "1000.00", date(2026, 2, 20))
    (line,) = make_lines(("2026-03-10", "-12.50", "FRAIS"))
    done = matched(line)
    undo_match(done, reason="Erreur", shown=done.version, actor=None, today=date(2026, 3, 31))
    typed = received(section, "80.00", date(2026, 3, 12))
    back = reverse_entry(typed, on=date(2026, 3, 14), reason="Erreur", actor=None)
    # Until it is reversed, and once its reversal is, the books alone have it.
    between, found = (reconciliation_on(account, date(2026, 3, day)) for day in (13, 31))
    assert [one.entry for one in between.books_only] == [typed]
    assert (found.books_only, found.bank_only, found.gap) == ([], [line], 0)
    again = reverse_entry(back, on=date(2026, 3, 16), reason="À tort", actor=None)
    assert [one.entry for one in reconciliation_on(account, date(2026, 3, 31)).books_only] == [again]
    assert explains(found)


def test_what_was_under_way_at_the_first_statement_is_no_gap(
    account: BankAccount, section: AnalyticAccount
) -> None:
    received(section, "1000.00", date(2026, 2, 20))
    transit = received(section, "200.00", date(2026, 2, 27))
    (line,) = make_lines(("2026-03-02", "200.00", "CHEQUE"))
    assert reconciliation_on(account, date(2026, 3, 31)).gap == D("-200.00")
    tick(line, transit)
    for day in (date(2026, 2, 28), date(2026, 3, 31)):
        assert reconciliation_on(account, day).gap == 0, day
    assert [row.entry for row in reconciliation_on(account, date(2026, 2, 28)).books_only] == [transit]


def test_without_a_statement_nothing_is_known_of_the_bank(
    account: BankAccount, section: AnalyticAccount, django_assert_max_num_queries: Any
) -> None:
    received(section, "10.00", date(2026, 3, 2))
    with django_assert_max_num_queries(6):
        found = reconciliation_on(account, date(2026, 3, 31))
    assert (found.known_until, found.is_known, found.bank) == (None, False, 0)
    assert explains(found)
