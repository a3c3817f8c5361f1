"""Chooses under which name an activity writes to its customers, and where they answer: an address counts once
whoever reads it has said so (INV-44)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.elision import elided
from cae.core.errors import Code, Refused
from cae.core.limits import within_limit
from cae.core.links import create_link, use_link, withdraw_link
from cae.core.mail import queue_email
from cae.core.notices import notify
from entrepreneurs.models import Activity
from invoicing.models import SenderIdentity
from invoicing.selectors.senders import REPLY_LINK, asked_by, sender_row
from invoicing.states.exchange import MAX_SENDER
from people.models import User

DISOWNED = "invoicing.reply_address_disowned"
LINK_LIVES = timedelta(days=7)
# A letter box of somebody else is not to be filled with our questions.
MOST_ASKED, SPAN = 5, 24 * 3600


def save_sender(
    activity: Activity, *, name: str, reply_to: str, version: int, actor: Any, at: datetime
) -> SenderIdentity:
    """Does: keeps the name shown; asks a new reply address to confirm itself by a mailed link, the former
    one serving meanwhile; empty, answers go to the activity's own. Refuses: a name too long or that could
    pass for an address, no e-mail address, a form older than the row, too many addresses asked in a day.
    Leaves behind: the row, the link and its mail, audit."""
    name, reply_to = " ".join(name.split()), reply_to.strip()
    _check_name(name)
    _check_address(reply_to)
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        row = sender_row(activity)
        if (row.version if row.pk else 0) != version:
            raise Refused(
                Code.STALE_FORM,
                _("L’expéditeur a été modifié entre-temps : votre saisie reste affichée ici."),
            )
        row.name, row.version, row.changed_at = name, version + 1, at
        wanted = "" if reply_to.lower() == activity.email.lower() else reply_to
        _settle(row, wanted, actor=actor, at=at)
        audit.record(actor, "invoicing.save_sender", row, detail={"name": name, "reply_to": reply_to})
        return row


def _settle(row: SenderIdentity, wanted: str, *, actor: Any, at: datetime) -> None:
    """The address in force stays until another is confirmed; a change of mind takes the question back."""
    if wanted and wanted.lower() == row.asked.lower():
        row.save()
        return
    _forget_asked(row, actor=actor, at=at)
    if not wanted:
        row.reply_to, row.confirmed_at = "", None
    row.save()
    if wanted and wanted.lower() != row.reply_to.lower():
        _ask(row, wanted, actor=actor, at=at)


def ask_again(activity: Activity, *, actor: Any, at: datetime) -> SenderIdentity:
    """Does: mails another link to the address that waits. Refuses: none waits, too many in a day. Leaves
    behind: the former link withdrawn, the new one and its mail, audit."""
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        row = sender_row(activity)
        if not row.asked:
            raise Refused(Code.ALREADY_DONE, _("Aucune adresse de réponse n’attend d’être confirmée."))
        address = row.asked
        _forget_asked(row, actor=actor, at=at)
        _ask(row, address, actor=actor, at=at)
        return row


def confirm_reply_address(token: str, *, at: datetime) -> SenderIdentity:
    """Does: makes the address that received the link the one of the answers. Refuses: a link unknown, used,
    withdrawn or over. Leaves behind: the row, the link used, audit."""
    with transaction.atomic():
        row = asked_by(token, lock=True)
        row.reply_to, row.confirmed_at = row.asked, at
        _use(row, at)
        audit.record(None, "invoicing.confirm_reply_address", row, detail={"reply_to": row.reply_to})
        return row


def disown_reply_address(token: str, *, at: datetime) -> SenderIdentity:
    """Does: forgets an address whose reader says that it is not the activity's. Refuses: as
    `confirm_reply_address`. Leaves behind: the row without it, whoever asked told, audit."""
    with transaction.atomic():
        row = asked_by(token, lock=True)
        address, asker = row.asked, row.link.created_by if row.link else None
        _use(row, at)
        audit.record(None, "invoicing.disown_reply_address", row, detail={"reply_to": address})
        if isinstance(asker, User):
            notify(
                [asker],
                DISOWNED,
                subject=lambda: _("L’adresse de réponse n’est pas confirmée"),
                text=lambda: (
                    _("Qui lit %(address)s dit que cette adresse n’est pas la vôtre.") % {"address": address}
                ),
                url=sender_url(row.activity),
                about=row.activity,
            )
        return row


def sender_url(activity: Activity) -> str:
    return reverse("invoicing:sender_edit", query={"activite": activity.pk})


def _use(row: SenderIdentity, at: datetime) -> None:
    if row.link is not None:
        use_link(row.link, at=at)
    row.asked, row.asked_at, row.link, row.changed_at = "", None, None, at
    row.version += 1
    row.save()


def _forget_asked(row: SenderIdentity, *, actor: Any, at: datetime) -> None:
    if row.link is not None:
        withdraw_link(row.link, actor=actor, at=at)
    row.asked, row.asked_at, row.link = "", None, None


def _ask(row: SenderIdentity, address: str, *, actor: Any, at: datetime) -> None:
    if not within_limit(f"reply-address:{row.activity.pk}", most=MOST_ASKED, seconds=SPAN):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Trop d’adresses demandées aujourd’hui : recommencez demain."),
            field="reply_to",
        )
    link, token = create_link(row, purpose=REPLY_LINK, ends_at=at + LINK_LIVES, actor=actor)
    row.asked, row.asked_at, row.link = address, at, link
    row.save()
    audit.record(actor, "invoicing.ask_reply_address", row, detail={"reply_to": address})
    url = settings.SITE_URL + reverse("invoicing:reply_address", args=[token])
    facts = {"activity": row.activity.name, "day": timezone.localdate(link.ends_at).strftime("%d/%m/%Y")}
    queue_email(
        to=address,
        subject=_("Recevoir ici les réponses des clients de %(activity)s ?") % facts,
        context={
            "paragraphs": [
                elided(_("Cette adresse a été donnée pour les réponses des clients de %(activity)s."), facts),
                _("Elle ne servira qu’une fois confirmée, au plus tard le %(day)s.") % facts,
                _("Si ce n’est pas vous, la même page permet de le dire : l’adresse sera oubliée."),
            ],
            "button": _("Répondre à cette question"),
            "url": url,
            "why": _("Vous recevez cet e-mail parce que cette adresse a été saisie dans Alvéole."),
        },
        cause=REPLY_LINK,
        about=row.activity,
        actor=actor,
        secret=url,
    )


def _check_name(name: str) -> None:
    if len(name) > MAX_SENDER:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce nom dépasse %(most)d caractères.") % {"most": MAX_SENDER},
            field="name",
        )
    if any(sign in name for sign in '@<>"'):
        raise Refused(
            Code.VALUE_INVALID,
            _("Un nom d’expéditeur ne contient ni @, ni guillemets droits, ni chevrons."),
            field="name",
        )


def _check_address(address: str) -> None:
    if not address:
        return
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            Code.VALUE_INVALID,
            _("« %(address)s » n’est pas une adresse e-mail.") % {"address": address[:80]},
            field="reply_to",
        ) from None
