"""Under which name an activity writes to its customers, and where they answer (INV-44)."""

from __future__ import annotations

from datetime import date

from cae.core.identity import cooperative_on
from cae.core.links import find_link
from cae.core.questions import Given, Question
from entrepreneurs.models import Activity
from invoicing.models import SenderIdentity

REPLY_LINK = "invoicing.reply_address"


def sender_row(activity: Activity) -> SenderIdentity:
    """The choice of an activity; without a row, none, unsaved."""
    return _ROW.first(activity=activity.pk) or SenderIdentity(activity=activity)


_ROW = Question(lambda: SenderIdentity.objects.filter(activity=Given("activity")).order_by())


def sender_name_of(activity: Activity, *, on: date) -> str:
    """The name chosen, else « Photographie Lenoir – Co-Actions »."""
    return sender_row(activity).name or f"{activity.name} – {cooperative_on(on).legal_name}"


def reply_address_of(activity: Activity) -> str:
    """The address that its owner confirmed, else that of the activity."""
    return sender_row(activity).reply_to or activity.email


def asked_by(token: str, *, lock: bool = False) -> SenderIdentity:
    """The choice behind a live link. Raises Refused: link_unknown, link_withdrawn, link_expired,
    already_done."""
    link = find_link(token, REPLY_LINK, lock=lock)
    return SenderIdentity.objects.select_related("activity").get(link=link)
