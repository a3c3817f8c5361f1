"""What the acts over pay are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
