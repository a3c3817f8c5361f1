"""What the acts over levies of the cooperative’s own, trial of a scheme are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
