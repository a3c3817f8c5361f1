"""Frozen records to JSON types and back, without loss: an amount is a text, a date an ISO day."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, partial
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [to_plain(v) for v in value]
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _reader(wanted: Any) -> Reader:
    """Inverse of `to_plain` for one type hint, found once: facts are read by the hundred thousand."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        inner = _reader(next(a for a in get_args(wanted) if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        each = _reader(get_args(wanted)[0])
        return lambda values: tuple(each(value) for value in values)
    if isinstance(wanted, type) and is_dataclass(wanted):
        return partial(from_plain, wanted)
    leaves: dict[Any, Reader] = {date: date.fromisoformat, Decimal: _decimal}
    is_choice = issubclass(wanted, StrEnum)
    return leaves.get(wanted, wanted if is_choice else partial(_exactly, wanted))


@cache
def _readers(record: Any) -> dict[str, Reader]:
    """How each term of a record is read."""
    return {name: _reader(hint) for name, hint in get_type_hints(record).items()}


def from_plain(wanted: type[T], values: Mapping[str, Any]) -> T:
    kind: Any = wanted
    readers = _readers(kind)
    unknown = values.keys() - readers.keys()
    if unknown:
        raise ValueError(f"{wanted.__name__}: unknown terms {sorted(unknown)}")
    try:
        return wanted(**{name: readers[name](value) for name, value in values.items()})
    except TypeError as error:
        raise ValueError(str(error)) from error


def _exactly(wanted: type[T], value: Any) -> T:
    if type(value) is not wanted:
        raise ValueError(f"expected {wanted.__name__}, found {value!r}")
    return value


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(value) if isinstance(value, str) else None
    except ArithmeticError:
        number = None
    if number is None or not number.is_finite():
        raise ValueError(f"not an amount: {value!r}")
    return number
