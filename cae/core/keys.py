"""Keys, ranks, texts and addresses as a browser sends them, where no form reads them: anything may come, and
only what the database can hold, or a redirection may follow, goes on."""

from __future__ import annotations

from django.utils.http import url_has_allowed_host_and_scheme

# More digits than any key of the database bears; thousands of them, Python itself refuses to read.
_MOST_DIGITS = 18


def key_in(text: str) -> int | None:
    """Gives the whole number that a text writes in plain digits, or nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None


def text_in(text: str) -> str:
    """Gives a text that no form has read, without what no keyboard types and no database keeps (NUL)."""
    return text.replace("\x00", "").strip()


def is_own_address(text: str) -> bool:
    """Tells whether a text is a path of this house: of no other host, and no bare word, which a redirection
    would take for the name of a page."""
    return text.startswith("/") and url_has_allowed_host_and_scheme(text, allowed_hosts=None)
