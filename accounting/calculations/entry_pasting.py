"""Reads the lines of an entry pasted from a spreadsheet: account, section, label, debit, credit."""

from __future__ import annotations

import csv
import io

COLUMNS = ("account", "section", "label", "debit", "credit")
_SEPARATORS = ("\t", ";")


def pasted_rows(text: str) -> list[dict[str, str]]:
    """Gives a row of texts for each line pasted; a heading, whose account is no number, is left out. Cells
    are parted by tabs, else by semicolons; what cannot be read stays as it was written, in its cell."""
    separator = next((mark for mark in _SEPARATORS if mark in text), "\t")
    rows: list[dict[str, str]] = []
    for cells in csv.reader(io.StringIO(text), delimiter=separator):
        told = [cell.strip() for cell in cells[: len(COLUMNS)]]
        if not any(told) or (not rows and not told[0][:1].isdigit()):
            continue
        rows.append(dict(zip(COLUMNS, told + [""] * (len(COLUMNS) - len(told)), strict=True)))
    return rows
