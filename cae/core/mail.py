"""Mails: written as rows with their cause, in the transaction that wants them (CAE-07)."""

import re
from collections.abc import Iterable, Mapping
from email.utils import make_msgid, parseaddr
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.mail_texts import words_of
from cae.core.models import EmailState, OutgoingEmail
from cae.core.rhythms import quiet_on
from cae.core.secrets import decrypt, encrypt

ERASED = "[lien ou code personnel effacé après l’envoi]"
# Before a secret that is under lock, so that a copy of the table opens nothing even before the mail leaves;
# in the mail, each of its lines leaves a mark.
_LOCKED, _PURPOSE, _MARKS = "locked:", "secret of a mail", re.compile(r"⟦secret \d+⟧")


def queue_email(
    *,
    to: str,
    subject: str = "",
    template: str = "emails/message",
    context: dict[str, Any],
    cause: str,
    words: Mapping[str, str] | None = None,
    about: models.Model | None = None,
    actor: Any = None,
    secret: str = "",
    is_locked: bool = False,
    attachments: Iterable[int] = (),
    reply_to: str = "",
    sender_name: str = "",
    quiet: bool = False,
) -> OutgoingEmail:
    """Does: writes the mail from `template`.txt and `template`.html and asks for its sending. `words` fill in
    the text that the cooperative gave to this cause (mail_texts); `secret` is what must not stay readable in
    it, an address or a code, one a line; `is_locked` keeps it under lock until the mail leaves; `attachments`
    the keys of stored documents; `quiet` keeps the quiet hours, for what no person asked just now.
    Refuses: nothing. Leaves behind: its row; in demonstration it is kept and never sent."""
    now = timezone.now()
    if words is not None:
        context = words_of(cause, words, on=timezone.localdate(now)) | context
        subject = context["subject"]
    context = {"site_url": settings.SITE_URL, "sender": sender(), "subject": subject} | context
    leaves = quiet_on(timezone.localdate(now)).free_from(now) if quiet else now
    text, html = (str(render_to_string(f"{template}.{kind}", context)) for kind in ("txt", "html"))
    if is_locked:
        for mark, line in _marked(secret):
            text, html = (part.replace(escape(line), mark).replace(line, mark) for part in (text, html))
        secret = _LOCKED + encrypt(secret, purpose=_PURPOSE)
    email = OutgoingEmail.objects.create(
        to=to,
        reply_to=reply_to,
        sender_name=" ".join(sender_name.split())[:120],
        subject=" ".join(subject.split())[:200],
        text=text,
        html=html,
        secret=secret,
        cause=cause,
        message_id=new_message_id(),
        next_attempt_at=leaves,
        state=EmailState.KEPT if settings.DEMONSTRATION else EmailState.QUEUED,
        created_by=actor,
        **(audit.about(about) if about else {}),
    )
    if keys := list(attachments):
        email.attachments.set(keys)
    if email.state == EmailState.QUEUED and leaves <= now:
        run_later("core.send_email", email_id=email.pk)
    return email


def new_message_id() -> str:
    """Gives a name that mail servers know no other mail by."""
    return make_msgid(domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])


def sender() -> str:
    """One sender for every mail: the cooperative, once it has a name."""
    try:
        return cooperative_on(timezone.localdate()).legal_name
    except Refused:
        return "Alvéole"


def mails_about(obj: models.Model) -> models.QuerySet[OutgoingEmail]:
    """Gives the mails that a record caused, the latest first, without their HTML."""
    return OutgoingEmail.objects.filter(**audit.about(obj)).defer("html").order_by("-created_at", "-pk")


def shown(email: OutgoingEmail, part: str) -> str:
    """Gives the text or the HTML of a mail as its readers in the house may see it: an address or a code that
    lets in is nobody’s to read but its owner’s."""
    content: str = getattr(email, part)
    if email.secret.startswith(_LOCKED):
        return _MARKS.sub(ERASED, content)
    for secret in email.secret.splitlines():
        content = content.replace(escape(secret), ERASED).replace(secret, ERASED)
    return content


def opened(email: OutgoingEmail, part: str) -> str:
    """Gives the text or the HTML of a mail as it leaves, what was under lock in its place. Raises Refused
    when the key of that lock is lost."""
    content: str = getattr(email, part)
    if not email.secret.startswith(_LOCKED):
        return content
    try:
        secret = decrypt(email.secret.removeprefix(_LOCKED), purpose=_PURPOSE)
    except InvalidToken:
        raise Refused(
            Code.LINK_UNKNOWN, _("La clé qui ouvrait ce que porte cet e-mail n’est plus celle de la maison.")
        ) from None
    for mark, line in _marked(secret):
        content = content.replace(mark, escape(line) if part == "html" else line)
    return content


def forget_secret(email: OutgoingEmail) -> None:
    """The kept mail proves what was sent, and opens nothing to who reads the table."""
    email.text, email.html, email.secret = shown(email, "text"), shown(email, "html"), ""


def _marked(secret: str) -> list[tuple[str, str]]:
    """Each line of a secret after the mark that it leaves in the mail."""
    return [(f"⟦secret {number}⟧", line) for number, line in enumerate(secret.splitlines(), 1)]
