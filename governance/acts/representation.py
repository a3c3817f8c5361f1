"""What is done to representation, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
