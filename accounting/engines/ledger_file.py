"""Opens a file of entries: a FEC, whose cells are never quoted, or a sheet like any other."""

from __future__ import annotations

import re

from accounting.calculations.fec.shape import COLUMNS, SEPARATORS, SIGNED_COLUMNS
from cae.core.importing.files import Sheet, SheetRow, read_sheet

# What Windows-1252 adds to ISO 8859-15, which keeps these bytes for nothing.
_WINDOWS = re.compile(rb"[\x80-\x9f]")


def read_ledger(content: bytes, name: str) -> Sheet:
    """Gives the lines of the file. Raises Refused at `file` for what is no table."""
    return _fec(content) or read_sheet(content, name)


def _fec(content: bytes) -> Sheet | None:
    first = content.split(b"\n", 1)[0]
    names = first.decode("latin-1").removeprefix("\u00ef\u00bb\u00bf").rstrip("\r")
    for separator in SEPARATORS:
        header = tuple(word.strip() for word in names.split(separator))
        if header[: len(COLUMNS)] in {COLUMNS, SIGNED_COLUMNS}:
            charset = _charset(content)
            lines = content.decode(charset, errors="replace").split("\n")[1:]
            rows = (
                _row(number, line.rstrip("\r"), separator, len(header))
                for number, line in enumerate(lines, start=2)
                if line.strip()
            )
            return Sheet(header, tuple(rows), f"FEC, {charset}")
    return None


def _row(number: int, line: str, separator: str, width: int) -> SheetRow:
    """A line too short has empty cells; one too long keeps what it has."""
    cells = tuple(cell.strip().replace("\0", "") for cell in line.split(separator))
    return SheetRow(number, cells + ("",) * (width - len(cells)))


def _charset(content: bytes) -> str:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252" if _WINDOWS.search(content) else "iso8859-15"
    return "utf-8-sig"
