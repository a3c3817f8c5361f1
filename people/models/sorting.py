"""French alphabetical order without ICU: a generated column in plain letters (Çelik, Claude, Émile, eric)."""

from __future__ import annotations

from cae.core.plain import PlainText

__all__ = ["PlainText"]
