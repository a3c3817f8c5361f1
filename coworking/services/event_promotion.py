"""Tells a public of an event, reminds, thanks, asks what one thought of it (COW-40)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.mail import queue_email
from coworking.models import Event, EventMailing, Registration, Satisfaction
from coworking.selectors.event_audiences import addresses_of
from coworking.services.events import locked
from coworking.services.registration_mails import REMINDER, THANKS, write_to
from coworking.states.events import Attendance, EventState, MailingTo, RegistrationState
from people.services.changes import one_line, refuse_long, require_text

ANNOUNCED = "coworking.event_announced"
# The word that tells where those who come by this mail come from.
FROM_MAIL = "lettre"
# One is reminded the day before; one is thanked the day after at the latest.
REMINDS = timedelta(hours=30)
THANKS_WITHIN = timedelta(days=7)


@transaction.atomic
def announce(
    event: Event, *, audience: str, subject: str, text: str, now: datetime, actor: Any
) -> EventMailing:
    """Does: writes to a public about an event, with the address of its page. Refuses: an event not published
    or over, an unknown public, nobody in it, no subject, no text. Leaves behind: the mails, which keep the
    quiet hours, the line that counts them, audit."""
    row = locked(event)
    if row.state != EventState.PUBLISHED or row.ends_at <= now:
        raise Refused(Code.NOT_ALLOWED, _("Publiez l’événement, s’il est à venir, avant de l’annoncer."))
    if audience not in MailingTo.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez à qui écrire."), field="audience")
    subject = one_line(subject, "subject", _("Donnez un objet à ce message."), most=160)
    require_text(text, "text", _("Écrivez le message."))
    refuse_long(text, "text", 4000)
    addresses = addresses_of(row, audience, timezone.localdate(now))
    if not addresses:
        raise Refused(Code.EMPTY_DOCUMENT, _("Personne n’a d’adresse dans ce public."), field="audience")
    url = f"{settings.SITE_URL}{row.public_url}?de={FROM_MAIL}"
    why = _("Vous recevez cet e-mail parce que vous êtes de la coopérative.")
    if audience == MailingTo.REGISTERED:
        why = _("Vous recevez cet e-mail parce que cette adresse est inscrite à un événement.")
    for address in addresses:
        queue_email(
            to=address,
            subject=subject,
            context={
                "paragraphs": [part.strip() for part in text.split("\n\n") if part.strip()],
                "button": _("Voir l’événement"),
                "url": url,
                "why": why,
            },
            cause=ANNOUNCED,
            about=row,
            actor=actor,
            reply_to=row.contact_email,
            quiet=True,
        )
    made = EventMailing.objects.create(
        event=row,
        audience=audience,
        subject=subject,
        text=text.strip(),
        count=len(addresses),
        sent_at=now,
        sent_by=actor,
    )
    audit.record(actor, "coworking.event.announce", row, detail={"to": audience, "count": len(addresses)})
    return made


def remind_of_events(*, now: datetime) -> int:
    """Does: reminds those who come of what begins within a day or so, each once; whoever registered since is
    not reminded of what they have just been told. Refuses: nothing. Leaves behind: the mails; gives how
    many."""
    rows = Registration.objects.filter(
        state=RegistrationState.REGISTERED,
        reminded_at=None,
        event__state=EventState.PUBLISHED,
        event__starts_at__gt=now,
        event__starts_at__lte=now + REMINDS,
        created_at__lte=now - timedelta(days=1),
    )
    return sum(_remind(pk, now) for pk in list(rows.values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    rows = Registration.objects.select_for_update(of=("self",), skip_locked=True)
    row = rows.select_related("event__place").filter(pk=pk, reminded_at=None).first()
    if row is None or row.state != RegistrationState.REGISTERED:
        return 0
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    write_to(row, cause=REMINDER, now=now, actor=None)
    return 1


@transaction.atomic
def thank(event: Event, *, now: datetime, actor: Any) -> int:
    """Does: thanks those who came and asks what they thought of it, once an event. Refuses: an event not
    over, one thanked for already, one of which nobody is noted present. Leaves behind: the mails, audit;
    gives how many."""
    row = locked(event)
    if row.state not in (EventState.PUBLISHED, EventState.HELD) or row.ends_at > now:
        raise Refused(Code.DATE_INVALID, _("Attendez la fin de l’événement pour remercier."))
    if row.thanked_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Les remerciements sont déjà partis."))
    came = list(row.registrations.filter(attendance=Attendance.PRESENT, state=RegistrationState.REGISTERED))
    if not came:
        raise Refused(Code.EMPTY_DOCUMENT, _("Notez d’abord qui est venu."))
    row.thanked_at = now
    row.save(update_fields=["thanked_at"])
    for one in came:
        one.event = row
        write_to(one, cause=THANKS, now=now, actor=actor)
    audit.record(actor, "coworking.event.thank", row, detail={"count": len(came)})
    return len(came)


@transaction.atomic
def say_satisfaction(
    registration: Registration, *, mark: int, comes_again: bool | None, text: str, now: datetime
) -> Satisfaction:
    """Does: keeps what somebody who came thinks of it; said again, the latest counts. Refuses: an event not
    over or called off, somebody who is not registered or did not come, a mark out of five.
    Leaves behind: what was said."""
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if row.event.ends_at > now:
        raise Refused(Code.DATE_INVALID, _("Attendez la fin de l’événement pour en dire du bien."))
    if row.state != RegistrationState.REGISTERED or row.event.state == EventState.CANCELLED:
        raise Refused(Code.NOT_ALLOWED, _("Le bilan est à qui était inscrit."))
    if row.attendance in (Attendance.ABSENT, Attendance.EXCUSED):
        raise Refused(Code.NOT_ALLOWED, _("Votre absence est notée : le bilan est à qui est venu."))
    if not 1 <= mark <= 5:
        raise Refused(Code.VALUE_INVALID, _("Une note de 1 à 5."), field="mark")
    refuse_long(text, "text", 2000)
    made, _new = Satisfaction.objects.update_or_create(
        registration=row,
        defaults={"mark": mark, "comes_again": comes_again, "text": text.strip(), "said_at": now},
    )
    return made
