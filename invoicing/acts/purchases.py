"""What the acts of suppliers and purchases are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
