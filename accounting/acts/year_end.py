"""What the acts over closing of a year and allocation of the result are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
