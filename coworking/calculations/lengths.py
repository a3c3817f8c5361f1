"""How long people have worked in a place: whole months, bands, the one in the middle (COW-25)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

# Of a band, the whole months from which one is in it; the shortest first.
BANDS: tuple[int, ...] = (0, 3, 12, 36)


def whole_months(since: date, on: date) -> int:
    """Months done from one day to another; none before it."""
    months = (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
    return max(0, months)


def band_of(months: int) -> int:
    """The band of a length: the whole months from which it begins."""
    return max(least for least in BANDS if months >= least)


def middle(lengths: Sequence[int]) -> int | None:
    """As many are shorter as are longer; of two in the middle, halfway, months begun left out. None of
    nobody."""
    rows = sorted(lengths)
    if not rows:
        return None
    half = len(rows) // 2
    return rows[half] if len(rows) % 2 else (rows[half - 1] + rows[half]) // 2
