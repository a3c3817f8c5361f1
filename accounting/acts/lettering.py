"""What the acts over lettering and aged balances are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
