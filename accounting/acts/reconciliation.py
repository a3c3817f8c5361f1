"""What the acts over deposit slips and bank reconciliation are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
