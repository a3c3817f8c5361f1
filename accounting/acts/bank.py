"""What the acts over statements of the bank and their matching are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
