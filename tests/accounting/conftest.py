"""What the tests of the books share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection


@contextmanager
def triggers_off() -> Iterator[Any]:
    """A cursor for which no trigger fires: what a dishonest administrator of the server could do."""
    with connection.cursor() as cursor:
        # What was written before is committed as far as its triggers are concerned.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def tampering() -> Any:
    return triggers_off
