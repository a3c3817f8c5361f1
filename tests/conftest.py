"""What every test may ask for."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections, transaction
from django.db.backends.postgresql.operations import DatabaseOperations


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Remembers what every test database holds at first."""
    for connection in connections.all():
        if kept := getattr(connection, "_test_serialized_contents", None):
            _written[connection.alias] = kept


def _flush_and_restore(operations: DatabaseOperations, sql_list: list[str]) -> None:
    """After a test with real transactions: empties tables that refuse it, puts back what migrations wrote."""
    connection = operations.connection
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sql in sql_list:
            cursor.execute(sql)
    if kept := _written.get(connection.alias):
        connection.creation.deserialize_db_from_string(kept)


DatabaseOperations.execute_sql_flush = _flush_and_restore
