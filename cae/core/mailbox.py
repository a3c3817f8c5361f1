"""A letter box read over IMAP: its unread letters one by one, marked read once they were dealt with."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

PORT, TIMEOUT = 993, 30
# More would wait for the next call.
MOST = 200


def unread_letters(url: str, *search: str) -> Iterator[bytes]:
    """Gives the unread letters that answer to `search`; each is marked read when the next one is asked for,
    so that one in the middle of which we die comes again. The other letters are neither read nor marked."""
    part = urlsplit(url)
    with imaplib.IMAP4_SSL(part.hostname or "", part.port or PORT, timeout=TIMEOUT) as box:
        box.login(unquote(part.username or ""), unquote(part.password or ""))
        box.select(unquote(part.path.strip("/")) or "INBOX")
        _answer, found = box.uid("SEARCH", "UNSEEN", *search)
        for uid in found[0].split()[:MOST]:
            _answer, letter = box.uid("FETCH", uid, "(BODY.PEEK[])")
            yield letter[0][1]
            box.uid("STORE", uid, "+FLAGS", "(\\Seen)")
