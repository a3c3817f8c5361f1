"""The order of candidates, drawn from a published seed: whoever has the seed finds the same order again
(GOV-15, governance.md §10)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(seed: str, names: Iterable[str]) -> list[str]:
    """Gives the names in the order of the SHA-256 of « seed:name », written in hexadecimal; names are
    distinct, so is their order."""
    return sorted(names, key=lambda name: (hashlib.sha256(f"{seed}:{name}".encode()).hexdigest(), name))
