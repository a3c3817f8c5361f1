"""What the acts of the exchange with an approved platform are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
