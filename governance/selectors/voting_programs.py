"""The programs of the voting page with their SHA-256, so that a member can compare what was served with what
is published (GOV-27)."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

# All that the voter’s page runs: it loads no other script (templates/governance/secret/cast.html).
_PATHS = (
    "js/voting.js",
    "js/csrf.js",
    "js/ballots/*.js",
    "js/keys/qr.js",
    "vendor/noble/*.js",
    "vendor/qr/*.js",
)


def programs() -> dict[str, str]:
    """Gives {path under /static/: SHA-256} of each program, in alphabetical order."""
    folder = Path(settings.BASE_DIR) / "static"
    found = sorted(path for pattern in _PATHS for path in folder.glob(pattern))
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found
    }
