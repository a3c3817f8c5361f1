"""A record read from an XML element by a table: field → where it stands and how it is written.

One table a syntax says all (`cii.py`, `ubl.py`); this module only follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, TypeVar

from lxml import etree

from invoicing.engines.incoming.facts import Unreadability, Unreadable

T = TypeVar("T")

# What the columns of the application hold: ten digits before the point.
_LARGEST = Decimal(10) ** 10
_LONGEST_TEXT = 4000
_COMPACT_DAY, _ISO_DAY = 8, 10


def text(found: str) -> str:
    return " ".join(found.split())[:_LONGEST_TEXT]


def paragraph(found: str) -> str:
    """A text whose lines mean something."""
    lines = (" ".join(line.split()) for line in found.strip().splitlines())
    return "\n".join(lines)[:_LONGEST_TEXT]


def amount(found: str) -> Decimal:
    try:
        number = Decimal(found)
    except InvalidOperation as error:
        raise ValueError(found) from error
    if not number.is_finite() or abs(number) >= _LARGEST:
        raise ValueError(found)
    return number


def day(found: str) -> date:
    """« 20261127 » as in CII, « 2026-11-27 » (with or without a time zone) as in UBL."""
    if len(found) == _COMPACT_DAY and found.isdigit():
        found = f"{found[:4]}-{found[4:6]}-{found[6:]}"
    return date.fromisoformat(found[:_ISO_DAY])


def truth(found: str) -> bool:
    return found in ("true", "1")


@dataclass(frozen=True)
class At:
    """One value: what the first place holds, else the next one."""

    places: tuple[str, ...]
    read: Callable[[str], Any]

    def compiled(self, namespaces: Mapping[str, str]) -> Callable[[etree._Element], Any]:
        finders = [etree.XPath(f"string({place})", namespaces=dict(namespaces)) for place in self.places]

        def find(element: etree._Element) -> Any:
            written = next(filter(None, (str(finder(element)).strip() for finder in finders)), "")
            return self.read(written) if written else None

        return find


def at(*places: str, read: Callable[[str], Any] = text) -> At:
    return At(places, read)


@dataclass(frozen=True)
class One:
    """A record of its own, at one place."""

    place: str
    shape: Shape[Any]

    def compiled(self, namespaces: Mapping[str, str]) -> Callable[[etree._Element], Any]:
        finder = etree.XPath(self.place, namespaces=dict(namespaces))

        def find(element: etree._Element) -> Any:
            found = finder(element)
            return self.shape.read(found[0]) if found else None

        return find


@dataclass(frozen=True)
class Many:
    """Records of their own, in the order of the file."""

    place: str
    shape: Shape[Any]

    def compiled(self, namespaces: Mapping[str, str]) -> Callable[[etree._Element], Any]:
        finder = etree.XPath(self.place, namespaces=dict(namespaces))
        return lambda element: tuple(self.shape.read(found) for found in finder(element))


class Shape(Generic[T]):
    """The table of one record."""

    def __init__(
        self, record: type[T], namespaces: Mapping[str, str], table: Mapping[str, At | One | Many]
    ) -> None:
        self._record = record
        self._finders = {name: place.compiled(namespaces) for name, place in table.items()}
        kinds: Any = record
        self._required = frozenset(f.name for f in fields(kinds) if f.default is MISSING)

    def read(self, element: etree._Element) -> T:
        """Gives the record. Raises Unreadable: a term it can't do without is absent, or can't be read."""
        values = {}
        for name, find in self._finders.items():
            try:
                value = find(element)
            except ValueError as error:
                raise Unreadable(Unreadability.TERM_INVALID, f"{name} : {error}") from error
            if value is not None:
                values[name] = value
        if missing := self._required - values.keys():
            raise Unreadable(Unreadability.TERM_MISSING, ", ".join(sorted(missing)))
        return self._record(**values)
