"""What is done to assemblies, as the journal says it."""

from typing import Any

ACTS: dict[str, Any] = {}
