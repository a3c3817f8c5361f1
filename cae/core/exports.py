"""A list as a file: CSV that a French spreadsheet opens, or XLSX with real numbers and dates."""

import csv
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell that begins so is run as a formula by spreadsheets: people's words never are.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(table: Any, kind: str, *, name: str) -> HttpResponse:
    """Gives the whole table as a download, CSV (« ; », decimal comma, UTF-8 with mark) or XLSX."""
    return sheet(table.as_values(), kind, name=name)


def sheet(lines: Iterable[Iterable[Any]], kind: str, *, name: str) -> HttpResponse:
    """Gives lines as a download; people's words are never run as formulas by the program that opens it."""
    rows = ([_plain(value) for value in row] for row in lines)
    content, mime = (_csv(rows), "text/csv; charset=utf-8") if kind == "csv" else (_xlsx(rows), _XLSX)
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate()}.{kind}"'
    return response


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


def _xlsx(rows: Any) -> bytes:
    book = Workbook(write_only=False)
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    out = BytesIO()
    book.save(out)
    return out.getvalue()
