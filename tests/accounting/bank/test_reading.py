"""Files of banks are read to the letter, or refused with what is wrong and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accounting.calculations.bank_layouts import Columns, Layout, read_amount, read_day, signed
from accounting.calculations.bank_statements import (
    Fault,
    ReadLine,
    ReadStatement,
    Unreadable,
    fingerprints,
    joined,
    names_account,
    run_of,
)
from accounting.engines.bank_csv import read_csv
from accounting.engines.camt053 import is_camt, read_camt
from accounting.engines.ofx import is_ofx, read_ofx
from tests.factories.accounting_bank import IBAN, camt

DATA = Path(__file__).parent.parent.parent / "data" / "bank"
SIGNED = Layout(Columns(1, 3, value_on=2, amount=4, reference=5), encoding="cp1252", header_lines=3)
SIDES = Layout(
    Columns(1, 2, detail=3, debit=4, credit=5, counterparty=6, iban=7),
    separator=",",
    day_format="%Y-%m-%d",
    decimal_sign=".",
)


def content(name: str) -> bytes:
    return (DATA / name).read_bytes()


def told(line: ReadLine) -> dict[str, str]:
    facts = {
        "day": line.booked_on,
        "value": line.value_on,
        "amount": line.amount,
        "label": line.label,
        "who": line.counterparty,
        "iban": line.iban,
        "reference": line.reference,
        "end_to_end": line.end_to_end,
    }
    return {name: str(value) for name, value in facts.items() if value not in (None, "")}


def whole(statements: list[ReadStatement]) -> list[dict[str, Any]]:
    return [
        {
            "account": one.account,
            "opening": None if one.opening is None else str(one.opening),
            "closing": str(one.closing),
            "lines": [told(line) for line in one.lines],
        }
        for one in statements
    ]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("camt02.xml", lambda held: whole(read_camt(held))),
        ("camt08.xml", lambda held: whole(read_camt(held))),
        ("sgml.ofx", lambda held: whole(read_ofx(held))),
        ("xml.ofx", lambda held: whole(read_ofx(held))),
        ("signed.csv", lambda held: [{"lines": [told(line) for line in read_csv(held, SIGNED)]}]),
        ("sides.csv", lambda held: [{"lines": [told(line) for line in read_csv(held, SIDES)]}]),
    ],
)
def test_a_file_is_read_as_its_golden_one(name: str, read: Callable[[bytes], Any]) -> None:
    assert read(content(name)) == json.loads((DATA / "golden.json").read_text())[name]


def changed(name: str, before: str, after: str) -> bytes:
    text = content(name)
    assert before.encode() in text
    return text.replace(before.encode(), after.encode())


_ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("read", "held", "fault", "found"),
    [
        (read_camt, content("camt02.xml")[:900], Fault.TRUNCATED, ""),
        (read_camt, b"<Document>camt.053</Document>", Fault.NOT_A_STATEMENT, ""),
        (
            read_camt,
            changed("camt02.xml", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"),
            Fault.NOT_A_STATEMENT,
            "",
        ),
        (
            read_camt,
            changed(
                "camt08.xml", '<?xml version="1.0" encoding="UTF-8"?>', _ENTITY.replace(" a ", " Document ")
            ),
            Fault.NOT_A_STATEMENT,
            "",
        ),
        (read_camt, changed("camt02.xml", "CLBD", "CLAV"), Fault.NO_BALANCE, ""),
        (
            read_camt,
            changed("camt08.xml", 'Ccy="EUR">740.10', 'Ccy="CHF">740.10'),
            Fault.OTHER_CURRENCY,
            "CHF",
        ),
        (read_camt, changed("camt08.xml", ">740.10", ">740,10"), Fault.WRONG_AMOUNT, "740,10"),
        (read_camt, changed("camt08.xml", ">740.10", ">740.105"), Fault.WRONG_AMOUNT, "740.105"),
        (
            read_camt,
            changed("camt08.xml", "2026-03-14T09", "14/03/2026T09"),
            Fault.WRONG_DAY,
            "14/03/2026T09:00:00",
        ),
        (read_ofx, content("sgml.ofx")[:-20], Fault.TRUNCATED, ""),
        (read_ofx, changed("sgml.ofx", "STMTRS", "CCSTMTRS"), Fault.NOT_A_STATEMENT, ""),
        (read_ofx, changed("xml.ofx", "<OFX>", "<!DOCTYPE OFX><OFX>"), Fault.NOT_A_STATEMENT, ""),
        (read_ofx, changed("sgml.ofx", "LEDGERBAL", "OTHERBAL"), Fault.NO_BALANCE, ""),
        (read_ofx, changed("sgml.ofx", "<CURDEF>EUR", "<CURDEF>USD"), Fault.OTHER_CURRENCY, "USD"),
        (read_ofx, changed("sgml.ofx", "20260312<", "2026312<"), Fault.WRONG_DAY, "2026312"),
        (read_ofx, changed("sgml.ofx", "20260312<", "20261312<"), Fault.WRONG_DAY, "20261312"),
        (read_ofx, changed("sgml.ofx", "-20,50", "-20,505"), Fault.WRONG_AMOUNT, "-20,505"),
        (read_ofx, changed("sgml.ofx", "-20,50", "moins"), Fault.WRONG_AMOUNT, "moins"),
        (read_ofx, changed("sgml.ofx", "-20,50", "1E30"), Fault.WRONG_AMOUNT, "1E30"),
        (read_ofx, changed("sgml.ofx", "-20,50", "10000000000"), Fault.WRONG_AMOUNT, "10000000000"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(
    read: Callable[[bytes], Any], held: bytes, fault: Fault, found: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(held)
    assert (caught.value.fault, caught.value.found) == (fault, found)


@pytest.mark.parametrize(
    ("held", "layout", "fault", "line"),
    [
        (b"a,b\n2026-03-10,x\n", SIDES, Fault.COLUMN_MISSING, 2),
        (b"h\n10/03/2026,x,,1,,,\n", SIDES, Fault.WRONG_DAY, 2),
        (b"h\n2026-03-10,x,,un,,,\n", SIDES, Fault.WRONG_AMOUNT, 2),
        (b"h\n2026-03-10,x,,1,2,,\n", SIDES, Fault.WRONG_AMOUNT, 2),
        (b"\n\n\n10/03/2026;;x;1,005;\n", SIGNED, Fault.WRONG_AMOUNT, 4),
        ("Libellé é".encode("cp1252"), SIDES, Fault.WRONG_ENCODING, 0),
        (b"h\n" + b"a" * 200_000, SIDES, Fault.NOT_A_STATEMENT, 0),
    ],
)
def test_a_wrong_line_of_csv_is_named(held: bytes, layout: Layout, fault: Fault, line: int) -> None:
    with pytest.raises(Unreadable) as caught:
        read_csv(held, layout)
    assert (caught.value.fault, caught.value.line) == (fault, line)


def test_formats_are_told_apart() -> None:
    kinds = {
        name: (is_camt(content(name)), is_ofx(content(name)))
        for name in ("camt02.xml", "xml.ofx", "sides.csv")
    }
    assert kinds == {"camt02.xml": (True, False), "xml.ofx": (False, True), "sides.csv": (False, False)}


@pytest.mark.parametrize(
    ("text", "sign", "amount"),
    [
        ("1\u00a0234,56 €", ",", "1234.56"),
        ("1.234,56", ",", "1234.56"),
        ("1,234.56", ".", "1234.56"),
        ("+12,30 EUR", ",", "12.30"),
        ("(3,00)", ",", "-3.00"),
        ("5,00-", ",", "-5.00"),
        ("Infinity", ",", None),
        ("1" * 40, ",", None),
        ("", ",", None),
    ],
)
def test_an_amount_is_read_as_banks_write_it(text: str, sign: str, amount: str | None) -> None:
    assert read_amount(text, sign) == (None if amount is None else Decimal(amount))


def test_a_line_has_one_side() -> None:
    assert signed(Decimal(-3), None) == Decimal(-3)
    assert signed(None, Decimal(3)) == Decimal(3)
    assert signed(None, None) is None
    assert read_day("31/12/26", "%d/%m/%Y") is None
    assert read_day("2026312", "%Y%m%d") is None
    assert read_day("20260312", "%Y%m%d") == date(2026, 3, 12)


def test_an_account_is_named_by_its_iban_or_its_number() -> None:
    assert names_account("FR76 3000 6000 0112 3456 7890 189", IBAN)
    assert names_account("300060000112345678901", IBAN)
    assert not names_account("12345", IBAN)
    assert not names_account("", IBAN)


def line(day: int, amount: str, label: str = "VIR") -> ReadLine:
    return ReadLine(date(2026, 3, day), Decimal(amount), label)


def test_two_lines_that_say_the_same_are_known_apart_and_again() -> None:
    lines = [line(1, "-2.00", "PARKING"), line(1, "-2.00", "parking  "), line(2, "-2.00", "PARKING")]
    prints = fingerprints(IBAN, lines)
    assert len(set(prints)) == 3
    assert fingerprints(IBAN, lines[:2]) == prints[:2]


def test_days_of_one_account_are_one_statement() -> None:
    second = ReadStatement(IBAN, (line(2, "5.00"),), Decimal("15.00"), Decimal("10.00"))
    first = ReadStatement(IBAN, (line(1, "10.00"),), Decimal("10.00"), Decimal("0.00"))
    empty = ReadStatement(IBAN, (), Decimal("15.00"), Decimal("15.00"))
    found = joined([second, empty, first])
    assert (found.opening, found.closing, found.total) == (
        Decimal("0.00"),
        Decimal("15.00"),
        Decimal("15.00"),
    )
    assert joined([empty]).lines == ()
    with pytest.raises(Unreadable):
        joined([first, ReadStatement(IBAN, (line(2, "5.00"),), Decimal("16.00"), Decimal("11.00"))])


@pytest.mark.parametrize(
    ("opening", "new", "last", "expected"),
    [
        ("0.00", "10.00", None, ("0.00", "0.00", "")),
        (None, "10.00", None, ("0.00", "0.00", "")),
        ("1.00", "10.00", None, ("1.00", "-1.00", "inside")),
        ("0.00", "10.00", "0.00", ("0.00", "0.00", "")),
        ("0.00", "4.00", "6.00", ("6.00", "0.00", "")),
        ("0.00", "10.00", "3.00", ("3.00", "-3.00", "after")),
    ],
)
def test_a_balance_runs_on_or_says_its_gap(
    opening: str | None, new: str, last: str | None, expected: tuple[str, str, str]
) -> None:
    read = ReadStatement(
        IBAN, (line(1, "10.00"),), Decimal("10.00"), None if opening is None else Decimal(opening)
    )
    run = run_of(read, new_total=Decimal(new), last_closing=None if last is None else Decimal(last))
    assert (str(run.opening), str(run.gap), run.where) == expected


def test_a_detail_of_nothing_is_no_movement() -> None:
    free = '<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">0.00</Amt></TxAmt></AmtDtls></TxDtls>'
    held = changed("camt02.xml", "        </NtryDtls>", f"{free}        </NtryDtls>")
    assert whole(read_camt(held)) == json.loads((DATA / "golden.json").read_text())["camt02.xml"]


def test_five_thousand_lines_are_read_at_once() -> None:
    rows = [("2026-03-10", "-1.00", f"CB {rank}") for rank in range(5000)]
    (statement,) = read_camt(camt(*rows, opening="10000.00"))
    assert (len(statement.lines), statement.closing) == (5000, Decimal("5000.00"))
