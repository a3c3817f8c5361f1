"""What the acts of the check of claims and mileage are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
