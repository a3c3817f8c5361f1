"""Mails: written as rows with their cause, sent after commit, retried, kept."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Refused
from cae.core.identity import cooperative_on
from cae.core.models import EmailState, OutgoingEmail

MAX_ATTEMPTS = 6
ERASED = "[lien personnel effacé après l’envoi]"


def queue_email(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict[str, Any],
    cause: str,
    about: models.Model | None = None,
    actor: Any = None,
    secret: str = "",
) -> OutgoingEmail:
    """Does: writes the mail from `template`.txt and `template`.html and asks for its sending; `secret` is the
    address in it that must not stay readable. Refuses: nothing.
    Leaves behind: its row; in demonstration it is kept and never sent."""
    context = {"site_url": settings.SITE_URL, "sender": _sender(), "subject": subject} | context
    email = OutgoingEmail.objects.create(
        to=to,
        subject=" ".join(subject.split())[:200],
        text=render_to_string(f"{template}.txt", context),
        html=render_to_string(f"{template}.html", context),
        secret=secret,
        cause=cause,
        state=EmailState.KEPT if settings.DEMONSTRATION else EmailState.QUEUED,
        created_by=actor,
        **(audit.about(about) if about else {}),
    )
    if email.state == EmailState.QUEUED:
        run_later("core.send_email", email_id=email.pk)
    return email


def _sender() -> str:
    """One sender for every mail: the cooperative, once it has a name."""
    try:
        return cooperative_on(timezone.localdate()).legal_name
    except Refused:
        return "Alvéole"


def send_email(email_id: int) -> None:
    """Does: sends one waiting mail, under lock. Refuses: nothing; sent or kept, it is left alone.
    Leaves behind: its new state; after six failures it is given up, with the last error."""
    with transaction.atomic():
        email = OutgoingEmail.objects.select_for_update(skip_locked=True).filter(pk=email_id).first()
        if email is None or email.state != EmailState.QUEUED:
            return
        message = EmailMultiAlternatives(email.subject, email.text, settings.DEFAULT_FROM_EMAIL, [email.to])
        message.attach_alternative(email.html, "text/html")
        email.attempts += 1
        try:
            message.send()
        except OSError as error:
            email.error = str(error)
            email.state = EmailState.FAILED if email.attempts >= MAX_ATTEMPTS else EmailState.QUEUED
        else:
            email.state, email.sent_at, email.error = EmailState.SENT, timezone.now(), ""
            _forget_secret(email)
        email.save(update_fields=["attempts", "error", "state", "sent_at", "text", "html", "secret"])


def _forget_secret(email: OutgoingEmail) -> None:
    """The kept mail proves what was sent, and opens nothing to who reads the table."""
    if email.secret:
        email.text = email.text.replace(email.secret, ERASED)
        email.html = email.html.replace(escape(email.secret), ERASED)
        email.secret = ""


def send_waiting() -> None:
    """Does: tries the waiting mails again, each in its own transaction."""
    for pk in (
        OutgoingEmail.objects.filter(state=EmailState.QUEUED)
        .order_by("pk")
        .values_list("pk", flat=True)[:200]
    ):
        send_email(pk)
