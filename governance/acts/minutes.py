"""What is done to minutes, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
