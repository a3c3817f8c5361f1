"""Reads a sheet that people send: CSV in the encodings and separators of their programs, or XLSX.

A line that cannot be read is kept with its fault, so that the others pass."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from openpyxl import load_workbook

from cae.core.errors import Code, Refused
from cae.core.uploads import kind_of, refuse_programme

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 100
# A workbook of 5 MB holds about ten times that once open; more is a bomb.
MAX_OPEN_BYTES = 80 * 1024 * 1024
MAX_PARTS = 500
# A cell may hold line breaks; an opening quote that closes later than this was never closed.
MAX_LINES_OF_A_CELL = 20
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
SEPARATORS = {
    ";": gettext_lazy("point-virgule"),
    ",": gettext_lazy("virgule"),
    "\t": gettext_lazy("tabulation"),
}
# What our own exports put before people's words, so that no spreadsheet runs them (cae.core.exports).
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")


@dataclass(frozen=True)
class SheetRow:
    """A line of the file: its number there, its cells, why it cannot be read."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    reading: str


def read_sheet(content: bytes, name: str) -> Sheet:
    """Gives the sheet that a file holds. Raises Refused(file_refused) with what is wrong, at `file`."""
    if len(content) > MAX_BYTES:
        raise _refused(_("Ce fichier dépasse 5 Mo : coupez-le en plusieurs."))
    refuse_programme(content, field="file")
    kind = kind_of(content)
    if kind == "zip":
        lines, reading = _workbook_lines(content), "XLSX"
    elif kind == "text":
        text, encoding = decoded(content)
        separator = separator_of(text)
        lines = _text_lines(text, separator)
        reading = f"{encoding}, {SEPARATORS[separator]}"
    elif kind == "old_office":
        raise _refused(_("Ce classeur est dans l’ancien format d’Excel : enregistrez-le en .xlsx ou .csv."))
    else:
        raise _refused(_("Ce fichier n’est pas un tableau : envoyez un fichier CSV ou XLSX."))
    return _sheet(lines, reading)


def _refused(sentence: str) -> Refused:
    return Refused(Code.FILE_REFUSED, sentence, field="file")


def _sheet(lines: Iterable[SheetRow], reading: str) -> Sheet:
    """The first line that says something is the header; lines without a word are not lines."""
    filled = (line for line in lines if line.fault or any(line.cells))
    first = next(filled, None)
    if first is None:
        raise _refused(_("Ce fichier est vide."))
    header = _header(first.cells)
    rows = []
    for line in filled:
        rows.append(_fitted(line, len(header)))
        if len(rows) > MAX_ROWS:
            raise _refused(_("Ce fichier a plus de 20 000 lignes : coupez-le en plusieurs."))
    if not rows:
        raise _refused(_("Ce fichier n’a qu’une ligne de titres : il n’y a rien à importer."))
    return Sheet(header, tuple(rows), reading)


