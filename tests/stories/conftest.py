"""What the stories share: one walker, on a desk unless the story says otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from tests.stories.keeping import Keeper
from tests.stories.walking import Walker

# A busy machine takes its time: what never comes still fails.
expect.set_options(timeout=30_000)


@pytest.fixture(autouse=True)
def _nobody_signed_in_before() -> Iterator[None]:
    """Stories travel in time: signing in on a later day would count against the limit for ever."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def walker(page: Page) -> Walker:
    page.set_default_timeout(15_000)
    return Walker(page)


@pytest.fixture
def browser_context_args(live_server: Any) -> dict[str, Any]:
    return {
        "base_url": live_server.url,
        "locale": "fr-FR",
        "timezone_id": "Europe/Paris",
        "reduced_motion": "reduce",
        "viewport": {"width": 1280, "height": 860},
    }


@pytest.fixture
def keepers(
    browser: Browser, browser_context_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[], Keeper]]:
    opened: list[Keeper] = []

    def open_one() -> Keeper:
        folder = tmp_path / str(len(opened))
        folder.mkdir()
        opened.append(Keeper(browser, browser_context_args, folder))
        return opened[-1]

    yield open_one
    for keeper in opened:
        keeper.page.context.close()
