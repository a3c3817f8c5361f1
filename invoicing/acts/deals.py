"""What the acts of deals are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
