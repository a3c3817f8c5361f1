"""What is done to bodies, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
