"""The programs of the voting page with their SHA-256, so that a member can compare what was served with what
is published (GOV-27)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

# What a voter’s browser runs to make a ballot.
_PATHS = ("js/voting.js", "js/ballots/*.js", "vendor/noble/*.js")


def programs() -> dict[str, str]:
    """Gives {path under /static/: SHA-256} of each program, in alphabetical order."""
    folder = Path(settings.BASE_DIR) / "static"
    found = sorted(path for pattern in _PATHS for path in folder.glob(pattern))
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }
