"""What the acts over simulation of pay and price are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
