"""The mails of notices: one alone, several grouped, the digest of a day or a week; each thing once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cae.core.mail import queue_email
from cae.core.models import Notice
from cae.core.notices import KINDS

# One writer at a time for one person: the second finds nothing left to write.
_LOCK = 4_210_002
# A long silence of the scheduler ends in mails that can still be read.
LARGEST = 100


def mail_due_notices(now: datetime | None = None) -> int:
    """Does: writes the mails of the notices whose hour has come, in one transaction a person. Refuses:
    nothing; run by two workers, or twice, each is written once. Leaves behind: the mails; their count."""
    at = now or timezone.now()
    due = Notice.objects.filter(mailed_at=None, mail_due_at__lte=at)
    people = due.order_by("user_id").values_list("user_id", flat=True).distinct()
    return sum(_mail_person(user_id, at) for user_id in list(people))


@transaction.atomic
def _mail_person(user_id: int, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, user_id])
    waiting = (
        Notice.objects.select_for_update(of=("self",))
        .select_related("user", "actor")
        .filter(user_id=user_id, mailed_at=None, mail_due_at__lte=at)
        .order_by("created_at", "pk")
    )
    alone, together, needless = _sorted_out(list(waiting[: LARGEST + 1]))
    Notice.objects.filter(pk__in=[notice.pk for notice in needless]).update(mail_due_at=None)
    letters = [[notice] for notice in alone]
    if together:
        letters.append(together)
    for letter in letters:
        _queue(letter)
    told = [notice.pk for letter in letters for notice in letter]
    Notice.objects.filter(pk__in=told).update(mailed_at=at)
    return len(letters)


def _sorted_out(waiting: Sequence[Notice]) -> tuple[list[Notice], list[Notice], list[Notice]]:
    """Those that need a mail of their own, those that share one, and those that need none any more."""
    alone: list[Notice] = []
    together: list[Notice] = []
    needless: list[Notice] = []
    for notice in waiting:
        kind = KINDS.get(notice.kind)
        if not notice.user.is_active:
            needless.append(notice)
        elif kind is not None and not kind.mutable:
            alone.append(notice)
        elif notice.read_at is not None:
            needless.append(notice)
        else:
            together.append(notice)
    return alone, together, needless


def _queue(letter: Sequence[Notice]) -> None:
    user = letter[0].user
    with override(getattr(user, "language", settings.LANGUAGE_CODE)):
        words = _one(letter[0]) if len(letter) == 1 else _several(letter)
        subject = words.pop("subject")
        queue_email(
            to=user.email,
            subject=subject,
            template="emails/message",
            context=words,
            cause=letter[0].kind if len(letter) == 1 else "core.digest",
            about=letter[0] if len(letter) == 1 else user,
            actor=None,
        )


def _stop() -> dict[str, str]:
    return {
        "stop_url": absolute(reverse("core:notice_preferences")),
        "stop": _("Choisir les e-mails que je reçois"),
    }


def _one(notice: Notice) -> dict[str, Any]:
    kind = KINDS.get(notice.kind)
    words = {
        "subject": notice.subject,
        "paragraphs": _paragraphs(notice.text) or [notice.subject + "."],
        "button": _("Ouvrir la page"),
        "url": address(notice),
        "why": _("Vous recevez cet e-mail parce que vous suivez « %(kind)s ».")
        % {"kind": kind.label if kind else notice.kind},
    }
    if kind is None or kind.mutable:
        return words | _stop()
    why = _("« %(kind)s » : cet avis est toujours envoyé.") % {"kind": kind.label}
    return words | {"why": why}


def _several(letter: Sequence[Notice]) -> dict[str, Any]:
    kinds = {notice.kind for notice in letter}
    count = len(letter)
    if len(kinds) == 1 and (kind := KINDS.get(kinds.pop())):
        subject = f"{kind.label} ({count})"
    else:
        subject = ngettext("%(count)d avis vous attend", "%(count)d avis vous attendent", count) % {
            "count": count
        }
    return {
        "subject": subject,
        "paragraphs": [],
        "items": [
            {
                "subject": notice.subject,
                "paragraphs": _paragraphs(notice.text),
                "url": address(notice),
                "at": notice.created_at,
            }
            for notice in letter
        ],
        "button": _("Voir mes avis"),
        "url": absolute(reverse("core:notice_list")),
        "why": _("Ce message réunit ce que vous suivez, au rythme que vous avez choisi."),
    } | _stop()


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def address(notice: Notice) -> str:
    """Where the mail leads: the notice itself, which marks it read and goes on to its page."""
    return absolute(reverse("core:notice", args=[notice.pk]))


def absolute(path: str) -> str:
    return path if path.startswith("http") else settings.SITE_URL + path
