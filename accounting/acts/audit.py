"""What the acts over the auditor are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
