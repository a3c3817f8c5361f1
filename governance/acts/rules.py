"""What is done to rules, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
