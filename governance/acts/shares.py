"""What is done to shares, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
