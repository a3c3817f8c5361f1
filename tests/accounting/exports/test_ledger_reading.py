"""A file of another program, read line by line: what is understood, what is at fault and where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations import ledger_imports
from accounting.calculations.ledger_comparing import Held, compare, month_faults
from accounting.calculations.ledger_imports import (
    Fault,
    FaultKind,
    Faults,
    FileLine,
    Terms,
    account_finder,
    digest_of,
    read_amount,
    read_day,
    read_entries,
)

ACCOUNTS = ("411000", "512000", "512100", "613200", "6132")
TERMS = Terms(
    starts_on=date(2026, 3, 1),
    ends_on=date(2026, 3, 31),
    account=account_finder(ACCOUNTS),
    section={"commun": 1, "atelier": 2}.get,
    journals=frozenset({"AC", "OD"}),
    journal="OD",
    default_section=1,
    label="Reprise",
)


def line(rank: int, /, **cells: str) -> FileLine:
    known = {"journal": "AC", "number": "7", "on": "20260305", "account": "613200", "debit": "10,00"}
    return FileLine(rank, known | cells)


def against(rank: int, /, **cells: str) -> FileLine:
    return line(rank, **({"account": "512000", "debit": "", "credit": "10,00"} | cells))


def read(*lines: FileLine, terms: Terms = TERMS) -> tuple[list[Any], Faults]:
    faults = Faults()
    return read_entries(lines, terms, faults), faults


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20260305", date(2026, 3, 5)),
        ("5/3/2026", date(2026, 3, 5)),
        ("05.03.2026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("20261332", None),
        ("mars 2026", None),
    ],
)
def test_days_are_read_as_programs_write_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,56 €", "1234.56"),
        ("-5.5", "-5.50"),
        (",50", "0.50"),
        ("12,", "12.00"),
        ("1,234", None),
        ("12,345", None),
        ("dix", None),
        ("12345678901", None),
    ],
)
def test_amounts_stop_at_the_cent(text: str, amount: str | None) -> None:
    assert read_amount(text) == (None if amount is None else Decimal(amount))


def test_an_account_answers_to_its_number_filled_with_noughts_when_it_is_alone() -> None:
    find = account_finder(ACCOUNTS)
    assert [find(text) for text in ("512000", "51210000", "5121", "6132")] == [
        "512000",
        "512100",
        "512100",
        "6132",
    ]
    # Two of ours are written so, none of ours, not a number.
    assert [find(text) for text in ("61320", "700000", "411DUPONT")] == ["", "", ""]


def test_lines_become_entries_in_the_order_of_their_days() -> None:
    (early, late), faults = read(
        line(2, number="9", on="20260320", label="Loyer", piece="L-3", party="Bailleur", due_on="20260430"),
        against(3, number="9", on="20260320", section="commun"),
        line(4, journal="vt", number="8", debit="", credit="-10,00"),
        against(5, journal="vt", number="8", credit="", amount="10", side="c"),
        line(6, number="8", debit="", section="atelier"),
    )
    assert faults.count == 0
    assert (early.key, early.line, early.draft.journal, early.draft.label) == ("vt 8", 4, "OD", "Reprise")
    assert [one.signed for one in early.draft.lines] == [Decimal("10.00"), Decimal("-10.00")]
    assert (late.key, late.draft.journal, late.draft.label, late.draft.piece) == (
        "AC 9",
        "AC",
        "Loyer",
        "L-3",
    )
    first = late.draft.lines[0]
    assert (first.account, first.party, first.due_on) == ("613200", "Bailleur", date(2026, 4, 30))
    assert (late.total, late.digest) == (Decimal("10.00"), digest_of(late.draft))


def test_a_file_without_days_is_a_balance_at_the_end_of_its_period() -> None:
    terms = Terms(**(vars(TERMS) | {"has_days": False}))
    cells = {"journal": "", "number": "", "on": ""}
    (one,), faults = read(line(2, **cells), against(3, **cells), terms=terms)
    assert (faults.count, one.key, one.draft.on) == (0, "balance 2026-03-01", date(2026, 3, 31))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"on": ""}, Fault(FaultKind.MISSING, 2, "on")),
        ({"on": "hier"}, Fault(FaultKind.DATE, 2, "on", "hier")),
        ({"on": "20260401"}, Fault(FaultKind.OUTSIDE, 2, "on", "20260401")),
        ({"due_on": "demain"}, Fault(FaultKind.DATE, 2, "due_on", "demain")),
        ({"account": ""}, Fault(FaultKind.MISSING, 2, "account")),
        ({"account": "999"}, Fault(FaultKind.ACCOUNT, 2, "account", "999")),
        ({"section": "Lune"}, Fault(FaultKind.SECTION, 2, "section", "Lune")),
        ({"debit": "dix"}, Fault(FaultKind.AMOUNT, 2, "debit", "dix")),
        ({"debit": "", "amount": "1", "side": "x"}, Fault(FaultKind.SIDE, 2, "side", "X")),
        ({"number": ""}, Fault(FaultKind.MISSING, 2, "number")),
        ({"number": "7" * 118}, Fault(FaultKind.NAME, 2, "number", "AC " + "7" * 77)),
    ],
)
def test_a_line_at_fault_is_told_once_with_its_column(cells: dict[str, str], fault: Fault) -> None:
    _found, faults = read(line(2, **cells))
    assert faults.told == [fault]


def test_entries_at_fault_are_told_at_their_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    _found, faults = read(
        line(3),
        against(4, credit="9,00"),
        line(5, number="8"),
        against(6, number="8", section="atelier"),
        line(7, number="9"),
        against(8, number="9", on="20260306"),
    )
    assert faults.told == [
        Fault(FaultKind.TWO_DAYS, 8, "on", "AC 9"),
        Fault(FaultKind.BALANCE, 3, what="AC 7", gap=Decimal("1.00")),
        Fault(FaultKind.SECTION_BALANCE, 5, what="AC 8", more="1", gap=Decimal("10.00")),
    ]
    # Of a line that cannot be read nobody knows the entry: no balance is told.
    _found, faults = read(FileLine(2, {}, "guillemet"), line(3))
    assert faults.told == [Fault(FaultKind.UNREADABLE, 2, what="guillemet")]
    monkeypatch.setattr(ledger_imports, "MOST_LINES", 1)
    monkeypatch.setattr(ledger_imports, "MOST_FAULTS", 1)
    _found, faults = read(line(2), against(3), line(4, number="8"), against(5, number="8"))
    assert (faults.count, faults.told) == (2, [Fault(FaultKind.LONG, 2, what="AC 7")])


def test_a_file_beside_the_books_adds_changes_lacks_or_leaves() -> None:
    entries, _faults = read(
        line(2),
        against(3),
        line(4, number="8"),
        against(5, number="8"),
        line(6, number="9"),
        against(7, number="9"),
    )
    seven, eight, nine = entries
    held = [
        Held("AC 7", seven.digest, date(2026, 3, 5), 11),
        Held("AC 8", "other", date(2026, 3, 4), 12),
        Held("AC 6", "any", date(2026, 3, 6), 13),
    ]
    found = compare(held, entries)
    assert (found.same, found.is_empty) == (1, False)
    assert (found.added, found.changed, found.gone) == ((nine,), ((held[1], eight),), (held[2],))
    assert compare(held[:1], [seven]).is_empty
    assert found.digest != compare(held[:2], entries).digest
    faults = Faults()
    month_faults(found, date(2026, 3, 5), faults)
    assert faults.told == [Fault(FaultKind.CLOSED, 4, "on", "2026-03-04", "AC 8")]
    month_faults(found, date(2026, 4, 1), faults)
    assert [(fault.line, fault.more) for fault in faults.told[1:]] == [(6, "AC 9"), (4, "AC 8"), (0, "AC 6")]
