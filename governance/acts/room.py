"""What is done to room, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
