"""Cells that say two things: what would be a column mostly empty is told under its neighbour."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html


def under(value: Any, detail: Any) -> Any:
    """The cell with its detail below, softer; alone when there is none."""
    return format_html('{}<p class="row-detail">{}</p>', value, detail) if detail else value
