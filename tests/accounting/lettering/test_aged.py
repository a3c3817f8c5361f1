"""An aged balance says what the ledger says, on any date, whatever was lettered (ACC-06)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounting.models import AnalyticAccount, EntryLine
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.aged import aged_balance, ledger_balance, totals_of
from accounting.services.lettering import letter_lines
from accounting.states.lettering import Side
from cae.core.errors import Refused
from tests.factories.accounting_lettering import DAY, third
from tests.factories.entrepreneurs import make_activity

D = Decimal
MOVES = st.lists(
    st.tuples(
        st.integers(-30000, 30000).filter(bool),
        st.integers(0, 200),
        st.sampled_from(["customer", "customer_retention", "supplier"]),
        st.sampled_from(["Client A", "Client B", ""]),
    ),
    min_size=1,
    max_size=10,
)


class TestProperty(TestCase):
    """Each example in a transaction of its own."""

    @settings(max_examples=15)
    @given(moves=MOVES, pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6))
    def test_the_sum_is_the_balance_of_the_accounts(self, moves: list[Any], pairs: list[Any]) -> None:
        section = shared_section()
        lines: list[EntryLine] = [
            third(
                section,
                str(D(cents) / 100),
                account=role,
                party=party,
                on=DAY + timedelta(days=late),
                due_on=DAY + timedelta(days=late + 30) if cents % 2 else None,
            )
            for cents, late, role, party in moves
        ]
        for one, other in pairs:
            if max(one, other) < len(lines):
                try:
                    letter_lines([lines[one], lines[other]], actor=None, on=DAY)
                except Refused:
                    continue
        for days in (0, 45, 120, 400):
            on = DAY + timedelta(days=days)
            for side in Side:
                total = totals_of(aged_balance(side, on=on))[-1]
                assert total == ledger_balance(side, on=on) == ledger_balance(side, on=on, section=section)


@pytest.mark.django_db
def test_ages_and_what_waits_stand_in_their_columns(django_assert_num_queries: Any) -> None:
    section, other = section_of(make_activity()), section_of(make_activity())
    on = date(2026, 6, 30)

    def owed(amount: str, due_on: date | None, where: AnalyticAccount = section) -> None:
        third(where, amount, due_on=due_on)

    for amount, late in (("1.00", -1), ("2.00", 0), ("4.00", 1), ("8.00", 31), ("16.00", 61), ("32.00", 91)):
        owed(amount, on - timedelta(days=late))
    owed("64.00", None)  # Late since the day of its entry.
    third(section, "-5.00", on=on)
    owed("9.00", on, other)
    with django_assert_num_queries(1):
        rows = aged_balance(Side.CUSTOMERS, on=on)
    mine = next(row for row in rows if row.section == section)
    assert mine.ages == [D(3), D(4), D(8), D(16), D(96)]
    assert (mine.unused, mine.late, mine.total) == (D(-5), D(124), D(122))
    assert [row.total for row in aged_balance(Side.CUSTOMERS, on=on, section=other)] == [D(9)]
    seen = AnalyticAccount.objects.filter(pk=other.pk)
    assert [row.total for row in aged_balance(Side.CUSTOMERS, on=on, sections=seen)] == [D(9)]
    assert aged_balance(Side.SUPPLIERS, on=on) == []
    assert totals_of(rows) == [D(12), D(4), D(8), D(16), D(96), D(-5), D(131)]
