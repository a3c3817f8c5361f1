"""What the acts of files and mails that come in are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
