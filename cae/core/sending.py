"""Sends the mails that wait: tried again after growing delays, given up aloud, returned ones noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.documents import read_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.mail import ERASED, forget_secret, new_message_id, opened, sender
from cae.core.models import EmailState, Notice, OutgoingEmail
from cae.core.notices import notify, watchers

# After each failure: a server that restarts, an evening, a night, a week-end.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 24 * 60))
MAX_ATTEMPTS = len(DELAYS) + 1
# Servers give up after five days at most (RFC 5321), and say so.
REPORTED_WITHIN = timedelta(days=7)
# What tells of a mail that failed must not tell of itself in turn.
GIVEN_UP, RETURNED = "core.mail_given_up", "core.mail_not_delivered"


def send_email(email_id: int) -> None:
    """Does: sends one waiting mail whose hour has come, under lock. Refuses: nothing; sent or kept, it is
    left alone. Leaves behind: its new state; refused for good, or after nine failures, it is given up: its
    author and those who watch over the house are told."""
    with transaction.atomic():
        email = OutgoingEmail.objects.select_for_update(skip_locked=True).filter(pk=email_id).first()
        now = timezone.now()
        if email is None or email.state != EmailState.QUEUED or email.next_attempt_at > now:
            return
        email.attempts += 1
        try:
            _message(email).send()
        except (OSError, Refused, ValueError) as error:
            _note_failure(email, error, now)
        else:
            email.state, email.sent_at, email.error = EmailState.SENT, timezone.now(), ""
            forget_secret(email)
        email.save()


def _message(email: OutgoingEmail) -> EmailMultiAlternatives:
    """One address for the whole cooperative; the name beside it may be that of an activity."""
    message = EmailMultiAlternatives(
        email.subject,
        opened(email, "text"),
        formataddr((email.sender_name or sender(), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        [email.to],
        reply_to=[email.reply_to] if email.reply_to else None,
        headers={"Message-ID": email.message_id},
    )
    message.attach_alternative(opened(email, "html"), "text/html")
    for document in email.attachments.order_by("pk"):
        message.attach(document.name, read_document(document), document.mime)
    return message


def _note_failure(email: OutgoingEmail, error: Exception, now: datetime) -> None:
    email.error = str(error)[:2000]
    if email.attempts >= MAX_ATTEMPTS or _is_final(error):
        email.state = EmailState.FAILED
        _tell(email)
    else:
        email.next_attempt_at = now + DELAYS[email.attempts - 1]


def _is_final(error: Exception) -> bool:
    """The server refused this reader or this content: the same mail would be refused again."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code >= 500
    return not isinstance(error, OSError)


def _tell(email: OutgoingEmail, *, noted_by: Any = None) -> None:
    """Tells the author, and those who watch over the house: one line for all that fail together; who noted
    it knows it."""
    if email.cause in (GIVEN_UP, RETURNED):
        return
    facts = {"to": email.to, "subject": email.subject, "reason": email.error}
    page = reverse("core:mail_detail", args=[email.pk])
    knows = {noted_by.pk} if noted_by is not None else set()
    if email.created_by is not None and email.created_by_id not in knows:
        notify(
            [email.created_by],
            RETURNED,
            subject=lambda: _("Votre e-mail à %(to)s n’est pas arrivé") % facts,
            text=lambda: _undelivered(email) % facts,
            url=page,
            about=email,
        )
    told = Notice.objects.filter(kind=GIVEN_UP, read_at=None).values_list("user_id", flat=True)
    knows |= {email.created_by_id, *told}
    notify(
        [user for user in watchers() if user.pk not in knows],
        GIVEN_UP,
        subject=lambda: _("Un e-mail n’est pas parti"),
        text=lambda: _("« %(subject)s » à %(to)s. D’autres suivent peut-être : voyez la liste.") % facts,
        url=reverse("core:mail_list") + "?state=failed",
        about=email,
    )


