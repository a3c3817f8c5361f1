"""Reads lines pasted from a spreadsheet: which column is which, what each cell says; no line is ever lost.

What cannot be read stays as it was typed, in the cell where a person will look for it, with the reason.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from cae.core.money import parse_amount

# The columns that a line has, and the headings under which people know them (compared without accents).
HEADINGS: dict[str, tuple[str, ...]] = {
    "reference": ("reference", "ref", "code", "article n°", "sku"),
    "label": (
        "designation", "libelle", "intitule", "article", "produit", "prestation", "item", "label", "objet",
    ),
    "description": ("description", "detail", "details", "commentaire"),
    "quantity": ("quantite", "qte", "qt", "nombre", "nb", "quantity", "qty"),
    "unit": ("unite", "u", "unit", "ut"),
    "unit_price": (
        "prix unitaire ht", "prix unitaire", "prix ht", "prix", "pu ht", "pu", "puht", "p.u.", "p.u. ht",
        "tarif", "tarif ht", "unit price", "price",
    ),
    "vat": ("tva", "taux de tva", "taux", "tva %", "% tva", "vat", "taux tva"),
    "discount_rate": ("remise", "remise %", "% remise", "discount"),
    "total": ("total", "total ht", "montant", "montant ht", "amount", "total ligne"),
}  # fmt: skip
# Told by a number; the others are words.
NUMBERS = ("quantity", "unit_price", "vat", "discount_rate", "total")
_GUESSES: dict[int, tuple[str, ...]] = {
    1: ("unit_price",),
    2: ("quantity", "unit_price"),
    3: ("quantity", "unit_price", "vat"),
    4: ("quantity", "unit_price", "vat", "total"),
}


@dataclass(frozen=True)
class PastedLine:
    """One line as it goes into the form: texts, and what could not be read in them."""

    values: dict[str, str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Words:
    """Units and VAT rates by the words people use, each with the value of its choice."""

    units: Mapping[str, str] = field(default_factory=dict)
    rates: Mapping[Decimal, str] = field(default_factory=dict)


def plain(text: str) -> str:
    """Without accents, capitals nor double spaces: « Quantité » is « quantite »."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(flat.lower().split())


def pasted_lines(text: str, words: Words) -> list[PastedLine]:
    """The lines of a paste, in their order; a heading line is read and left out."""
    rows = [row for row in _cells(text) if any(cell.strip() for cell in row)]
    if not rows:
        return []
    heading = _heading(rows[0])
    if heading is not None:
        rows = rows[1:]
    columns = heading or _guessed(rows, words)
    return [_line(row, columns, words) for row in rows]


