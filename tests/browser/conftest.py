"""A house that a real browser visits: its server, its data, a page that notes every fault it meets."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.house import House, build_house
from tests.browser.visitor import PATIENCE, Visitor
from tests.tables import Rows, kept_rows, lay

expect.set_options(timeout=PATIENCE * 1000)


class Built:
    """The house of the walk, made once through the services, then laid again row by row for each file."""

    def __init__(self) -> None:
        self._kept: tuple[House, Rows] | None = None

    def anew(self) -> House:
        """As it was made, whatever another file did in it: rows in the database, objects of its own."""
        if self._kept is None:
            self._kept = (build_house(), kept_rows())
        else:
            lay(self._kept[1], names=list(self._kept[1]), using=connection)
        return copy.deepcopy(self._kept[0])


HANG_UP = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@pytest.fixture(scope="session")
def server(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of a server on the data of the tests, for as long as the tests run."""
    running = LiveServer("localhost")
    yield running.url
    running.stop()
    # A thread that waits for the browser to say more would keep the database from being dropped; so would
    # this connection, which is not the one of the tests without browser: Playwright's loop has its own.
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(HANG_UP)
        connection.close()


@pytest.fixture(scope="session")
def built() -> Built:
    """The house and its rows, made by the first file that asks for them: they take twenty seconds."""
    return Built()


@pytest.fixture(scope="module")
def house(built: Built, django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """The small cooperative, really written since a server reads it; emptied after the tests of one file."""
    with (
        django_db_blocker.unblock(),
        override_settings(DEMONSTRATION=True, ALLOWED_HOSTS=["*"]),
    ):
        cache.clear()
        try:
            yield built.anew()
        finally:
            call_command(
                "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
            )
            cache.clear()


@pytest.fixture
def _django_db_helper(house: House) -> None:
    """Instead of pytest-django's, which empties the database after each test: here it lasts a whole file."""


@pytest.fixture(scope="module")
def visitor(browser: Browser, server: str, house: House) -> Iterator[Visitor]:
    """One page for all the tests of a file: each signs in as it needs."""
    with _context(browser, server) as context:
        yield Visitor(context, server, house)


@pytest.fixture
def new_visitor(browser: Browser, server: str, house: House) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser of one's own, with options of Playwright (JavaScript off, a phone)."""
    opened: list[BrowserContext] = []

    def open_one(**options: Any) -> Visitor:
        opened.append(_context(browser, server, **options))
        return Visitor(opened[-1], server, house)

    yield open_one
    for context in opened:
        context.close()


def _context(browser: Browser, server: str, **options: Any) -> BrowserContext:
    kept = {"locale": "fr-FR", "timezone_id": settings.TIME_ZONE, "reduced_motion": "reduce"}
    return browser.new_context(base_url=server, **kept | options)
