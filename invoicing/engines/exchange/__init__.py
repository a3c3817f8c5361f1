"""The plug of the approved platform: `platform_of` gives the one that the setting names."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from invoicing.engines.exchange.absent import Absent
from invoicing.engines.exchange.drop import FileDrop
from invoicing.engines.exchange.protocol import Arrived, ExchangeDown, Platform

__all__ = ["Arrived", "ExchangeDown", "Platform", "platform_of"]


def platform_of(url: str) -> Platform:
    """`file:///folder` is a file drop; nothing is no platform. Raises ValueError for any other address."""
    if not url:
        return Absent()
    part = urlsplit(url)
    if part.scheme == "file" and part.path.startswith("/") and not part.netloc:
        return FileDrop(Path(unquote(part.path)))
    raise ValueError(f"EXCHANGE_URL: no platform of scheme {part.scheme!r} is known")
