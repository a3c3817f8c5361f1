"""How long things take: several ways of doing, turn by turn, so that a busy machine slows them alike."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

WARM_UP = 3
FEWEST = 10


def medians(ways: dict[str, Callable[[], object]], *, seconds: float) -> dict[str, float]:
    """Gives the median of each way, in milliseconds; `seconds` are shared between all of them."""
    for way in ways.values():
        for _turn in range(WARM_UP):
            way()
    spent: dict[str, list[float]] = {name: [] for name in ways}
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline or len(next(iter(spent.values()))) < FEWEST:
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            spent[name].append((time.perf_counter() - start) * 1000)
    return {name: median(times) for name, times in spent.items()}
