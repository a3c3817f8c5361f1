"""Our own layout: a CSV that a spreadsheet opens and that a configurable import reads (docs/exports.md)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

from accounting.calculations.exports.rows import Row

HEADINGS = (
    "Journal",
    "Numéro",
    "Date",
    "Pièce",
    "Compte",
    "Libellé du compte",
    "Tiers",
    "Libellé",
    "Débit",
    "Crédit",
    "Taux de TVA",
    "Échéance",
    "Section",
    "Libellé de la section",
    "Nature",
)
# By which a spreadsheet knows UTF-8.
_MARK = b"\xef\xbb\xbf"
# A cell that begins so would be run as a formula: people's words never are.
_FORMULA = ("=", "+", "-", "@")
_ENDS = str.maketrans("\t\r\n", "   ")


def plain_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """The file, line after line: « ; » between cells, decimal comma, days first, UTF-8 with its mark."""
    yield _MARK + _line(HEADINGS)
    for row in rows:
        yield _line(
            (
                row.journal,
                str(row.number),
                _day(row.on),
                _said(row.piece),
                row.account,
                _said(row.account_label),
                _said(row.party),
                _said(row.label),
                _number(row.debit),
                _number(row.credit),
                _number(row.vat_rate),
                _day(row.due_on),
                _said(row.section),
                _said(row.section_label),
                _said(row.nature),
            )
        )


def _line(cells: Iterable[str]) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def _said(text: str) -> str:
    plain = text.translate(_ENDS)
    return f"'{plain}" if plain.startswith(_FORMULA) else plain


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value).replace(".", ",")
