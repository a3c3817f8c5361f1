"""What the acts over the VAT statement and the tax calendar are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
