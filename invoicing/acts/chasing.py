"""What the acts of reminders and statements are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
