"""Gives the tests servers of their own, before the settings load; the workers of pytest-xdist share them."""

from __future__ import annotations

import atexit
import os

import pytest

from cae.embedded.checker import CheckerOnDemand, checker_exists
from cae.embedded.servers import start_first_free
from cae.embedded.slots import Slot

# Playwright's synchronous API runs an event loop in the thread of the test, which Django would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> None:
    """Starts the servers once per session: a worker finds their addresses in the environment it inherits."""
    if "DATABASE_URL" in os.environ or "--collect-only" in args or "--co" in args:
        return
    servers = start_first_free("test", throwaway=True)
    atexit.register(servers.stop)
    os.environ.update(servers.environment)
    if "CHECKER_URL" not in os.environ and checker_exists():
        _offer_checker(servers.slot)


def _offer_checker(slot: Slot) -> None:
    checker = CheckerOnDemand(slot.sockets / "checker.sock", slot.folder / "checker.log")
    atexit.register(checker.stop)
    os.environ["CHECKER_URL"] = checker.door.url


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full", action="store_true", help="also run the tests marked 'full': every role on every page"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--full"):
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("full")]
