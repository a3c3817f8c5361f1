"""What is done to votes, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
