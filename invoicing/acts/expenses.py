"""What the acts of receipts and expense claims of the entrepreneur are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
