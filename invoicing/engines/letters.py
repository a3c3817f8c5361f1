"""A message as a server of mails hands it over: who sent it to whom, and the pieces it carries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr

# Under this, a picture shown inside the text is the logo of a signature; a photo of a receipt is heavier.
_LEAST_INLINE = 20 * 1024
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
# What is text for its reader, or seals the rest.
_NO_PIECE = frozenset({"text/plain", "text/html", "text/calendar", "message/delivery-status"})
_SEALS = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_ADDRESS = re.compile(r"^[^@\s]+\+(?P<token>[0-9a-z]+)@", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    message_id: str
    sender: str
    subject: str
    recipients: tuple[str, ...]
    # Nobody wrote it: an answer to it would be answered in turn.
    is_automatic: bool
    pieces: tuple[Piece, ...]

    @property
    def tokens(self) -> tuple[str, ...]:
        """What stands between the « + » and the « @ » of each address, the surest first."""
        found = (_ADDRESS.match(address) for address in self.recipients)
        return tuple(match.group("token").lower() for match in found if match)


def read_letter(raw: bytes, *, recipient: str = "") -> Letter:
    """Gives what a message says; `recipient` is the address that the server delivered it to, when it tells.
    Raises ValueError when it is no message: neither sender nor recipient."""
    message = message_from_bytes(raw, policy=policy.default)
    recipients = tuple(dict.fromkeys(filter(None, (recipient.strip(), *_recipients(message)))))
    sender = parseaddr(_head(message, "From"))[1]
    if not sender and not recipients:
        raise ValueError("neither sender nor recipient")
    return Letter(
        message_id=_head(message, "Message-ID"),
        sender=sender,
        subject=_head(message, "Subject"),
        recipients=recipients,
        is_automatic=_is_automatic(message),
        pieces=tuple(_pieces(message)),
    )


def _head(message: EmailMessage, name: str) -> str:
    """One head, on one line; a head that can't be read says nothing."""
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _recipients(message: EmailMessage) -> Iterator[str]:
    for name in _RECIPIENTS:
        heads = [str(head) for head in message.get_all(name, [])]
        yield from (address for _name, address in getaddresses(heads) if address)


def _is_automatic(message: EmailMessage) -> bool:
    said = _head(message, "Auto-Submitted").lower()
    bulk = _head(message, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")
    no_return = message.get("Return-Path") is not None and _head(message, "Return-Path") in ("", "<>")
    return said not in ("", "no") or bulk or no_return or message.get_content_type() == "multipart/report"


def _pieces(message: EmailMessage) -> Iterator[Piece]:
    """The files of a message, those of a message forwarded inside it too."""
    for number, part in enumerate(message.walk(), 1):
        if part.is_multipart():
            continue
        kind, name = part.get_content_type(), part.get_filename() or ""
        if kind in _SEALS or (kind in _NO_PIECE and not name):
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if part.get_content_disposition() != "attachment" and _is_decoration(kind, content):
            continue
        yield Piece(" ".join(name.split()) or f"piece-{number}", content)


def _is_decoration(kind: str, content: bytes) -> bool:
    return kind.startswith("image/") and len(content) < _LEAST_INLINE
