"""What the house writes to whoever signs, whatever the paper: a personal link, a code (ENT-23)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import links
from cae.core.mail import queue_email
from cae.core.settings import value_of
from cae.core.templatetags.formats import spelled
from entrepreneurs.models.signing_codes import SigningCode
from entrepreneurs.selectors.signing import LINK_DAYS
from people.models import Person

CODE_MINUTES = 15


def mail_code(about: SigningCode, code: str, *, to: str, language: str, page: str, actor: Any) -> None:
    """Does: mails the code that one types to sign; its button leads back to `page`, where this very signer
    signs. Refuses: nothing. Leaves behind: the mail; once sent, its code is unreadable, and so is a personal
    link, which nobody but its holder (no `actor`) comes by."""
    url = settings.SITE_URL + page
    with override(language):
        queue_email(
            to=to,
            subject=_("Votre code pour signer"),
            context={
                "paragraphs": [
                    _("Code : %(code)s") % {"code": code},
                    _("Tapez-le sur la page de signature. Il vaut %(minutes)d minutes et sert une fois.")
                    % {"minutes": CODE_MINUTES},
                ],
                "button": _("Lire et signer"),
                "url": url,
                "why": _("Vous recevez cet e-mail parce que quelqu’un a demandé ce code pour signer."),
            },
            cause="entrepreneurs.signing.code",
            about=about,
            actor=actor,
            secret=code if actor is not None else f"{code}\n{url}",
        )


def mail_personal_link(
    about: models.Model,
    person: Person,
    *,
    purpose: str,
    page: str,
    subject: Callable[[], str],
    said: Callable[[], str],
    button: Callable[[], str],
    why: Callable[[], str],
    cause: str,
    actor: Any,
    at: datetime,
) -> None:
    """Does: mails to who has no account the personal link that opens `page`, in the language of the house;
    those before it die. Refuses: nothing. Leaves behind: the link, its mail."""
    close_links(about, purpose, actor=actor, at=at)
    ends_at = at + timedelta(days=int(value_of(LINK_DAYS, on=timezone.localdate(at))))
    _link, token = links.create_link(about, purpose=purpose, ends_at=ends_at, actor=actor)
    url = settings.SITE_URL + reverse(page, args=[token])
    with override(settings.LANGUAGE_CODE):
        until = spelled(timezone.localdate(ends_at))
        queue_email(
            to=person.email,
            subject=subject(),
            context={
                "paragraphs": [
                    _("Bonjour %(name)s,") % {"name": person.first_name},
                    said(),
                    _("Ce lien est personnel et vaut jusqu’au %(day)s.") % {"day": until},
                ],
                "button": button(),
                "url": url,
                "why": why(),
            },
            cause=cause,
            about=about,
            actor=actor,
            secret=url,
        )


def close_links(about: models.Model, purpose: str, *, actor: Any, at: datetime) -> None:
    """Does: withdraws the personal links of what waits for a signature. Refuses: nothing. Leaves behind: dead
    links."""
    for link in links.live_links_of(about, purpose):
        links.withdraw_link(link, actor=actor, at=at)
