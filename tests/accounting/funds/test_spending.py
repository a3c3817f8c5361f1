"""Earmarked money never strays: a cost beyond section, nature, days or balance is refused, twice over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.models import EntryLine, Fund, FundSpending
from accounting.selectors.accounts import section_of
from accounting.selectors.funds import countable_lines, left_on
from accounting.services.fund_spending import count_line, undo_spending
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from cae.core.errors import Code
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from tests.factories import accounting as books
from tests.factories.accounting_funds import make_fund, make_running
from tests.factories.entrepreneurs import make_activity
from tests.refusals import refused

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 10)


@pytest.fixture
def activity() -> Activity:
    return make_activity(code="A1")


@pytest.fixture
def fund(activity: Activity) -> Fund:
    return make_running(section_of(activity), "500.00")


def buy(of: Activity, fund: Fund, amount: str, **details: Any) -> Any:
    """A purchase that names the fund, as its approval posts it."""
    section, net = section_of(of).pk, Decimal(amount)
    facts = {"on": MARCH, "kind": "goods"} | details
    lines = (
        debit("606100", section, net, cost=facts["kind"], fund_id=fund.pk),
        credit("supplier", section, net),
    )
    draft = EntryDraft(journal="AC", on=facts["on"], label="Achat", piece="ACH-1", lines=lines)
    return post_entry(draft, actor=None, source=None)


def line_of(entry: Any) -> EntryLine:
    found: EntryLine = entry.lines.get(cost_kind__code="goods")
    return found


def test_a_cost_that_names_its_fund_is_counted_as_it_is_posted_and_taken_back_with_it(
    activity: Activity, fund: Fund
) -> None:
    entry = buy(activity, fund, "400.00")
    assert left_on(fund) == Decimal("100.00")
    reverse_entry(entry, on=MARCH, reason="Erreur", actor=None)
    assert left_on(fund) == Decimal("500.00")
    assert [str(one.amount) for one in FundSpending.objects.order_by("pk")] == ["400.00", "-400.00"]
    with refused(Code.ALREADY_DONE, None, "contre-passée"):
        count_line(fund, line_of(entry), amount=Decimal("400.00"), actor=None)
    # A credit note of the supplier gives back.
    buy(activity, fund, "400.00")
    buy(activity, fund, "-150.00")
    assert left_on(fund) == Decimal("250.00")


def test_each_cost_beyond_it_is_refused_in_one_sentence(activity: Activity, fund: Fund) -> None:
    other = make_activity(code="B2")
    for act, code, said in (
        (lambda: buy(other, fund, "10.00"), Code.NOT_ALLOWED, "ne paie que les dépenses de"),
        (lambda: buy(activity, fund, "10.00", kind="insurance"), Code.NOT_ALLOWED, "n’est pas éligible"),
        (lambda: buy(activity, fund, "10.00", on=date(2027, 1, 1)), Code.DATE_INVALID, "01/01/2027"),
        (lambda: buy(activity, fund, "500.01"), Code.AMOUNT_ABOVE_DUE, "n’a plus que 500,00"),
    ):
        with refused(code, "fund", said):
            act()
    asked = make_fund(section_of(activity))
    with refused(Code.NOT_ALLOWED, "fund", "n’est pas ouverte"):
        buy(activity, asked, "10.00")


def test_a_cost_of_the_books_is_counted_in_part_then_taken_off(activity: Activity, fund: Fund) -> None:
    line = line_of(books.cost(activity, "300.00"))
    other = make_running(section_of(activity), "500.00", label="Région")
    count_line(fund, line, amount=Decimal("200.00"), actor=None)
    for amount in ("100.01", "-1.00", "0.00"):
        with refused(Code.AMOUNT_INVALID, "fund"):
            count_line(other, line, amount=Decimal(amount), actor=None)
    assert [(one.line, one.free) for one in countable_lines(other)] == [(line, Decimal("100.00"))]
    spending = count_line(other, line, amount=Decimal("100.00"), actor=None)
    assert countable_lines(other) == []
    with refused(Code.VALUE_MISSING, "reason"):
        undo_spending(spending, reason="", actor=None)
    undone = undo_spending(spending, reason="Autre projet", actor=None)
    for one in (spending, undone):
        with refused(Code.ALREADY_DONE):
            undo_spending(one, reason="Encore", actor=None)
    assert (left_on(other), left_on(fund)) == (Decimal("500.00"), Decimal("300.00"))


def test_postgresql_refuses_the_same_whoever_writes(activity: Activity, fund: Fund) -> None:
    line = line_of(books.cost(activity, "600.00"))
    insured = books.cost(activity, "10.00", kind="insurance").lines.get(cost_kind__code="insurance")
    late = line_of(books.cost(activity, "10.00", on=date(2027, 1, 2)))
    elsewhere = line_of(books.cost(make_activity(code="B2"), "10.00"))
    bank = line.entry.lines.get(credit__gt=0)
    wrong = [
        {"line": line, "amount": Decimal("500.01")},
        {"line": insured, "amount": Decimal("10.00")},
        {"line": late, "amount": Decimal("10.00")},
        {"line": elsewhere, "amount": Decimal("10.00")},
        {"line": bank, "amount": Decimal("10.00")},
        {"line": line, "amount": Decimal("-1.00")},
    ]
    for row in wrong:
        with pytest.raises(DatabaseError), transaction.atomic():
            FundSpending.objects.create(fund=fund, **row)
    counted = FundSpending.objects.create(fund=fund, line=line, amount=Decimal("400.00"))
    with pytest.raises(DatabaseError), transaction.atomic():
        FundSpending.objects.create(
            fund=fund, line=line, amount=Decimal("-399.00"), undoes=counted, reason="Trop peu"
        )
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE accounting_fundspending SET amount = 1")
    assert left_on(fund) == Decimal("100.00")
    assert left_on(make_fund(section_of(activity))) == ZERO
