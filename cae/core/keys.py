"""Keys and ranks as a browser sends them: anything may come, and nothing longer than a key reaches the
database."""

from __future__ import annotations

# More digits than any key of the database bears; thousands of them, Python itself refuses to read.
_MOST_DIGITS = 18


def key_in(text: str) -> int | None:
    """Gives the whole number that a text writes in plain digits, or nothing."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
