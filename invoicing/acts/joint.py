"""What the acts of joint and internal sales are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