def _header(cells: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns: each its own, those without a name called by their place."""
    width = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    if width > MAX_COLUMNS:
        raise _refused(_("Ce fichier a plus de 100 colonnes : gardez celles qui servent."))
    names: list[str] = []
    for place, cell in enumerate(cells[:width], 1):
        name = " ".join(cell.split())[:80] or _("Colonne %(place)s") % {"place": place}
        names.append(name if name not in names else f"{name} ({place})")
    return tuple(names)


def _fitted(line: SheetRow, width: int) -> SheetRow:
    """The line with as many cells as the header; cells beyond it that say something are a fault."""
    if line.fault:
        return line
    if any(line.cells[width:]):
        sentence = ngettext(
            "Cette ligne a %(count)s cellule, l’en-tête en a %(width)s : vérifiez ses guillemets.",
            "Cette ligne a %(count)s cellules, l’en-tête en a %(width)s : vérifiez ses guillemets.",
            len(line.cells),
        )
        return SheetRow(line.number, line.cells, sentence % {"count": len(line.cells), "width": width})
    cells = line.cells[:width]
    return SheetRow(line.number, cells + ("",) * (width - len(cells)))


def decoded(content: bytes) -> tuple[str, str]:
    """Gives the text and the name of its encoding; a byte that means nothing becomes UNREADABLE."""
    if content.startswith(codecs.BOM_UTF8):
        return content.decode("utf-8-sig", "replace"), "UTF-8"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace"), "UTF-16"
    # One broken line must not turn all the accents of the others: the greater number decides.
    accented = [line for line in content.split(b"\n") if not line.isascii()]
    if sum(_is_utf8(line) for line in accented) * 2 >= len(accented):
        return content.decode("utf-8", "replace"), "UTF-8"
    # Windows-1252 holds every character of Latin-1, and those that Windows adds.
    return content.decode("cp1252", "replace"), "Windows-1252"


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def separator_of(text: str) -> str:
    """Gives the separator that the first line uses most, outside quotes."""
    first = next((line for line in re.split(r"\r\n|\n|\r", text[:100_000]) if line.strip()), "")
    declared = re.fullmatch(r"sep=(.)", first.strip("\ufeff "))
    if declared and declared[1] in SEPARATORS:
        return declared[1]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count)


def _text_lines(text: str, separator: str) -> Iterator[SheetRow]:
    lines = re.split(r"\r\n|\n|\r", text)
    place, width = 0, 0
    while place < len(lines):
        number, taken = place + 1, _lines_of_record(lines, place, separator, width)
        place += taken or 1
        if taken == 0:
            fault = _("Un guillemet ouvert sur cette ligne n’est jamais fermé.")
            yield SheetRow(number, (lines[number - 1][:500].replace("\0", ""),), fault)
            continue
        raw = "\n".join(lines[number - 1 : place])
        if number == 1 and raw.strip().startswith("sep="):
            continue
        cells = _cells(raw, separator)
        width = width or (len(cells) if any(cells) else 0)
        fault = ""
        if UNREADABLE in raw:
            fault = _("Un caractère de cette ligne est illisible dans l’encodage du fichier.")
        yield SheetRow(number, cells, fault)


def _lines_of_record(lines: list[str], place: int, separator: str, width: int) -> int:
    """How many lines of the file make one line of the sheet; 0 when a quote is never closed."""
    raw = lines[place]
    if not _is_open(raw, separator):
        return 1
    for taken, line in enumerate(lines[place + 1 : place + MAX_LINES_OF_A_CELL], 2):
        raw = f"{raw}\n{line}"
        if not _is_open(raw, separator):
            return taken if not width or len(_cells(raw, separator)) == width else 0
    return 0


def _is_open(raw: str, separator: str) -> bool:
    """Whether a quoted cell is still open at the end: a quote opens only at the beginning of a cell."""
    if '"' not in raw:
        return False
    state = "start"
    for sign in raw:
        if state == "quoted":
            state = "quote" if sign == '"' else "quoted"
        elif state == "quote" and sign == '"':
            state = "quoted"
        elif sign in (separator, "\n"):
            state = "start"
        elif state == "start" and sign == '"':
            state = "quoted"
        else:
            state = "bare"
    return state == "quoted"


def _cells(raw: str, separator: str) -> tuple[str, ...]:
    plain = raw.replace("\0", "")
    try:
        cells = next(csv.reader(StringIO(plain, newline=""), delimiter=separator), [])
    except csv.Error:
        cells = [plain[:500]]
    return tuple(_GUARDED.sub("", cell.strip(), count=1) for cell in cells)


def _workbook_lines(content: bytes) -> Iterator[SheetRow]:
    broken = _refused(_("Ce classeur ne s’ouvre pas : enregistrez-le à nouveau en .xlsx, ou en .csv."))
    _refuse_bomb(content, broken)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # those that the file declares may be false
        rows = sheet.iter_rows(max_row=MAX_ROWS + 50, max_col=MAX_COLUMNS + 1, values_only=True)
        for number, row in enumerate(rows, 1):
            yield SheetRow(number, tuple(_text(value) for value in row))
    except Refused:
        raise
    except Exception as error:  # whatever openpyxl meets in a file that somebody made by hand
        raise broken from error


def _refuse_bomb(content: bytes, broken: Refused) -> None:
    """A workbook is a zip of XML: nothing that swells once open, nothing that defines entities."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise _refused(_("Ce fichier n’est pas un classeur : envoyez un fichier CSV ou XLSX."))
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_OPEN_BYTES:
                raise _refused(_("Ce classeur est trop gros une fois ouvert : gardez une seule feuille."))
            for part in parts:
                with archive.open(part) as opened:
                    if b"<!DOCTYPE" in opened.read(1024):
                        raise broken
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise broken from error


def _text(value: Any) -> str:
    """A cell as a French hand types it; a number that the workbook keeps in binary has at most 15 digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return _GUARDED.sub("", value.strip(), count=1)
    return str(value) if isinstance(value, int) else f"{value:.15g}".replace(".", ",")
