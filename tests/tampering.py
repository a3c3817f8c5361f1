"""What a dishonest administrator of the server could do, for the controls to find."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def triggers_off() -> Iterator[Any]:
    """A cursor for which no trigger fires."""
    with connection.cursor() as cursor:
        # What was written before is committed as far as its triggers are concerned.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")
