"""What is done to register, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
