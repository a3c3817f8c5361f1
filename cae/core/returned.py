"""Reads the mails that came back, in the letter box that servers return them to (CAE-07, RFC 3464)."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import cast
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import timezone

from cae.core.sending import mark_bounced

PORT, TIMEOUT = 993, 30
# More would wait for the next call.
MOST = 200


@dataclass(frozen=True)
class Returned:
    """What a report says: which mail did not arrive, and the words of the server."""

    message_id: str
    reason: str


def read_report(raw: bytes) -> Returned | None:
    """Gives what a report of non-delivery says; nothing for any other letter, or for a mere delay."""
    letter = message_from_bytes(raw, policy=policy.default)
    if letter.get_content_type() != "multipart/report":
        return None
    found = next(filter(None, (_name_of(part) for part in letter.walk())), "")
    failed = [block for part in letter.walk() for block in _recipients(part) if _is_failed(block)]
    if not found or not failed:
        return None
    return Returned(found, _reason(failed[0]))


def _name_of(part: Message) -> str:
    """The name of the mail that the report encloses, whole or its head alone."""
    if part.get_content_type() == "message/rfc822":
        enclosed = cast(list[EmailMessage], part.get_payload())
        return str(enclosed[0].get("Message-ID", "")).strip() if enclosed else ""
    if part.get_content_type() == "text/rfc822-headers":
        head = cast(bytes, part.get_payload(decode=True))
        return str(message_from_bytes(head, policy=policy.default).get("Message-ID", "")).strip()
    return ""


def _recipients(part: Message) -> list[Message]:
    """The paragraphs of a report that speak of a reader; the first one speaks of the server."""
    if part.get_content_type() != "message/delivery-status":
        return []
    return cast(list[Message], part.get_payload())[1:]


def _is_failed(block: Message) -> bool:
    return str(block.get("Action", "")).strip().lower() == "failed"


def _reason(block: Message) -> str:
    said = str(block.get("Diagnostic-Code", "")).partition(";")[2] or str(block.get("Status", ""))
    return " ".join(said.split())


def read_returned() -> int:
    """Does: notes the mails that came back since the last call, and marks their reports read. Refuses:
    nothing; without a letter box it does nothing. Leaves behind: the states; gives their count."""
    if not settings.RETURNS_URL:
        return 0
    count = 0
    for raw in _reports():
        report = read_report(raw)
        if report and mark_bounced(report.message_id, reason=report.reason, at=timezone.now()):
            count += 1
    return count


def _reports() -> Iterator[bytes]:
    """The unread reports; the other letters of the box are neither read nor marked."""
    part = urlsplit(settings.RETURNS_URL)
    with imaplib.IMAP4_SSL(part.hostname or "", part.port or PORT, timeout=TIMEOUT) as box:
        box.login(unquote(part.username or ""), unquote(part.password or ""))
        box.select(unquote(part.path.strip("/")) or "INBOX")
        _answer, found = box.uid("SEARCH", "UNSEEN", "HEADER", "Content-Type", "delivery-status")
        for uid in found[0].split()[:MOST]:
            _answer, letter = box.uid("FETCH", uid, "(BODY.PEEK[])")
            yield letter[0][1]
            box.uid("STORE", uid, "+FLAGS", "(\\Seen)")
