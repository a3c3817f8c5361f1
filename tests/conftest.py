"""What every test may ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.errors import DeadlockDetected

from cae.core.catalogues import compile_catalogues


def pytest_sessionstart(session: pytest.Session) -> None:
    """English is read from compiled catalogues, which a fresh checkout lacks; once, before the workers."""
    if not hasattr(session.config, "workerinput"):
        compile_catalogues()


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium_options: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a browser that Playwright would download."""
    return chromium_options


@pytest.fixture
def demonstration(settings: Any) -> None:
    """The house is the demonstration, which asks for no second factor: that one has its own tests."""
    settings.DEMONSTRATION = True


# What migrations wrote: the columns and the rows of each table that holds any, as COPY tells them.
_written: dict[str, tuple[str, bytes]] = {}


# How often the tables are emptied before a deadlock is an error.
TRIES = 3

# A server's thread that waits for the browser to say more would keep the database from being dropped.
HANG_UP = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Remembers what the test database holds at first; at the end, leaves nobody on the line."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        names = connection.introspection.django_table_names(only_existing=True, include_views=False)
        _written.update({name: _rows(cursor, name) for name in _filled(cursor, names)})
    # Django would read its own copy back before each test, row by row; to know of none it would send signals.
    for made in connections.all():
        made.__dict__.pop("_test_serialized_contents", None)
    BaseDatabaseWrapper._test_serialized_contents = "[]"  # type: ignore[attr-defined]
    yield
    with django_db_blocker.unblock():
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(HANG_UP)
        connection.close()


def _filled(cursor: Any, names: list[str]) -> list[str]:
    """Those of the tables that hold rows, in one question."""
    cursor.execute(" UNION ALL ".join(f"""(SELECT '{name}' FROM "{name}" LIMIT 1)""" for name in names))  # noqa: S608
    return [name for (name,) in cursor.fetchall()]


def _rows(cursor: Any, name: str) -> tuple[str, bytes]:
    cursor.execute(
        """SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'""",
        [name],
    )
    (columns,) = cursor.fetchone()
    with cursor.copy(f'COPY "{name}" ({columns}) TO STDOUT') as rows:
        return columns, b"".join(bytes(row) for row in rows)


def _flush_and_restore(operations: DatabaseOperations, sql_list: list[str]) -> None:
    """After a test with real transactions: empties the tables that hold rows, even those that refuse it, puts
    back what migrations wrote. To truncate all of them takes ten times as long."""
    names = re.findall(r'"(\w+)"', " ".join(sql_list))
    for attempt in range(1, TRIES + 1):
        try:
            _empty_and_fill(operations.connection, names)
            break
        except OperationalError as error:
            # A request that a browser left behind holds what we wait for, and waits for what we hold.
            if attempt == TRIES or not isinstance(error.__cause__, DeadlockDetected):
                raise


def _empty_and_fill(emptied: BaseDatabaseWrapper, names: list[str]) -> None:
    with transaction.atomic(using=emptied.alias), emptied.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        # As TRUNCATE does, waits for whoever still writes.
        cursor.execute("LOCK TABLE " + ", ".join(f'"{name}"' for name in names))
        for name in _filled(cursor, names):
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
        for name, (columns, rows) in _written.items():
            with cursor.copy(f'COPY "{name}" ({columns}) FROM STDIN') as copy:
                copy.write(rows)


DatabaseOperations.execute_sql_flush = _flush_and_restore
