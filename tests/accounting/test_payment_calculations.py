"""Texts that banks take, what cash covers, days of transfers, the file and what its schema refuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.payment_orders import (
    LONGEST_TEXT,
    Wanted,
    bank_text,
    holds,
    is_transfer_day,
    next_transfer_day,
)
from accounting.engines.transfer_file import Payer, Transfer, WrongFile, transfer_file

TAKEN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-?:().,'+ ")
DAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("Éloïse Cœur", "Eloise Coeur"),
        ("L’Atelier « Bleu » & Cie", "L'Atelier Bleu + Cie"),
        ("//Facture//12/", "Facture/12"),
        ("  n° 4 —  12 €  ", "no 4 - 12 EUR"),
        ("mars\n2026\t*", "mars 2026"),
        ("日本", ""),
        ("a" * 200, "a" * LONGEST_TEXT),
        ("a" * (LONGEST_TEXT - 1) + "/b", "a" * (LONGEST_TEXT - 1)),
    ],
)
def test_a_text_is_said_in_the_letters_of_banks(said: str, printed: str) -> None:
    assert bank_text(said, LONGEST_TEXT) == printed


@given(st.text(max_size=300), st.integers(min_value=1, max_value=140))
def test_any_text_is_taken_by_banks(said: str, longest: int) -> None:
    found = bank_text(said, longest)
    assert set(found) <= TAKEN
    assert len(found) <= longest
    assert "//" not in found
    assert found == found.strip("/ ")


def wanted(key: int, amount: str, *, section: int = 1, day: int = 6, cleared: bool = False) -> Wanted:
    return Wanted(key, section, Decimal(amount), date(2026, 3, day), cleared)


def test_cash_serves_the_oldest_first_and_what_is_too_large_leaves_it_to_the_next() -> None:
    rows = [wanted(1, "80", day=9), wanted(2, "60", day=1), wanted(3, "30", day=10)]
    held = holds(rows, {1: Decimal(100)})
    assert {key: hold.left for key, hold in held.items()} == {1: Decimal(40)}


def test_a_cleared_order_is_served_first_and_may_overdraw() -> None:
    held = holds([wanted(1, "10"), wanted(2, "70", day=20, cleared=True)], {1: Decimal(50)})
    assert {key: hold.left for key, hold in held.items()} == {1: Decimal(0)}


def test_each_section_has_its_own_cash_and_one_without_limit_holds_nothing() -> None:
    rows = [wanted(1, "10"), wanted(2, "10", section=2), wanted(3, "9999", section=3)]
    assert set(holds(rows, {1: Decimal("9.99"), 2: Decimal(10)})) == {1}


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 500), st.booleans()), max_size=20))
def test_what_is_not_held_never_exceeds_cash_unless_somebody_cleared_it(
    rows: list[tuple[int, int, bool]],
) -> None:
    cash = {1: Decimal(300), 2: Decimal(-20), 3: Decimal(0)}
    asked = [
        wanted(key, str(amount), section=section, cleared=cleared)
        for key, (section, amount, cleared) in enumerate(rows)
    ]
    held = holds(asked, cash)
    for section, amount in cash.items():
        going = [one for one in asked if one.section == section and one.key not in held]
        cleared = sum((one.amount for one in going if one.cleared), Decimal(0))
        others = sum((one.amount for one in going if not one.cleared), Decimal(0))
        assert not others or others <= amount - cleared
    assert not any(one.cleared for one in asked if one.key in held)


@pytest.mark.parametrize(
    "closed",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 12, 25),
        date(2026, 3, 7),
        date(2026, 3, 8),
    ],
)
def test_banks_rest_on_the_days_of_target(closed: date) -> None:
    assert not is_transfer_day(closed)
    assert is_transfer_day(next_transfer_day(closed))


def test_banks_work_on_french_holidays_that_are_not_european() -> None:
    assert all(is_transfer_day(day) for day in (date(2026, 7, 14), date(2026, 11, 11), date(2026, 5, 14)))
    assert next_transfer_day(date(2026, 12, 24)) == date(2026, 12, 24)
    assert next_transfer_day(date(2026, 12, 25)) == date(2026, 12, 28)


# The file


PAYER = Payer("Cooperative", "FR1420041010050500013M02606", "PSSTFRPPXXX")
TRANSFER = Transfer("ORD-000001", "Zoe", "FR7630006000011234567890189", "", Decimal("12.50"), "Note")
MADE = datetime(2026, 3, 6, 9, 0, tzinfo=UTC)


def write(*transfers: Transfer, payer: Payer = PAYER) -> bytes:
    return transfer_file(payer, transfers, reference="LOT-000001", execution_on=DAY, made_at=MADE)


def test_the_file_is_the_same_whenever_it_is_written_again() -> None:
    assert write(TRANSFER) == write(TRANSFER)
    assert b"<ReqdExctnDt><Dt>2026-03-06</Dt></ReqdExctnDt>" in write(TRANSFER)


def test_a_bic_is_written_where_it_is_known() -> None:
    known = Transfer("ORD-000002", "Zoe", TRANSFER.iban, "AGRIFRPPXXX", Decimal(1), "Note")
    assert write(TRANSFER).count(b"BICFI") == 2
    assert write(TRANSFER, known).count(b"BICFI") == 4
    assert b"AGRIFRPPXXX" in write(known, payer=Payer(PAYER.name, PAYER.iban))


@pytest.mark.parametrize(
    "wrong",
    [
        Transfer("ORD-000001", "Zoe", "no iban", "", Decimal(1), "Note"),
        Transfer("ORD-000001", "Zoe", TRANSFER.iban, "???", Decimal(1), "Note"),
        Transfer("ORD-000001", "", TRANSFER.iban, "", Decimal(1), "Note"),
        Transfer("O" * 36, "Zoe", TRANSFER.iban, "", Decimal(1), "Note"),
        Transfer("ORD-000001", "Zoe", TRANSFER.iban, "", Decimal(1), ""),
    ],
)
def test_the_schema_refuses_what_no_bank_takes(wrong: Transfer) -> None:
    with pytest.raises(WrongFile):
        write(TRANSFER, wrong)
