"""Tells counted facts line by line, whatever their shape, so that no figure of a result is left out of the
minutes (GOV-34)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

# Gives the words of a key by the path that leads to it, or of a value by the path and the value itself.
Words = Callable[[tuple[str, ...]], str]
Said = Callable[[tuple[str, ...], Any], str]

JOINT = " · "


def told(
    facts: Mapping[str, Any], *, words: Words, said: Said, apart: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Gives the facts in their order: {label, value}, or {label, head, rows} where they make a table. What is
    empty is not said; keys `apart` are told elsewhere."""
    return _mapping(facts, (), words, said, frozenset(apart))


def _mapping(
    facts: Mapping[str, Any], path: tuple[str, ...], words: Words, said: Said, apart: frozenset[str]
) -> list[dict[str, Any]]:
    lines = []
    for key, value in facts.items():
        if key not in apart:
            lines += _told((*path, str(key)), value, words, said, apart)
    return lines


def _told(
    path: tuple[str, ...], value: Any, words: Words, said: Said, apart: frozenset[str]
) -> list[dict[str, Any]]:
    if value is None or value in ("", {}, []):
        return []
    if isinstance(value, Mapping):
        rows = [((*path, str(key)), row) for key, row in value.items()]
        if len(rows) > 1 and _same_columns(value.values()):
            return [_grid(path, rows, words, said)]
        return _mapping(value, path, words, said, apart)
    if isinstance(value, (list, tuple)):
        return _list(path, value, words, said, apart)
    return [{"label": _label(path, words), "value": said(path, value)}]


def _list(
    path: tuple[str, ...], values: Sequence[Any], words: Words, said: Said, apart: frozenset[str]
) -> list[dict[str, Any]]:
    if not any(isinstance(value, (Mapping, list, tuple)) for value in values):
        return [{"label": _label(path, words), "value": ", ".join(said(path, value) for value in values)}]
    if _same_columns(values):
        return [_grid(path, [((*path, str(n)), row) for n, row in enumerate(values, 1)], words, said)]
    return _mapping({str(n): value for n, value in enumerate(values, 1)}, path, words, said, apart)


def _same_columns(rows: Collection[Any]) -> bool:
    """Rows that a table may show: each a flat mapping that is not empty."""
    return all(
        isinstance(row, Mapping)
        and bool(row)
        and not any(isinstance(value, (Mapping, list, tuple)) for value in row.values())
        for row in rows
    )


def _grid(
    path: tuple[str, ...],
    rows: Sequence[tuple[tuple[str, ...], Mapping[str, Any]]],
    words: Words,
    said: Said,
) -> dict[str, Any]:
    # Columns of the same things as the rows, a duel, stand in the order of the rows.
    order = {place[-1]: rank for rank, (place, _row) in enumerate(rows)}
    known = dict.fromkeys(str(key) for _place, row in rows for key in row)
    columns = sorted(known, key=lambda key: order.get(key, len(order)))
    return {
        "label": _label(path, words),
        "head": [words((*rows[0][0], column)) for column in columns],
        "rows": [
            [words(place), *(_cell((*place, column), row.get(column), said) for column in columns)]
            for place, row in rows
        ],
    }


def _cell(path: tuple[str, ...], value: Any, said: Said) -> str:
    return "—" if value is None or value == "" else said(path, value)


def _label(path: tuple[str, ...], words: Words) -> str:
    return JOINT.join(words(path[: depth + 1]) for depth in range(len(path)))
