"""What the acts over years, months and entries by hand are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
