"""What the acts of parts of a quote are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
