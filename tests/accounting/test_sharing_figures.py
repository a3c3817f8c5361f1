"""The parts of a result add up to the cent, whatever the key; periods are cut by the keys in force."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.entries import gaps, merged
from accounting.calculations.sharing import (
    Key,
    KeyLine,
    Part,
    Sums,
    added,
    next_days,
    parts_of,
    segments,
    sharing_entry,
)
from cae.core.money import CENT, ZERO

START, END = date(2025, 1, 1), date(2025, 12, 31)
MONEY = st.integers(-10_000_000, 10_000_000).map(lambda cents: cents * CENT)
KEYS = st.lists(st.tuples(st.integers(1, 999), st.integers(1, 999)), min_size=1, max_size=7)


def key(*parts: tuple[int, int], start: date = START, end: date | None = None, agreement: int = 1) -> Key:
    lines = tuple(KeyLine(rank, result, other) for rank, (result, other) in enumerate(parts))
    return Key(agreement, start, end, lines)


@given(result=MONEY, contribution=MONEY, parts=KEYS)
def test_parts_add_up_to_the_cent(
    result: Decimal, contribution: Decimal, parts: list[tuple[int, int]]
) -> None:
    found = parts_of(Sums(result, contribution), key(*parts))
    assert sum((part.result for part in found), ZERO) == result
    assert sum((part.contribution for part in found), ZERO) == contribution
    assert sum((part.amount for part in found), ZERO) == result - contribution
    assert all(part.result % CENT == 0 for part in found)


@given(result=MONEY, contribution=MONEY, parts=KEYS)
def test_the_entry_brings_the_collective_to_zero_and_balances_each_section(
    result: Decimal, contribution: Decimal, parts: list[tuple[int, int]]
) -> None:
    found = parts_of(Sums(result, contribution), key(*parts))
    draft = sharing_entry(
        [(100 + part.person, part.amount) for part in found], from_section=1, on=END, label="Part", piece=""
    )
    handed = sum((part.amount for part in found), ZERO)
    if draft is None:
        assert all(part.amount == 0 for part in found)
        return
    lines = merged(draft.lines)
    assert gaps(lines) == {}
    charged = sum(
        (line.signed for line in lines if (line.analytic_id, line.account) == (1, "share_charge")), ZERO
    )
    received = sum((line.signed for line in lines if line.account == "share_income"), ZERO)
    assert (charged, received) == (handed, -handed)


def test_a_key_that_changes_cuts_the_period() -> None:
    july = date(2025, 7, 1)
    keys = [
        key((1, 1), start=july, agreement=2),
        key((1, 1), start=START, end=july - timedelta(days=1)),
    ]
    cut, bare = segments(keys, START, END)
    assert [(one.start, one.end, one.key.agreement) for one in cut] == [
        (START, date(2025, 6, 30), 1),
        (july, END, 2),
    ]
    assert bare == []


def test_days_without_key_are_told_before_between_and_after() -> None:
    keys = [
        key((1, 1), start=date(2025, 2, 1), end=date(2025, 2, 28)),
        key((1, 1), start=date(2025, 4, 1), end=date(2025, 4, 30)),
        key((1, 1), start=date(2027, 1, 1)),
        key((1, 1), start=date(2020, 1, 1), end=date(2020, 12, 31)),
    ]
    cut, bare = segments(keys, START, END)
    assert len(cut) == 2
    assert bare == [
        (START, date(2025, 1, 31)),
        (date(2025, 3, 1), date(2025, 3, 31)),
        (date(2025, 5, 1), END),
    ]


def test_parts_of_several_segments_are_one_a_person() -> None:
    some = [
        Part(1, None, Decimal("10.00"), Decimal("1.00")),
        Part(2, 7, Decimal("5.00"), ZERO),
        Part(1, 9, Decimal("-4.00"), Decimal("0.50")),
    ]
    assert added(some) == [
        Part(1, 9, Decimal("6.00"), Decimal("1.50")),
        Part(2, 7, Decimal("5.00"), ZERO),
    ]


def test_nothing_to_share_makes_no_entry() -> None:
    assert sharing_entry([(2, ZERO), (3, ZERO)], from_section=1, on=END, label="", piece="") is None


@pytest.mark.parametrize(
    ("opened_on", "shared_until", "today", "days"),
    [
        (date(2024, 5, 2), None, date(2026, 2, 10), (date(2024, 5, 2), date(2024, 12, 31))),
        (date(2024, 5, 2), date(2024, 12, 31), date(2026, 2, 10), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2024, 5, 2), date(2025, 12, 31), date(2026, 2, 10), (date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 2, 3), None, date(2026, 2, 10), (date(2026, 2, 3), date(2026, 2, 3))),
        (date(2026, 2, 3), date(2025, 12, 31), date(2026, 4, 1), (date(2026, 2, 3), date(2026, 3, 31))),
    ],
)
def test_the_days_proposed_follow_those_shared(
    opened_on: date, shared_until: date | None, today: date, days: tuple[date, date]
) -> None:
    assert next_days(opened_on, shared_until, today) == days
