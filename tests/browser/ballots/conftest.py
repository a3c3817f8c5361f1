"""Chromium on the scripts of the vote: a page for each test, failed by any fault that it meets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.ballots.origin import Origin, serving

Run = Callable[..., Any]


@pytest.fixture(scope="session")
def shared_origin() -> Iterator[Origin]:
    with serving() as origin:
        yield origin


@pytest.fixture
def origin(shared_origin: Origin) -> Origin:
    shared_origin.clear()
    return shared_origin


@pytest.fixture
def tab(browser: Browser, origin: Origin) -> Iterator[Page]:
    """A page that runs our scripts under our policy, and meets no fault while it does."""
    context = browser.new_context(base_url=origin.url, locale="fr-FR", reduced_motion="reduce")
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def run(tab: Page) -> Run:
    """`run(modules, script, argument)`: the modules of static/js/ballots, under their names, in a script."""
    tab.goto("/")

    def run_it(modules: str, script: str, argument: Any = None) -> Any:
        names = modules.split()
        loads = "".join(f'const {name} = await import("/static/js/ballots/{name}.js");' for name in names)
        caught = "if (!error.code) throw error; return { fault: error.code, place: error.place };"
        return tab.evaluate(
            f"async (given) => {{ {loads} try {{ {script} }} catch (error) {{ {caught} }} }}", argument
        )

    return run_it
