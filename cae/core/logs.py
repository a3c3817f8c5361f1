"""What the log never says: the secret of an address that lets its reader in (PEO-27)."""

from __future__ import annotations

import logging
import re
from typing import Any

# /d/<token>/, /invitation/<token>/, the key of a forgotten password.
_SECRETS = re.compile(r"(/(?:d|invitation|password/reset/key)/)[^/\s\"'?]{8,}")


def without_secrets(text: str) -> str:
    """Gives the text with each secret replaced by three dots."""
    return _SECRETS.sub(r"\1…", text)


class HideSecrets(logging.Filter):
    """Takes the secrets out of a line before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _plain(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_plain(part) for part in record.args)
        return True


def _plain(part: Any) -> Any:
    return without_secrets(part) if isinstance(part, str) else part
