"""What the acts over cash to come, floors and alerts are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
