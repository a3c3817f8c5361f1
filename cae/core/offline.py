"""Pages that still open without network: a room names the one, and what stands in its place then.

What stands in its place holds nobody's data: the service worker keeps it on the device."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class OfflinePage:
    """Names of addresses, and the static files that the page in its place needs."""

    url_name: str
    instead: str
    files: tuple[str, ...] = ()


OFFLINE_PAGES: list[OfflinePage] = []


def register_offline_page(url_name: str, *, instead: str, files: tuple[str, ...] = ()) -> None:
    """Declares, in a room's `apps.py`, what the service worker shows when this page cannot be reached."""
    if any(page.url_name == url_name for page in OFFLINE_PAGES):
        raise ValueError(f"page {url_name!r} is registered twice")
    OFFLINE_PAGES.append(OfflinePage(url_name, instead, files))
