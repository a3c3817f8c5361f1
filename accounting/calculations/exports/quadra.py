"""The ASCII file that Cegid Quadra Comptabilité reads: an « M » record of fixed places for each line.

Source: Cegid, « Fichier d’entrée ASCII, Cegid Quadra Comptabilité », KB0014530, public document of August
2023 (docs/exports.md tells what is written and what is left blank).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from accounting.calculations.exports.rows import Row

# What the record holds; a longer account cannot be written.
ACCOUNT, _LABEL, _PIECE, _SHORT_PIECE = 8, 30, 10, 8
_AMOUNT = 12
_ALIKE = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "€": "EUR",
        "«": '"',
        "»": '"',
        "\u2019": "'",
        "\u2013": "-",
    }
)


def quadra_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """The file, record after record. Raises ValueError for an account or an amount that has no room."""
    for row in rows:
        yield _record(row).encode("ascii")


def _record(row: Row) -> str:
    if len(row.account) > ACCOUNT:
        raise ValueError(f"no room for account {row.account}")
    piece = _ascii(row.piece or f"{row.journal}{row.number}")
    parts = (
        "M",
        f"{row.account:<{ACCOUNT}}",
        f"{row.journal:<2}",
        # No folio.
        "000",
        _day(row.on),
        # Code of a label, label of 20 characters: the longer one below says it.
        " " * 21,
        "D" if row.debit else "C",
        _cents(row),
        # Account on the other side.
        " " * 8,
        _day(row.due_on),
        # Lettering, statistics, piece of 5 characters, affair, quantity.
        " " * 30,
        f"{piece[-_SHORT_PIECE:]:<{_SHORT_PIECE}}",
        "EUR",
        f"{row.journal:<3}",
        # Codes of VAT: those of the program, which the books do not know.
        " " * 3,
        f"{_ascii(row.label)[:_LABEL]:<{_LABEL}}",
        "  ",
        f"{piece[-_PIECE:]:<{_PIECE}}",
    )
    return "".join(parts) + "\r\n"


def _cents(row: Row) -> str:
    text = f"{int((row.debit + row.credit).scaleb(2)):0{_AMOUNT}d}"
    if len(text) > _AMOUNT:
        raise ValueError(f"no room for an amount of {text} cents")
    return f"+{text}"


def _day(day: date | None) -> str:
    return f"{day:%d%m%y}" if day else " " * 6


def _ascii(text: str) -> str:
    """Without accents nor anything that would move the places."""
    plain = unicodedata.normalize("NFKD", text.translate(_ALIKE)).encode("ascii", "ignore").decode()
    return "".join(sign if sign.isprintable() else " " for sign in plain)
