"""The file of variables as a payroll program reads it: columns, marks and codes of a layout (ACC-26)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import StringIO

# The words of `accounting.states.payroll`, which keeps the lists.
_SEPARATORS: dict[str, str] = {"semicolon": ";", "comma": ",", "tab": "\t"}
_DATES: dict[str, str] = {"slashes": "%d/%m/%Y", "compact": "%d%m%Y", "iso": "%Y-%m-%d"}


@dataclass(frozen=True)
class LayoutRules:
    """How a file is written."""

    columns: Sequence[tuple[str, str]]
    codes: Mapping[str, str]
    separator: str = "semicolon"
    decimal_mark: str = "comma"
    date_shape: str = "slashes"
    encoding: str = "utf-8"
    has_header: bool = True


@dataclass(frozen=True)
class Variable:
    """One element of one person: `element` is its kind, with the reason of an absence (« absence.sick »)."""

    number: str
    last_name: str
    first_name: str
    element: str
    label: str
    value: Decimal
    starts: date
    ends: date
    analytic: str
    month: date


def code_of(rules: LayoutRules, element: str) -> str:
    """The code of an element; that of its kind when its reason has none of its own."""
    return rules.codes.get(element) or rules.codes.get(element.partition(".")[0], "")


def without_code(rules: LayoutRules, variables: Iterable[Variable]) -> list[str]:
    """The elements that this layout cannot say, in order, each once."""
    return sorted({one.element for one in variables if not code_of(rules, one.element)})


def file_of(rules: LayoutRules, variables: Iterable[Variable]) -> bytes:
    """The whole file. Raises UnicodeEncodeError when its encoding cannot say a name."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=_SEPARATORS[rules.separator], lineterminator="\r\n")
    if rules.has_header:
        writer.writerow([heading for _column, heading in rules.columns])
    for one in variables:
        writer.writerow([_cell(rules, column, one) for column, _heading in rules.columns])
    return text.getvalue().encode(rules.encoding)


def _cell(rules: LayoutRules, column: str, one: Variable) -> str:
    if column == "value":
        return _number(rules, one.value)
    if column == "code":
        return code_of(rules, one.element)
    value = getattr(one, column)
    if column == "month":
        return f"{one.month:%m/%Y}"
    return value.strftime(_DATES[rules.date_shape]) if isinstance(value, date) else str(value)


def _number(rules: LayoutRules, value: Decimal) -> str:
    return str(value).replace(".", "," if rules.decimal_mark == "comma" else ".")
