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
    """`run(modules, script, argument)`: modules of static/js, under their names, in a script; those of the
    ballots are named without their folder."""
    tab.goto("/")

    def run_it(modules: str, script: str, argument: Any = None) -> Any:
        loads = ""
        for name in modules.split():
            path = name if "/" in name else f"ballots/{name}"
            loads += f'const {path.split("/")[-1].replace("-", "")} = await import("/static/js/{path}.js");'
        done = f"{loads} try {{ return await (async () => {{ {script} }})(); }}"
        refused = """catch (error) { if (!error.code) throw error; const { code, place, trustee } = error;
            return { fault: code, place, ...(trustee && { trustee }) }; }"""
        return tab.evaluate(f"async (given) => {{ {done} {refused} }}", argument)

    return run_it
