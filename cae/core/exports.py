"""A list as a file: CSV that a French spreadsheet opens, or XLSX with real numbers and dates."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import chain, islice
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cae.core.answers import file_saved

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is run as a formula by spreadsheets: people's words never are.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BOLD = Font(bold=True)
# The narrowest and widest column of a sheet, in letters, found from its first lines.
_NARROW, _WIDE, _READ = 10, 60, 200


def export(table: Any, kind: str, *, name: str) -> HttpResponse:
    """Gives the whole table as a download, CSV (« ; », decimal comma, UTF-8 with mark) or XLSX."""
    return sheet(table.as_values(), kind, name=name)


def csv_bytes(lines: Iterable[Iterable[Any]]) -> bytes:
    """Gives lines as CSV; people's words are never run as formulas by the program that opens it."""
    return _csv([_plain(value) for value in row] for row in lines)


def sheet(lines: Iterable[Iterable[Any]], kind: str, *, name: str) -> HttpResponse:
    """Gives lines as a download; people's words are never run as formulas by the program that opens it."""
    rows = ([_plain(value) for value in row] for row in lines)
    content, mime = (_csv(rows), "text/csv; charset=utf-8") if kind == "csv" else (_xlsx(rows), _XLSX)
    return file_saved(content, name=f"{name}-{timezone.localdate()}.{kind}", mime=mime)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None)
    if value is None or isinstance(value, (Decimal, int, date)):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _french(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.strftime("%d/%m/%Y %H:%M")
    return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


def _csv(rows: Any) -> bytes:
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(
        [_french(v) for v in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterable[list[Any]]) -> bytes:
    """Real numbers and dates, written as a French hand writes them, in columns wide enough to be read."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    first = list(islice(rows, _READ))
    for column, width in enumerate(_widths(first), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    for rank, row in enumerate(chain(first, rows)):
        sheet.append([_cell(sheet, value, bold=not rank) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    pattern = _pattern(value)
    if not (pattern or bold):
        return value
    cell = WriteOnlyCell(sheet, value)
    if bold:
        cell.font = _BOLD
    if pattern:
        cell.number_format = pattern
    return cell


def _pattern(value: Any) -> str:
    """How a spreadsheet shows this value: cents always, the decimals of a rate or a price only where it has
    some."""
    if isinstance(value, Decimal):
        beyond = -int(value.as_tuple().exponent) - 2
        return "#,##0.00" + "#" * max(beyond, 0)
    if isinstance(value, datetime):
        return "dd/mm/yyyy hh:mm"
    return "dd/mm/yyyy" if isinstance(value, date) else ""


def _widths(rows: list[list[Any]]) -> list[int]:
    """As wide as what stands in each column, within reason."""
    longest: dict[int, int] = {}
    for row in rows:
        for column, value in enumerate(row):
            shown = len(str(_french(value))) if value is not None else 0
            longest[column] = max(longest.get(column, 0), shown)
    return [min(max(found + 2, _NARROW), _WIDE) for _column, found in sorted(longest.items())]
