"""Events: written, published, held, cancelled (COW-27, COW-28)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.workflow import performs
from coworking.calculations.seats import is_signing
from coworking.models import Event, EventKind, EventSeries, Place
from coworking.models.events import MOST_GUESTS
from coworking.selectors.events import keeps_at, seats_taken
from coworking.services.event_charges import give_up_charges, move_charges
from coworking.services.event_rooms import free_rooms, move_rooms
from coworking.services.registration_mails import CALLED_OFF, MOVED, tell_registered
from coworking.services.waiting_list import offer_freed
from coworking.states.events import EVENT_FLOW, LIVE, Audience
from coworking.states.places import PlaceState
from people.models import Territory, User
from people.services.changes import one_line, refuse_long, refuse_stale, require_text, write

_SLUGS = "coworking.event_slugs"
# A congress of a month is a mistake of the finger.
LONGEST = timedelta(days=31)
_TEXTS = {"summary": 200, "text": 8000, "speakers": 2000, "venue": 120, "access": 2000}

# What its rooms follow.
_TAKES = frozenset({"starts_at", "ends_at", "place", "title"})


@dataclass(frozen=True)
class EventData:
    """What is typed of an event."""

    kind: EventKind
    title: str
    starts_at: datetime
    ends_at: datetime
    place: Place | None = None
    venue: str = ""
    address_line: str = ""
    postcode: str = ""
    city: str = ""
    access: str = ""
    video_link: str = ""
    territory: Territory | None = None
    summary: str = ""
    text: str = ""
    speakers: str = ""
    language: str = "fr"
    audience: str = Audience.ANYBODY
    capacity: int | None = None
    guests_most: int = 0
    registers_until: datetime | None = None
    has_waiting_list: bool = True
    offer_hours: int = 24
    asks_diet: bool = False
    shows_names: bool = False
    questions_until: datetime | None = None
    contact_email: str = ""
    sign_minutes: int = 60


# What those who registered must hear of.
_TOLD = frozenset(
    {"starts_at", "ends_at", "place", "venue", "address_line", "postcode", "city", "video_link"}
)


@transaction.atomic
def create_event(*, data: EventData, actor: User | None, series: EventSeries | None = None) -> Event:
    """Does: writes a draft. Refuses: no title, an end before the beginning, nowhere, a place or a territory
    that this account does not keep, a limit that makes no sense. Leaves behind: the draft with the address
    of its page, audit."""
    data = checked(data, actor)
    take_turn(_SLUGS)
    row = Event(kind=data.kind, series=series, created_by=actor, door_key=secrets.token_urlsafe(24))
    write(row, data)
    row.slug = free_slug(data)
    row.save()
    audit.record(actor, "coworking.event.create", row)
    return row


@transaction.atomic
def change_event(
    event: Event, *, data: EventData, version: int | None, actor: User | None, tells: bool = True
) -> Event:
    """Does: changes an event; those who registered to one that moves are told, and those who wait take the
    places that are added. Refuses: what `create_event` refuses, an event over or cancelled, fewer places than
    those who come, a room taken at the new hours, a paid event where nothing sells, parts left outside, a
    form opened before somebody else’s change. Leaves behind: audit with the values before
    and after, mails."""
    row = locked(event)
    refuse_stale(row, version)
    refuse_over(row)
    data = checked(data, actor)
    taken = seats_taken(row)
    if data.capacity is not None and data.capacity < taken:
        raise Refused(
            Code.VALUE_INVALID,
            ngettext(
                "%(count)d personne est déjà inscrite : il faut au moins autant de places.",
                "%(count)d personnes sont déjà inscrites : il faut au moins autant de places.",
                taken,
            )
            % {"count": taken},
            field="capacity",
        )
    shift = data.starts_at - row.starts_at
    changed = write(row, data)
    if not changed:
        return row
    _refuse_unsold(row)
    moved = bool(_TOLD & changed.keys())
    row.version += 1
    row.revision += int(moved)
    row.is_apart = row.is_apart or (row.series_id is not None and tells)
    row.save()
    _shift_parts(row, shift)
    if changed.keys() & _TAKES:
        move_rooms(row, now=timezone.now(), actor=actor)
    audit.record(actor, "coworking.event.change", row, detail=changed)
    if "starts_at" in changed:
        # Reminded of the former day, one is reminded of the new one.
        row.registrations.update(reminded_at=None)
    if {"starts_at", "place"} & changed.keys():
        move_charges(row, actor=actor)
    if moved and row.published_at is not None:
        tell_registered(row, cause=MOVED, actor=actor)
    offer_freed(row, now=timezone.now(), actor=actor)
    return row


@performs(EVENT_FLOW, "publish")
def publish_event(row: Event, *, now: datetime, actor: Any) -> None:
    """Does: puts the event on the agenda. Refuses: one that is over, one in a place that closed. Leaves
    behind: audit."""
    if row.ends_at <= now:
        raise Refused(Code.DATE_INVALID, _("Cet événement est passé : changez sa date avant de le publier."))
    if row.place is not None and row.place.state == PlaceState.CLOSED:
        raise Refused(Code.PERIOD_CLOSED, _("Ce lieu est fermé : choisissez-en un autre."))
    row.published_at = now


@performs(EVENT_FLOW, "hold")
def hold_event(row: Event, *, now: datetime, actor: Any) -> None:
    """Does: says that the event took place; attendance is noted still. Refuses: one that has not begun.
    Leaves behind: audit."""
    if row.starts_at > now:
        raise Refused(Code.DATE_INVALID, _("Cet événement n’a pas encore commencé."))


@performs(EVENT_FLOW, "cancel")
def cancel_event(row: Event, *, reason: str, now: datetime, actor: Any) -> None:
    """Does: cancels the event and tells all those who come or wait. Refuses: no reason, one that is over.
    Leaves behind: the reason on its page, nothing due of it, mails, audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi : les inscrit·es le liront."), most=300)
    if row.ends_at <= now:
        raise Refused(Code.DATE_INVALID, _("Cet événement a eu lieu : il ne s’annule plus."))
    row.cancel_reason = reason
    row.revision += 1
    free_rooms(row, now=now, actor=actor)
    give_up_charges(row, actor=actor)
    tell_registered(row, cause=CALLED_OFF, actor=actor, states=LIVE)


