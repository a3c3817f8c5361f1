"""What the acts over grants and earmarked funds are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
