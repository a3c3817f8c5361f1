"""What anybody runs to verify an election without trusting the house, with what identifies it (GOV-28)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

NAME = "verify_election.py"


@dataclass(frozen=True)
class Verifier:
    """The one file that needs Python and PyNaCl alone."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def verifier() -> Verifier:
    """Gives the program as it is committed (`manage.py write_verifier`)."""
    return Verifier(NAME, (Path(settings.BASE_DIR) / "docs" / "verify" / NAME).read_bytes())