@transaction.atomic
def renew_door_key(event: Event, *, actor: Any) -> Event:
    """Does: changes the code shown at the door; the former one opens nothing. Refuses: nothing.
    Leaves behind: audit."""
    row = locked(event)
    row.door_key = secrets.token_urlsafe(24)
    row.save(update_fields=["door_key"])
    audit.record(actor, "coworking.event.door", row)
    return row


def locked(event: Event) -> Event:
    """Gives the row under lock: places are counted and given by whoever holds it."""
    return Event.objects.select_for_update(of=("self",)).select_related("kind", "place").get(pk=event.pk)


def refuse_over(event: Event) -> None:
    """Raises Refused for an event that was held or cancelled: what it was stays readable."""
    if event.state not in EVENT_FLOW.move("cancel").sources:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cet événement est « %(state)s » : il ne change plus.") % {"state": event.get_state_display()},
        )


def is_open_at_the_door(event: Event, now: datetime) -> bool:
    """Whether one signs in by oneself now."""
    return is_signing(event.starts_at, event.ends_at, event.sign_minutes, now)


def data_of(event: Event) -> EventData:
    """What the event holds, as it would be typed."""
    return EventData(**{field.name: getattr(event, field.name) for field in fields(EventData)})


def free_slug(data: EventData) -> str:
    """An address that reads: the title, its day, and a number where both are taken."""
    day = timezone.localdate(data.starts_at)
    base = f"{slugify(data.title)[:120] or 'evenement'}-{day:%Y-%m-%d}"
    taken = set(Event.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, 999))) if slug not in taken)


def _shift_parts(event: Event, shift: timedelta) -> None:
    """The programme keeps its hours within the event. Raises Refused for a part that would not be in it."""
    if shift:
        event.parts.update(starts_at=F("starts_at") + shift, ends_at=F("ends_at") + shift)
    outside = event.parts.filter(Q(starts_at__lt=event.starts_at) | Q(ends_at__gt=event.ends_at)).first()
    if outside is not None:
        raise Refused(
            Code.PERIOD_INVALID,
            _("« %(part)s » se tiendrait en dehors : changez d’abord le programme.") % {"part": outside},
            field="ends_at",
        )


def _refuse_unsold(event: Event) -> None:
    sold = event.prices.filter(amount__gt=0).exists() or event.options.filter(amount__gt=0).exists()
    if sold and (event.place is None or event.place.activity_id is None):
        raise Refused(
            Code.ACCOUNT_MISSING,
            _("Des places y sont payantes : choisissez un lieu qui vend, ou retirez les prix."),
            field="place",
        )


def checked(data: EventData, actor: User | None) -> EventData:
    """What is kept, its title on one line. Raises Refused for what no event may be."""
    title = one_line(data.title, "title", _("Donnez un titre à cet événement."), most=120)
    for field, most in _TEXTS.items():
        refuse_long(getattr(data, field), field, most)
    if data.ends_at <= data.starts_at:
        raise Refused(Code.PERIOD_INVALID, _("La fin vient après le début."), field="ends_at")
    if data.ends_at - data.starts_at > LONGEST:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un événement dure un mois au plus : faites-en une série."),
            field="ends_at",
        )
    if data.place is None and not data.video_link:
        require_text(data.venue, "venue", _("Dites où : un de nos lieux, un autre, ou un lien de visio."))
    if data.audience == Audience.TERRITORY and data.territory is None:
        raise Refused(
            Code.VALUE_MISSING, _("Choisissez le territoire à qui il est réservé."), field="territory"
        )
    _check_limits(data)
    if actor is not None and not keeps_at(actor, data.place, data.territory):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Vous organisez dans vos lieux et sur votre territoire : choisissez l’un d’eux."),
            field="place",
        )
    return replace(data, title=title)


def _check_limits(data: EventData) -> None:
    if data.capacity == 0:
        raise Refused(Code.VALUE_INVALID, _("Laissez vide s’il n’y a pas de limite."), field="capacity")
    if data.guests_most > MOST_GUESTS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Neuf accompagnant·es au plus par personne : au-delà, on s’inscrit à plusieurs."),
            field="guests_most",
        )
    for field in ("registers_until", "questions_until"):
        until = getattr(data, field)
        if until is not None and until > data.ends_at:
            raise Refused(
                Code.DATE_INVALID, _("Cette limite tombe après la fin de l’événement."), field=field
            )
