"""Codes, what is left of a line, what is proposed: without the database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.lettering import Mark, code_of, faces, left_of, proposals, total
from accounting.states.books import AccountRole
from accounting.states.lettering import is_usually_lettered
from accounting.states.needs import documents_asking

D = Decimal
DAY = date(2026, 3, 2)


def mark(key: int, signed: str, *, late: int = 0, **told: str | int) -> Mark:
    return Mark(key, D(signed), DAY + timedelta(days=late), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rank", "code"),
    [
        (1, "AA"),
        (2, "AB"),
        (26, "AZ"),
        (27, "BA"),
        (676, "ZZ"),
        (677, "AAA"),
        (18252, "ZZZ"),
        (18253, "AAAA"),
    ],
)
def test_codes_follow_each_other(rank: int, code: str) -> None:
    assert code_of(rank) == code


def test_the_oldest_debts_are_paid_first() -> None:
    lines = [mark(1, "100", late=30), mark(2, "50"), mark(3, "-70", late=10)]
    assert left_of(lines) == {1: D(80), 2: D(0), 3: D(0)}
    assert left_of([mark(1, "100"), mark(2, "-60"), mark(3, "-60", late=5)]) == {1: D(0), 2: D(0), 3: D(-20)}
    assert left_of([mark(1, "100"), mark(2, "-100")]) == {1: D(0), 2: D(0)}


@given(st.lists(st.integers(-500, 500).filter(bool), min_size=1, max_size=12))
def test_what_is_left_adds_up_and_never_grows(amounts: list[int]) -> None:
    lines = [Mark(key, D(amount), DAY + timedelta(days=amount % 7)) for key, amount in enumerate(amounts)]
    left = left_of(lines)
    assert sum(left.values()) == total(lines)
    assert all(abs(left[line.key]) <= abs(line.signed) for line in lines)
    assert all(left[line.key] * line.signed >= 0 for line in lines)


def test_a_side_alone_answers_nothing() -> None:
    assert faces([mark(1, "1"), mark(2, "-3")])
    assert not faces([mark(1, "1"), mark(2, "3")])


def test_proposals_are_the_surest_first_and_take_each_line_once() -> None:
    lines = [
        mark(1, "120", piece="F-1", party="A"),
        mark(2, "-100", piece="F-1", party="A"),
        mark(3, "-20", piece="F-1", party="A"),
        # One amount, two candidates: nothing is guessed of 4, 5 and 6, until the party as a whole is even.
        mark(4, "50", piece="F-2", party="B"),
        mark(5, "50", piece="F-3", party="B"),
        mark(6, "-50", party="B"),
        mark(7, "-50", piece="F-2 bis", party="B"),
        mark(8, "70", piece="F-4", party="C"),
        mark(9, "-70", piece="REM-1", party="C"),
        # Elsewhere, or of nobody: never together.
        mark(10, "30", party="D"),
        mark(11, "-30", party="D", section=2),
        mark(12, "40"),
        mark(13, "-40"),
    ]
    found = [(one.reason, [line.key for line in one.marks], one.amount) for one in proposals(lines)]
    assert found == [
        ("piece", [1, 2, 3], D(120)),
        ("amount", [8, 9], D(70)),
        ("party", [4, 5, 6, 7], D(100)),
    ]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("165000", True),
        ("164000", False),
        ("411000", True),
        ("467100", True),
        ("531000", True),
        ("512000", False),
        ("181000", False),
    ],
)
def test_accounts_of_third_parties_are_lettered(number: str, expected: bool) -> None:
    assert is_usually_lettered(number) is expected


def test_every_role_is_asked_by_some_document() -> None:
    """A new role says in `accounting/states/needs.py` what cannot be posted without it."""
    assert [role for role in AccountRole if not documents_asking(role)] == []
    assert documents_asking(AccountRole.BAD_DEBT) == ["créances irrécouvrables"]
