"""Which functions of the house a view, or a job, may come to: read from the code itself, not from a list."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ROOMS = ("cae.", "people.", "entrepreneurs.", "accounting.", "invoicing.", "governance.", "coworking.")


def is_ours(thing: Any) -> bool:
    return str(getattr(thing, "__module__", "")).startswith(ROOMS)


def reached_from(start: Any) -> set[Callable[..., Any]]:
    """Every function of the house that this one names, and those that they name in turn."""
    seen: set[int] = set()
    found: set[Callable[..., Any]] = set()
    waiting = [start]
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, FunctionType) and is_ours(thing):
            found.add(thing)
        waiting += _named_by(thing)
    return found


def _named_by(thing: Any) -> list[Any]:
    """What a thing names: the entries of a table, the members of a class, the names that a function uses."""
    if isinstance(thing, dict):
        return list(thing.values())
    if isinstance(thing, tuple | list | set | frozenset):
        return list(thing)
    if isinstance(thing, functools.partial):
        return [thing.func, *thing.args]
    if isinstance(thing, staticmethod | classmethod):
        return [thing.__func__]
    if isinstance(thing, type) and is_ours(thing):
        return list(vars(thing).values())
    return _used_by(thing) if isinstance(thing, FunctionType) and is_ours(thing) else []


def _used_by(function: FunctionType) -> list[Any]:
    used: list[Any] = [getattr(function, "__wrapped__", None)]
    used += [cell.cell_contents for cell in function.__closure__ or ()]
    names = {name for code in _codes(function.__code__) for name in code.co_names}
    for name in names & function.__globals__.keys():
        value = function.__globals__[name]
        if isinstance(value, ModuleType):
            # « verbs.approve(…) »: the attribute stands among the names too.
            inside = names if value.__name__.startswith(ROOMS) else set()
            used += [getattr(value, attribute) for attribute in inside if hasattr(value, attribute)]
        else:
            used.append(value)
    return used


def _codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function, and of the lambdas and functions written inside."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def views_by_name() -> dict[str, Any]:
    """The view of each address of the house, by the name of the address."""
    return dict(_named(get_resolver(), ""))


def _named(resolver: URLResolver, space: str) -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name and is_ours(pattern.callback):
            yield space + pattern.name, pattern.callback
