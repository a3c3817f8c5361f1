"""The one writing of an object (§2): what is hashed and could be written twice would be two things."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from governance.engines.ballots.faults import BallotFault, Fault


def dumps(value: object) -> str:
    """Compact, keys in the order given, no character escaped but those that must be."""
    written = json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return written.replace("\x7f", "\\u007f")


def text_of(data: bytes) -> str:
    """The text of these bytes; refuses what is not UTF-8."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise BallotFault(Fault.NOT_CANONICAL) from None


def loads_exact(text: str, largest: int | None = None) -> Any:
    """The object that this text writes. Refuses any text that is not its one writing: spaces, a key twice,
    escapes that need not be, NaN, numbers with a point, lone surrogates, and more bytes than `largest`."""
    if largest is not None and len(text) > largest:
        raise BallotFault(Fault.TOO_BIG)
    try:
        size = len(text.encode())
        value = json.loads(text, parse_float=_refuse, parse_constant=_refuse)
        same = dumps(value) == text
    except (ValueError, RecursionError):
        raise BallotFault(Fault.NOT_CANONICAL) from None
    if largest is not None and size > largest:
        raise BallotFault(Fault.TOO_BIG)
    if not same:
        raise BallotFault(Fault.NOT_CANONICAL)
    return value


def fields(value: object, *names: str) -> list[Any]:
    """The values of an object that has exactly these keys, in this order."""
    if type(value) is not dict or tuple(value) != names:
        raise BallotFault(Fault.SHAPE_WRONG)
    return list(value.values())


def items(value: object, count: int | None = None) -> list[Any]:
    """The items of a list, as many as `count` where it is given."""
    if type(value) is not list or count not in {None, len(value)}:
        raise BallotFault(Fault.SHAPE_WRONG)
    return value


def string(value: object) -> str:
    if type(value) is not str:
        raise BallotFault(Fault.SHAPE_WRONG)
    return value


def integer(value: object) -> int:
    """A small number: `true` is none."""
    if type(value) is not int:
        raise BallotFault(Fault.SHAPE_WRONG)
    return value


def _refuse(literal: str) -> NoReturn:
    raise ValueError(literal)
