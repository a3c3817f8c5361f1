"""A sound file passes; each thing that may be wrong in a FEC is told with its line and its column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.fec.check import MOST_FAULTS, Fault, FaultKind, check, split_lines
from accounting.calculations.fec.shape import COLUMNS, SIGNED_COLUMNS, encoded, file_name, header

YEAR = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
SALE = {
    "JournalCode": "VE",
    "JournalLib": "Ventes",
    "EcritureNum": "1",
    "EcritureDate": "20260302",
    "CompteNum": "411000",
    "CompteLib": "Clients",
    "CompAuxNum": "411DUPONT",
    "CompAuxLib": "Dupont",
    "PieceRef": "2026-101",
    "PieceDate": "20260302",
    "EcritureLib": "2026-101 Dupont",
    "Debit": "240,00",
    "Credit": "0,00",
    "EcritureLet": "AA",
    "DateLet": "20260401",
    "ValidDate": "20260302",
    "Montantdevise": "",
    "Idevise": "",
}
REVENUE = SALE | {
    "CompteNum": "706000",
    "Debit": "0,00",
    "Credit": "240,00",
    "EcritureLet": "",
    "DateLet": "",
}


def line(row: dict[str, str], separator: str = "\t", names: tuple[str, ...] = COLUMNS) -> bytes:
    return encoded(separator.join(row[name] for name in names) + "\r\n")


def file(*rows: dict[str, str]) -> list[bytes]:
    return [header(), *map(line, rows)]


def test_a_sound_file_has_no_fault_and_gives_its_trial_balance() -> None:
    second = {"EcritureNum": "2", "ValidDate": "20260303"}
    report = check(file(SALE, REVENUE, SALE | second, REVENUE | second), **YEAR)
    assert report.is_sound, report.faults
    assert report.lines == 4
    assert report.debit == report.credit == Decimal("480.00")
    assert report.accounts == {
        "411000": (Decimal("480.00"), Decimal("0.00")),
        "706000": (Decimal("0.00"), Decimal("480.00")),
    }


@pytest.mark.parametrize(
    ("change", "kind", "column"),
    [
        ({"EcritureNum": ""}, FaultKind.MISSING, "EcritureNum"),
        ({"PieceDate": "02/03/2026"}, FaultKind.DATE, "PieceDate"),
        ({"PieceDate": "20260230"}, FaultKind.DATE, "PieceDate"),
        ({"EcritureDate": "20250302"}, FaultKind.OUTSIDE, "EcritureDate"),
        ({"CompteNum": "CLIENT"}, FaultKind.ACCOUNT, "CompteNum"),
        ({"Debit": "240.00"}, FaultKind.AMOUNT, "Debit"),
        ({"Credit": "1 000,00"}, FaultKind.AMOUNT, "Credit"),
        ({"Debit": "9" * 5000}, FaultKind.AMOUNT, "Debit"),
        ({"Credit": "1,00"}, FaultKind.SIDES, "Credit"),
        ({"DateLet": ""}, FaultKind.LETTERING, "DateLet"),
        ({"EcritureLet": ""}, FaultKind.LETTERING, "EcritureLet"),
        ({"EcritureLib": "avant\x85après"}, FaultKind.CHARSET, ""),
    ],
)
def test_what_is_wrong_in_a_line_is_told_where_it_stands(
    change: dict[str, str], kind: FaultKind, column: str
) -> None:
    faults = check(file(SALE | change, REVENUE), **YEAR).faults
    assert (kind, 2, column) in [(fault.kind, fault.line, fault.column) for fault in faults]


def test_a_file_broken_at_line_40_000_says_this_line() -> None:
    lines = [header()]
    for number in range(1, 20_001):
        entry = {"EcritureNum": str(number)}
        lines += [line(SALE | entry), line(REVENUE | entry)]
    broken = lines[39_999]
    lines[39_999] = broken.replace(b"\t411000\t", b"\tclient\t")
    assert check(lines, **YEAR).faults == [Fault(FaultKind.ACCOUNT, 40_000, "CompteNum", "client")]


def test_an_entry_and_a_journal_that_do_not_balance_are_named() -> None:
    faults = check(file(SALE, REVENUE | {"Credit": "239,99"})).faults
    assert faults == [
        Fault(FaultKind.ENTRY_BALANCE, what="VE 1", gap=Decimal("0.01")),
        Fault(FaultKind.JOURNAL_BALANCE, what="VE", gap=Decimal("0.01")),
    ]


def test_a_number_that_lacks_a_second_day_and_a_wrong_order_are_told() -> None:
    third = {"EcritureNum": "3"}
    other_day = third | {"EcritureDate": "20260304"}
    earlier = {"EcritureNum": "4", "ValidDate": "20260301"}
    rows = [SALE, REVENUE, SALE | third, REVENUE | other_day, SALE | earlier, REVENUE | earlier]
    told = {(fault.kind, fault.line) for fault in check(file(*rows)).faults}
    assert told == {
        (FaultKind.NUMBER_GAP, 4),
        (FaultKind.TWO_DAYS, 5),
        (FaultKind.ORDER, 6),
        (FaultKind.ORDER, 7),
    }


def test_what_is_carried_comes_first_whenever_it_was_validated() -> None:
    carried = {"JournalCode": "RA", "JournalLib": "À-nouveaux", "ValidDate": "20260630"}
    assert check(file(SALE | carried, REVENUE | carried, SALE, REVENUE)).is_sound


def test_numbers_that_are_not_whole_are_left_out_of_the_sequence() -> None:
    for number in ("VE-7", "7" * 5000):
        named = {"EcritureNum": number}
        assert check(file(SALE | named, REVENUE | named)).is_sound


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([], FaultKind.EMPTY),
        ([b"Journal;Date;Montant\r\n", b"VE;20260302;240\r\n"], FaultKind.COLUMNS),
        ([header(), b"VE\tVentes\r\n"], FaultKind.FIELDS),
    ],
)
def test_a_file_of_another_shape_is_one_fault(lines: list[bytes], kind: FaultKind) -> None:
    assert [fault.kind for fault in check(lines).faults] == [kind]


def test_bars_and_signed_amounts_are_read_too() -> None:
    """The law lets a side stand beside one amount, and any separator that no text holds."""
    rows = (SALE | {"Montant": "240,00", "Sens": "D"}, REVENUE | {"Montant": "240,00", "Sens": "-1"})
    names = encoded("|".join(SIGNED_COLUMNS))
    report = check([names, *(line(row, "|", SIGNED_COLUMNS) for row in rows)])
    assert report.is_sound, report.faults
    wrong = check([names, line(rows[0] | {"Sens": "X"}, "|", SIGNED_COLUMNS)])
    assert wrong.faults == [Fault(FaultKind.SIDE, 2, "Sens", "X")]
    assert check([names, line(rows[0] | {"Montant": "x"}, "|", SIGNED_COLUMNS)]).faults[0].column == "Montant"


def test_a_file_in_utf_8_is_read_with_its_charset_and_betrays_another() -> None:
    texts = [
        "\t".join(COLUMNS),
        *("\t".join((row | {"JournalLib": "Été"}).values()) for row in (SALE, REVENUE)),
    ]
    assert check((text.encode() for text in texts), charset="utf-8").is_sound
    latin = [encoded(text) for text in texts]
    assert {fault.kind for fault in check(latin, charset="utf-8").faults} == {FaultKind.CHARSET}


def test_faults_are_counted_beyond_those_that_are_told() -> None:
    report = check(file(*([SALE | {"PieceRef": ""}, REVENUE] * (MOST_FAULTS + 5))))
    assert (len(report.faults), report.more) == (MOST_FAULTS, 5)


def test_text_that_the_charset_lacks_is_written_alike() -> None:
    assert encoded("l’été — « dû » à l’œuvre… Łódź → 5 €") == "l'été - « dû » à l'œuvre... ?ódz > 5 €".encode(
        "iso8859-15"
    )
    assert file_name("123456789", date(2026, 12, 31)) == "123456789FEC20261231.txt"


@given(st.binary(max_size=60), st.integers(1, 9))
def test_lines_are_the_same_by_blocks_of_any_size(content: bytes, size: int) -> None:
    blocks = [content[start : start + size] for start in range(0, len(content), size)]
    expected = content.split(b"\n")
    assert list(split_lines(blocks)) == (expected if expected[-1] else expected[:-1])
