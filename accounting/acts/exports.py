"""What the acts over FEC, exports to accounting programs, imported ledgers are called in the journal."""

from typing import Any

ACTS: dict[str, Any] = {}
