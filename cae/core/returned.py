"""Reads the mails that came back, in the letter box that servers return them to (CAE-07, RFC 3464)."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core.mailbox import unread_letters
from cae.core.sending import bounced_for, mark_bounced

# What the code of a refusal means (RFC 3463), the narrowest first.
_MEANINGS = (
    (("5.1.1", "5.1.0", "5.1.6", "5.1.10"), gettext_lazy("cette adresse n’existe pas")),
    (("5.1.2", "5.4.1", "5.4.4"), gettext_lazy("le domaine de cette adresse n’existe pas ou ne répond pas")),
    (("5.2.1",), gettext_lazy("cette boîte est fermée")),
    (("5.2.2", "4.2.2"), gettext_lazy("cette boîte est pleine")),
    (("5.2.3", "5.3.4"), gettext_lazy("l’e-mail est trop lourd pour cette boîte")),
    (("5.7.",), gettext_lazy("le serveur du destinataire refuse nos e-mails")),
    (("4.4.", "5.4."), gettext_lazy("le serveur du destinataire ne répond pas")),
)


@dataclass(frozen=True)
class Returned:
    """What a report says: which mail did not arrive, to whom, and why; a report that encloses nothing names
    the reader only."""

    message_id: str
    reason: str
    recipient: str = ""


def read_report(raw: bytes) -> Returned | None:
    """Gives what a report of non-delivery says; nothing for any other letter, or for a mere delay."""
    letter = message_from_bytes(raw, policy=policy.default)
    if letter.get_content_type() != "multipart/report":
        return None
    found = next(filter(None, (_name_of(part) for part in letter.walk())), "")
    failed = [block for part in letter.walk() for block in _recipients(part) if _is_failed(block)]
    if not failed:
        return None
    recipient = _recipient(failed[0])
    return Returned(found, _reason(failed[0]), recipient) if found or recipient else None


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


def _recipient(block: Message) -> str:
    named = str(block.get("Original-Recipient", "")) or str(block.get("Final-Recipient", ""))
    return named.partition(";")[2].strip().strip("<>")


def _reason(block: Message) -> str:
    """Why, in people's words when the code is known, then in those of the server."""
    status = str(block.get("Status", "")).split()[:1]
    said = " ".join((str(block.get("Diagnostic-Code", "")).partition(";")[2] or " ".join(status)).split())
    meaning = next((word for codes, word in _MEANINGS if status and status[0].startswith(codes)), None)
    return said if meaning is None else _("%(meaning)s (%(said)s)") % {"meaning": meaning, "said": said}


def read_returned() -> int:
    """Does: notes the mails that came back since the last call, and marks their reports read. Refuses:
    nothing; without a letter box it does nothing. Leaves behind: the states; gives their count."""
    if not settings.RETURNS_URL:
        return 0
    reports = unread_letters(settings.RETURNS_URL, "HEADER", "Content-Type", "delivery-status")
    return sum(note_report(raw) for raw in reports)


def note_report(raw: bytes) -> bool:
    """Does: notes the mail that a report speaks of, by its name, else by its reader. Refuses: nothing. Leaves
    behind: its state; gives whether a mail was found."""
    report = read_report(raw)
    if report is None:
        return False
    name = report.message_id or bounced_for(report.recipient, at=timezone.now())
    return bool(name) and mark_bounced(name, reason=report.reason, at=timezone.now())
