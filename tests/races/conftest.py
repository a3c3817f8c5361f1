"""Real threads on PostgreSQL, each with a connection of its own, all starting at the same instant."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from cae.core.errors import Refused

Race = Callable[[Sequence[Callable[[], Any]]], list[Any]]


@pytest.fixture
def race() -> Race:
    """Runs the acts together; gives for each its result, or the refusal it met."""

    def run(acts: Sequence[Callable[[], Any]]) -> list[Any]:
        barrier = threading.Barrier(len(acts))

        def one(act: Callable[[], Any]) -> Any:
            try:
                barrier.wait(30)
                return act()
            except Refused as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(len(acts)) as pool:
            return [future.result(60) for future in [pool.submit(one, act) for act in acts]]

    return run