def _undelivered(email: OutgoingEmail) -> str:
    """What the author reads: the reason when a server gave one, which nobody would look up otherwise."""
    if email.state == EmailState.BOUNCED:
        return _("« %(subject)s » n’a pas été remis : %(reason)s. Vérifiez l’adresse, puis renvoyez-le.")
    return _("« %(subject)s » n’a pas été remis. Vérifiez l’adresse, puis renvoyez-le.")


def send_waiting() -> None:
    """Does: tries the waiting mails whose hour has come, each in its own transaction."""
    waiting = OutgoingEmail.objects.filter(state=EmailState.QUEUED, next_attempt_at__lte=timezone.now())
    for pk in list(waiting.order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:200]):
        send_email(pk)


def resend_email(email: OutgoingEmail, *, actor: object) -> OutgoingEmail:
    """Does: sends again a mail that was given up or came back. Refuses: any other one, and one whose personal
    link or code is no longer kept. Leaves behind: the mail waiting, its attempts forgotten, audit."""
    with transaction.atomic():
        row = OutgoingEmail.objects.select_for_update().get(pk=email.pk)
        if row.state not in (EmailState.FAILED, EmailState.BOUNCED):
            raise IllegalMove(
                _("« Renvoyer » n’est plus possible : l’état est déjà « %(state)s ».")
                % {"state": row.get_state_display()}
            )
        if ERASED in row.text:
            raise Refused(
                Code.ILLEGAL_MOVE,
                _(
                    "Cet e-mail portait un lien ou un code personnel qui n’est plus gardé : refaites-le"
                    " depuis sa page."
                ),
            )
        row.state, row.attempts, row.error = EmailState.QUEUED, 0, ""
        row.next_attempt_at, row.sent_at, row.bounced_at = timezone.now(), None, None
        row.message_id = new_message_id()  # an answer to the first one says nothing of this one
        row.save()
        audit.record(actor, "core.mail.resend", row)
        run_later("core.send_email", email_id=row.pk)
        return row


def mark_bounced(message_id: str, *, reason: str, at: datetime) -> bool:
    """Does: notes that a mail came back, by the name that mail servers give it. Refuses: nothing; an unknown
    name, or a mail that did not leave, changes nothing. Leaves behind: the state and its reason, its author
    told; gives whether a mail was found."""
    with transaction.atomic():
        row = OutgoingEmail.objects.select_for_update().filter(message_id=message_id).first()
        if row is None or row.state != EmailState.SENT:
            return False
        _bounce(row, reason=reason, at=at)
        return True


def bounced_for(recipient: str, *, at: datetime) -> str:
    """Gives the name of the last mail that left for a reader, of those that a report may still speak of."""
    left = OutgoingEmail.objects.filter(
        to__iexact=recipient, state=EmailState.SENT, sent_at__gte=at - REPORTED_WITHIN
    )
    return left.order_by("-sent_at", "-pk").values_list("message_id", flat=True).first() or ""


def note_bounce(email: OutgoingEmail, *, reason: str, actor: Any, at: datetime) -> OutgoingEmail:
    """Does: notes by hand that a mail came back. Refuses: one that did not leave, or came back already; no
    reason. Leaves behind: the state and its reason, audit; its author told, unless they noted it."""
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi il est revenu."), field="reason")
    with transaction.atomic():
        row = OutgoingEmail.objects.select_for_update().get(pk=email.pk)
        if row.state != EmailState.SENT:
            raise IllegalMove(
                _("« Noter un retour » n’est plus possible : l’état est déjà « %(state)s ».")
                % {"state": row.get_state_display()}
            )
        _bounce(row, reason=reason.strip(), at=at, noted_by=actor)
        audit.record(actor, "core.mail.bounce", row, detail={"reason": row.error})
        return row


def _bounce(row: OutgoingEmail, *, reason: str, at: datetime, noted_by: Any = None) -> None:
    row.state, row.bounced_at, row.error = EmailState.BOUNCED, at, reason[:2000]
    row.save(update_fields=["state", "bounced_at", "error"])
    _tell(row, noted_by=noted_by)