def _cells(text: str) -> list[list[str]]:
    """Rows of cells: tabs first, as spreadsheets copy them, else semicolons, else one cell a line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    delimiter = "\t" if "\t" in text else ";" if ";" in text else None
    if delimiter is None:
        return [[row] for row in text.split("\n")]
    # A cell with a line break comes between quotes.
    if '"' in text and _is_quoted(text, delimiter):
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    return [row.split(delimiter) for row in text.split("\n")]


def _is_quoted(text: str, delimiter: str) -> bool:
    """Every quote opens or closes a cell, or is doubled inside one."""
    cell = rf'"(?:[^"]|"")*"|[^"{re.escape(delimiter)}\n]*'
    row = rf"(?:{cell})(?:{re.escape(delimiter)}(?:{cell}))*"
    return re.fullmatch(rf"{row}(?:\n{row})*", text) is not None


def _heading(row: Sequence[str]) -> list[str] | None:
    """The columns that a first row names: two known words at least, or one and nothing else; no number."""
    names = {word: column for column, known in HEADINGS.items() for word in known}
    found = [names.get(plain(cell).rstrip(" .:"), "") for cell in row]
    known = [column for column in found if column]
    if len(known) < 2 or not {"label", "reference"} & set(known):
        return None
    if any(_number(cell) is not None for cell in row):
        return None
    first: set[str] = set()
    columns = []
    for column in found:
        columns.append("" if column in first else column)
        first.add(column)
    return columns


def _guessed(rows: Sequence[Sequence[str]], words: Words) -> list[str]:
    """The columns by what most rows hold: words, a unit, numbers in the usual order."""
    width = max(len(row) for row in rows)
    columns = [""] * width
    numbers = []
    for place in range(width):
        cells = [row[place].strip() for row in rows if place < len(row) and row[place].strip()]
        if not cells:
            continue
        if _most(cells, lambda cell: _number(cell) is not None or _percent(cell) is not None):
            numbers.append(place)
        elif "unit" not in columns and _most(cells, lambda cell: plain(cell).rstrip(".") in words.units):
            columns[place] = "unit"
        elif "label" not in columns:
            columns[place] = "label"
        elif "description" not in columns:
            columns[place] = "description"
    for place, name in zip(numbers, _named_numbers(rows, numbers, words), strict=True):
        columns[place] = name
    if "label" not in columns:
        spare = next((place for place in range(width) if not columns[place]), None)
        if spare is not None:
            columns[spare] = "label"
    return columns


def _named_numbers(rows: Sequence[Sequence[str]], places: list[int], words: Words) -> list[str]:
    """Quantity, price, VAT, total: by order, once the column that holds rates is known."""
    names = [""] * len(places)
    for rank, place in reversed(list(enumerate(places))):
        cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
        if len(places) > 1 and _most(cells, lambda cell: _rate(cell, words) is not None and "%" in cell):
            names[rank] = "vat"
            break
    others = [rank for rank, name in enumerate(names) if not name]
    if "vat" in names:
        usual = {1: ("unit_price",), 2: ("quantity", "unit_price"), 3: ("quantity", "unit_price", "total")}
    else:
        usual = dict(_GUESSES)
        if len(others) == 3 and not _are_rates(rows, places[others[2]], words):
            usual[3] = ("quantity", "unit_price", "total")
    order = usual.get(len(others), usual[max(usual)])
    for rank, name in zip(others, order, strict=False):
        names[rank] = name
    return names


def _are_rates(rows: Sequence[Sequence[str]], place: int, words: Words) -> bool:
    cells = [row[place] for row in rows if place < len(row) and row[place].strip()]
    return _most(cells, lambda cell: _rate(cell, words) is not None)


def _most(cells: Sequence[str], test: Callable[[str], bool]) -> bool:
    """More than half of the cells."""
    return bool(cells) and 2 * sum(test(cell) for cell in cells) > len(cells)


def _line(row: Sequence[str], columns: Sequence[str], words: Words) -> PastedLine:
    values: dict[str, str] = {}
    faults: list[str] = []
    spare: list[str] = []
    for place, cell in enumerate(row):
        text = cell.strip()
        column = columns[place] if place < len(columns) else ""
        if not text or column == "total":
            continue
        if column in ("", "reference") or column in values:
            spare.append(text)
            continue
        _read(column, text, words, values, faults)
    if not values.get("label"):
        # A line without words is still a line: what it says stands where it will be seen.
        values["label"] = spare.pop(0) if spare else values.get("description", "")
    reference = _cell(row, columns, "reference")
    if reference:
        values["reference"] = reference
        spare = [text for text in spare if text != reference]
    if spare:
        told = [values["description"]] if values.get("description") else []
        values["description"] = "\n".join([*told, *spare])
    return PastedLine(values, tuple(faults))


def _read(column: str, text: str, words: Words, values: dict[str, str], faults: list[str]) -> None:
    """One cell into its field; what cannot be read is kept as typed, and named."""
    if column == "unit":
        code = words.units.get(plain(text).rstrip("."))
        values["unit" if code else "unit_text"] = code or text
        if code is None:
            faults.append("unit")
    elif column == "vat":
        key = _rate(text, words)
        values["vat_rate" if key else "vat_text"] = key or text
        if key is None:
            faults.append("vat")
    elif column in NUMBERS:
        number = _number(text) if column != "discount_rate" else _percent(text)
        values[column] = text if number is None else _typed(number)
        if number is None:
            faults.append(column)
    else:
        values[column] = text


def _cell(row: Sequence[str], columns: Sequence[str], name: str) -> str:
    place = columns.index(name) if name in columns else len(row)
    return row[place].strip() if place < len(row) else ""


def _number(text: str) -> Decimal | None:
    """« 1 234,50 € HT » is a number."""
    try:
        return parse_amount(re.sub(r"(?i)\s*(ht|ttc|eur|euros?)\s*$", "", text.strip()))
    except ValueError:
        return None


def _percent(text: str) -> Decimal | None:
    return _number(text.replace("%", ""))


def _rate(text: str, words: Words) -> str | None:
    """« 20 % », « 20,00 », « 0,2 » name the rate of 20 %."""
    number = _percent(text)
    if number is None:
        return None
    if number in words.rates:
        return words.rates[number]
    return words.rates.get(number * 100) if 0 < number < 1 and "%" not in text else None


def _typed(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")
