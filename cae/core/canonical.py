"""The one writing of frozen facts, so that the same content always gives the same hash; no Django import."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def sha256_of(facts: Mapping[str, Any] | Sequence[Any]) -> str:
    """The hash of the facts written with their keys in order and no space."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
