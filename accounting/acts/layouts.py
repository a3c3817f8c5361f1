"""What the acts over statements by layout are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
