"""What every test may ask for."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck, settings
from psycopg.errors import DeadlockDetected

from cae.core.catalogues import compile_catalogues
from tests.tables import Rows, kept_rows, lay

# No property watches the clock: a busy machine is not a fault.
PATIENT: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("house", **PATIENT)
settings.register_profile("ci", settings.get_profile("ci"), **PATIENT)
settings.load_profile("house")


def pytest_sessionstart(session: pytest.Session) -> None:
    """English is read from compiled catalogues, which a fresh checkout lacks; once, before the workers."""
    if not hasattr(session.config, "workerinput"):
        compile_catalogues()


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays to the end: Python stops looking for cycles among it, and looks less often
    elsewhere. An eighth of the processor of a test went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium_options: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium instead of a browser that Playwright would download."""
    return chromium_options


@pytest.fixture
def demonstration(settings: Any) -> None:
    """The house is the demonstration, which asks for no second factor: that one has its own tests."""
    settings.DEMONSTRATION = True


# What migrations wrote.
_written: Rows = {}


# How often the tables are emptied before a deadlock is an error.
TRIES = 3

# A server's thread that waits for the browser to say more would keep the database from being dropped.
HANG_UP = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Remembers what the test database holds at first; at the end, leaves nobody on the line."""
    with django_db_blocker.unblock():
        _written.update(kept_rows())
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


def _flush_and_restore(operations: DatabaseOperations, sql_list: list[str]) -> None:
    """After a test with real transactions: back to what migrations wrote."""
    names = re.findall(r'"(\w+)"', " ".join(sql_list))
    for attempt in range(1, TRIES + 1):
        try:
            lay(_written, names=names, using=operations.connection)
            break
        except OperationalError as error:
            # A request that a browser left behind holds what we wait for, and waits for what we hold.
            if attempt == TRIES or not isinstance(error.__cause__, DeadlockDetected):
                raise


DatabaseOperations.execute_sql_flush = _flush_and_restore
