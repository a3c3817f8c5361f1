"""Gives the tests servers of their own, before the settings load, and says what a bare machine cannot run."""

from __future__ import annotations

import atexit
import os
import re
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from cae.embedded.browser import INSTALL, browser_ready, launch_options
from cae.embedded.checker import CheckerOnDemand, checker_exists
from cae.embedded.scheduling import BROWSER, ByFile, rank_of, share_of
from cae.embedded.servers import start_first_free
from cae.embedded.slots import Slot

NO_BROWSER = "no Chromium on this machine"

# Before anything of the house is imported, and so before options are read.
COVERED = "ALVEOLE_COVERED"
_counting: Any = None
if "PYTEST_XDIST_WORKER" not in os.environ and "--covered" in sys.argv:
    from cae.embedded import coverage

    os.environ[COVERED] = str(coverage.begin())
elif folder := os.environ.pop(COVERED, None):  # not for the programs that a test starts
    from cae.embedded import coverage

    _counting = coverage.Counting(folder)

# Playwright's synchronous API runs an event loop in the thread of the test, which Django would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> None:
    """Starts the servers once per session: a worker finds their addresses in the environment it inherits."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        os.environ.update(caches_of(worker, os.environ))
    if "DATABASE_URL" in os.environ or {"--collect-only", "--co", "--version", "--help"} & set(args):
        return
    servers = start_first_free("test", throwaway=True)
    atexit.register(servers.stop)
    os.environ.update(servers.environment)
    if "CHECKER_URL" not in os.environ and checker_exists():
        _offer_checker(servers.slot)


def caches_of(worker: str, environment: Mapping[str, str]) -> dict[str, str]:
    """A cache and a queue of its own, so that emptying one takes nothing away from another worker's test."""
    number = int(worker.removeprefix("gw"))
    return {
        name: re.sub(rf"\b{key}=\d+$", f"{key}={first + 2 * number}", environment[name])
        for name, key, first in (("REDIS_URL", "db", 2), ("CELERY_BROKER_URL", "virtual_host", 3))
        if name in environment
    }


def _offer_checker(slot: Slot) -> None:
    checker = CheckerOnDemand(slot.sockets / "checker.sock", slot.folder / "checker.log")
    atexit.register(checker.stop)
    os.environ["CHECKER_URL"] = checker.door.url


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also run the tests marked 'full'")
    parser.addoption(
        "--covered", action="store_true", help="count the lines and branches that the tests reach, by process"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    # The order of the tests, which `begin_with_the_longest` gave, is that of their shares.
    config.option.loadscopereorder = False
    return ByFile(config, log)


def begin_with_the_longest(items: list[pytest.Item]) -> None:
    """The order inside a share stays as it was drawn."""
    shares = {item: share_of(item.nodeid) for item in items}
    rank = rank_of(list(shares.values()))
    items.sort(key=lambda item: (rank(shares[item]), shares[item]))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the full product out by default, and browser tests where there is no browser."""
    if not config.getoption("--full"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("full")])
        items[:] = [item for item in items if not item.get_closest_marker("full")]
    without_browser = not browser_ready()
    for item in items:
        if not item.get_closest_marker("browser"):
            continue
        if BROWSER not in item.nodeid.partition("::")[0]:
            raise pytest.UsageError(f"{item.nodeid}: a file of browser tests has browser in its path")
        if without_browser:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))


@pytest.hookimpl(specname="pytest_collection_modifyitems", trylast=True)
def pytest_order_shares(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        begin_with_the_longest(items)


@pytest.fixture(scope="session")
def chromium_options() -> dict[str, Any]:
    """What `browser_type_launch_args` of pytest-playwright is to return."""
    return launch_options()


def _browser_tests_not_run(config: pytest.Config) -> int:
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return sum(NO_BROWSER in str(report.longrepr) for report in skipped)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if _counting:
        _counting.write()
    if session.exitstatus == pytest.ExitCode.OK and _browser_tests_not_run(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if missing := _browser_tests_not_run(config):
        terminalreporter.write_line(
            f"{missing} browser tests were not run, for want of Chromium. For them: {INSTALL}", red=True
        )
