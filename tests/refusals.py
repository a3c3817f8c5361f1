"""A refusal leaves everything as it was: said once for the tests of all rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from cae.core.errors import Code, Refused

# What these rooms and what they call may write.
_ROOMS = ("accounting", "core", "coworking", "governance", "invoicing", "people")


@contextmanager
def refused(code: Code, field: str | None = None, said: str = "") -> Iterator[None]:
    """The block is refused with this code, at this field or as a whole, in these words; nothing changed."""
    before = _contents()
    with pytest.raises(Refused) as caught:
        yield
    found = caught.value
    assert (found.code, found.field) == (code, field), str(found)
    assert said in str(found)
    changed = _changed_since(before)
    assert not changed, changed


def refusal_of(act: Callable[[], Any]) -> Refused:
    """What an act is refused with; nothing changed."""
    before = _contents()
    with pytest.raises(Refused) as caught:
        act()
    changed = _changed_since(before)
    assert not changed, changed
    return caught.value


def _contents() -> dict[str, str]:
    """The fingerprint of each table that holds rows: of all of them, lest a test forget where to look."""
    with connection.cursor() as cursor:
        # Helpers of the server would start ten times more slowly than they read.
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute(_question())
        return dict(cursor.fetchall())


@cache
def _question() -> str:
    rooms = [apps.get_app_config(name) for name in _ROOMS]
    models = [model for room in rooms for model in room.get_models(include_auto_created=True)]
    ask = """SELECT '{0}', md5(string_agg(row::text, ',' ORDER BY row::text)) FROM "{0}" row
        HAVING count(*) > 0"""
    return " UNION ALL ".join(ask.format(model._meta.db_table) for model in models if model._meta.managed)


def _changed_since(before: dict[str, str]) -> list[str]:
    after = _contents()
    return sorted(name for name in before | after if before.get(name) != after.get(name))
