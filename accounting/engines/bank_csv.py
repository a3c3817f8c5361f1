"""Reads the CSV of a bank by a layout: nothing is guessed but the order of its lines."""

from __future__ import annotations

import csv
import io

from accounting.calculations.bank_layouts import Layout, read_amount, read_day, signed
from accounting.calculations.bank_statements import Fault, ReadLine, Unreadable
from cae.core.money import ZERO

_SHOWN_ROWS = 8


def read_csv(content: bytes, layout: Layout) -> tuple[ReadLine, ...]:
    """Gives the lines, the oldest first. Raises Unreadable at the line at fault."""
    lines = [
        line
        for number, row in enumerate(rows_of(content, layout), start=1)
        if number > layout.header_lines and any(cell.strip() for cell in row)
        for line in [_line(row, number, layout)]
        if line.amount != ZERO
    ]
    if lines and lines[0].booked_on > lines[-1].booked_on:
        lines.reverse()
    return tuple(sorted(lines, key=lambda line: line.booked_on))


def rows_of(content: bytes, layout: Layout) -> list[list[str]]:
    """The cells of the file. Raises Unreadable when it is written in another alphabet."""
    try:
        text = content.decode(layout.encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(Fault.WRONG_ENCODING) from error
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator))
    except csv.Error as error:
        raise Unreadable(Fault.NOT_A_STATEMENT) from error


def first_rows(content: bytes, layout: Layout) -> list[list[str]]:
    """What a preview shows of the file."""
    return rows_of(content, layout)[:_SHOWN_ROWS]


def _line(row: list[str], number: int, layout: Layout) -> ReadLine:
    columns = layout.columns
    if len(row) < columns.most:
        raise Unreadable(Fault.COLUMN_MISSING, str(columns.most), line=number)

    def cell(rank: int | None) -> str:
        return " ".join(row[rank - 1].split()) if rank else ""

    day = read_day(cell(columns.booked_on), layout.day_format)
    if day is None:
        raise Unreadable(Fault.WRONG_DAY, cell(columns.booked_on), line=number)
    if columns.amount:
        written, amount = cell(columns.amount), read_amount(cell(columns.amount), layout.decimal_sign)
    else:
        sides = [cell(columns.debit), cell(columns.credit)]
        read = [read_amount(side, layout.decimal_sign) if side else ZERO for side in sides]
        written, amount = " ".join(filter(None, sides)), None if None in read else signed(*read)
    if amount is None:
        raise Unreadable(Fault.WRONG_AMOUNT, written, line=number)
    return ReadLine(
        booked_on=day,
        value_on=read_day(cell(columns.value_on), layout.day_format) if columns.value_on else None,
        amount=amount,
        label=" ".join(filter(None, (cell(columns.label), cell(columns.detail)))) or "—",
        counterparty=cell(columns.counterparty),
        iban=cell(columns.iban).replace(" ", "").upper(),
        reference=cell(columns.reference),
        raw=layout.separator.join(row),
    )
