"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

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


# What migrations wrote, by database. Kept here too: once a browser is open its event loop runs in the thread
# of the tests, and Django gives that thread a connection that never saw the database being made.
_written: dict[str, str] = {}


# A server's thread that waits for the browser to say more would keep the database from being dropped.
HANG_UP = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Remembers what every test database holds at first; at the end, leaves nobody on the line."""
    for made in connections.all():
        if kept := getattr(made, "_test_serialized_contents", None):
            _written[made.alias] = kept
    yield
    with django_db_blocker.unblock():
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute(HANG_UP)
        connection.close()


def _flush_and_restore(operations: DatabaseOperations, sql_list: list[str]) -> None:
    """After a test with real transactions: empties tables that refuse it, puts back what migrations wrote."""
    emptied = operations.connection
    with transaction.atomic(using=emptied.alias), emptied.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sql in sql_list:
            cursor.execute(sql)
    if kept := _written.get(emptied.alias):
        emptied.creation.deserialize_db_from_string(kept)


DatabaseOperations.execute_sql_flush = _flush_and_restore
