"""Registers to an event with or without account, changes, cancels, takes a place offered (COW-30, 32, 33)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import spelled
from cae.core.workflow import performs
from coworking.calculations.seats import Door, Room, door_of
from coworking.models import Event, EventPrice, Registration
from coworking.selectors.events import may_come, room_of, seats_taken
from coworking.services.event_charges import refuse_unbillable, settle_charge
from coworking.services.event_choices import Choices, keep_choices, priced, refuse_choices
from coworking.services.events import locked
from coworking.services.registration_mails import CONFIRMED, TAKEN_BACK, WAITS, write_to
from coworking.services.waiting_list import offer_freed
from coworking.states.events import REGISTRATION_FLOW, SEATED, Attendance, RegistrationState
from people.models import Person, User
from people.services.changes import one_line, refuse_long, refuse_stale

_TEXTS = {
    "address_line": 200,
    "postcode": 12,
    "city": 120,
    "siren": 9,
    "phone": 20,
    "organisation": 160,
    "diet": 200,
    "note": 1000,
    "offers": 200,
    "needs": 200,
}


@dataclass(frozen=True)
class RegistrationData:
    """What is typed to come; `parts` are keys, `options` a number by key, `answers` a text by key."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    organisation: str = ""
    address_line: str = ""
    postcode: str = ""
    city: str = ""
    siren: str = ""
    guests: int = 0
    price: EventPrice | None = None
    diet: str = ""
    note: str = ""
    shows_name: bool = False
    offers: str = ""
    needs: str = ""
    parts: tuple[int, ...] = ()
    options: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, str] = field(default_factory=dict)

    @property
    def choices(self) -> Choices:
        return Choices(self.price, self.guests, self.parts, self.options, self.answers)


@transaction.atomic
def register(
    event: Event,
    *,
    data: RegistrationData,
    now: datetime,
    actor: User | None = None,
    person: Person | None = None,
    source: str = "",
    by_team: bool = False,
) -> Registration:
    """Does: registers somebody, or puts them on the waiting list when the event is full. Refuses: an event
    past, cancelled, closed or full without waiting list; one that is not open to this account; no name, an
    address that is none or already registered; more guests than allowed or than places; parts at the same
    time; a choice that is full. The team registers for others, after the limit too.
    Leaves behind: the registration with its choices, the charge of a paid place, the mail with its
    link unless the event is over, audit."""
    row_event = locked(event)
    room = room_of(row_event)
    if not by_team and not may_come(row_event, actor):
        raise Refused(
            Code.NOT_ALLOWED, _("Cet événement est réservé aux membres : connectez-vous pour vous inscrire.")
        )
    _check(row_event, data)
    state = _state_of(row_event, room, data, now, by_team=by_team)
    refuse_choices(row_event, data.choices, actor=actor, by_team=by_team, is_seated=state in SEATED)
    row = Registration(
        event=row_event,
        person=person,
        state=state,
        waits_since=now if state == RegistrationState.WAITING else None,
        state_since=now,
        created_at=now,
        email=data.email.strip(),
        source=source[:40],
        pass_key=secrets.token_urlsafe(24),
    )
    _write(row, data)
    if state in SEATED:
        refuse_unbillable(row)
    # Last: what is wrong of a form is said alike, whether the address is known or not.
    _refuse_known(row_event, data.email, person)
    row.save()
    keep_choices(row, data.choices)
    audit.record(actor, "coworking.registration.register", row)
    settle_charge(row, state=state, actor=actor)
    row.save(update_fields=["charge"])
    if row_event.ends_at > now:
        write_to(row, cause=CONFIRMED if state in SEATED else WAITS, now=now, actor=actor)
    return row


@transaction.atomic
def change_registration(
    registration: Registration, *, data: RegistrationData, version: int | None, now: datetime, actor: Any
) -> Registration:
    """Does: changes what somebody said; the address stays. Refuses: an event past or cancelled, a
    registration that is no more, what `register` refuses of choices, more guests than places left, a form
    opened before another change. Leaves behind: the choices, audit; places freed are offered."""
    event = locked(registration.event)
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    row.event = event
    refuse_stale(row, version)
    if row.state not in REGISTRATION_FLOW.move("cancel").sources:
        raise Refused(
            Code.ILLEGAL_MOVE, _("Cette inscription n’est plus en cours : inscrivez-vous de nouveau.")
        )
    _refuse_closed(door_of(room_of(event, taken=0), now), event, late=False)
    _check(event, data, besides=row)
    if row.state in SEATED:
        _refuse_many(room_of(event, taken=seats_taken(event, besides=row.pk)), 1 + data.guests)
    refuse_choices(
        event, data.choices, actor=actor, by_team=False, is_seated=row.state in SEATED, besides=row
    )
    _write(row, data)
    row.version += 1
    row.save()
    keep_choices(row, data.choices)
    settle_charge(row, state=row.state, actor=actor)
    row.save(update_fields=["charge"])
    audit.record(actor, "coworking.registration.change", row)
    offer_freed(event, now=now, actor=actor)
    return row


@transaction.atomic
def cancel_registration(registration: Registration, *, now: datetime, actor: Any) -> Registration:
    """Does: takes a registration back, gives up what it owes unless it is billed, and offers its places.
    Refuses: one that is no more, an event that is over, somebody noted present. Leaves behind: the mail,
    audit."""
    event = locked(registration.event)
    if event.ends_at <= now:
        raise Refused(Code.DATE_INVALID, _("Cet événement a eu lieu : l’inscription ne s’annule plus."))
    if event.registrations.filter(pk=registration.pk, attendance=Attendance.PRESENT).exists():
        raise Refused(
            Code.NOT_ALLOWED, _("La présence est notée : effacez-la d’abord pour annuler l’inscription.")
        )
    row = _cancel(registration, now=now, actor=actor)
    offer_freed(event, now=now, actor=actor)
    return row


@performs(REGISTRATION_FLOW, "cancel")
def _cancel(row: Registration, *, now: datetime, actor: Any) -> None:
    """Does, refuses, leaves behind: as `cancel_registration`."""
    row.offered_until, row.waits_since = None, None
    settle_charge(row, state=RegistrationState.CANCELLED, actor=actor)
    write_to(row, cause=TAKEN_BACK, now=now, actor=actor)


@transaction.atomic
def accept_place(registration: Registration, *, now: datetime, actor: Any) -> Registration:
    """Does: takes the place that was kept. Refuses: an offer whose time is past, a part or an option that
    was filled since, an event over or cancelled. Leaves behind: the mail, audit."""
    event = locked(registration.event)
    _refuse_closed(door_of(room_of(event, taken=0), now), event, late=True)
    return _accept(registration, now=now, actor=actor)


@performs(REGISTRATION_FLOW, "accept")
def _accept(row: Registration, *, now: datetime, actor: Any) -> None:
    """Does, refuses, leaves behind: as `accept_place`."""
    if row.offered_until is None or row.offered_until < now:
        raise Refused(
            Code.LINK_EXPIRED, _("Cette place n’est plus gardée : elle est proposée à la personne suivante.")
        )
    refuse_choices(
        row.event, Choices.of(row), actor=actor, by_team=True, is_seated=True, besides=row, asks=False
    )
    row.offered_until, row.waits_since = None, None
    settle_charge(row, state=RegistrationState.REGISTERED, actor=actor)
    write_to(row, cause=CONFIRMED, now=now, actor=actor)


def known_registration(event: Event, email: str) -> Registration | None:
    """The registration that this address has at the event."""
    rows = event.registrations.live().filter(email__iexact=email.strip())
    return rows.select_related("event").first()


def _write(row: Registration, data: RegistrationData) -> None:
    row.first_name = " ".join(data.first_name.split())
    row.last_name = " ".join(data.last_name.split())
    for name in (*_TEXTS, "guests", "price", "shows_name"):
        setattr(row, name, getattr(data, name))
    row.amount = priced(row.event, data.choices)


def _state_of(
    event: Event, room: Room, data: RegistrationData, now: datetime, *, by_team: bool
) -> RegistrationState:
    """Registered or waiting. Raises Refused in one sentence that says what to do."""
    seats = 1 + data.guests
    door = door_of(room, now, seats=seats)
    if door in (Door.PAST, Door.TOO_LATE) and by_team:
        _refuse_many(room, seats)
        return RegistrationState.REGISTERED
    _refuse_closed(door, event, late=by_team)
    if door in (Door.WAITING, Door.FULL) and room.left:
        _refuse_many(room, seats)
    if door is Door.FULL:
        raise Refused(
            Code.NOT_ALLOWED,
            _("C’est complet et sans liste d’attente : choisissez une autre date dans l’agenda."),
        )
    return RegistrationState.REGISTERED if door is Door.OPEN else RegistrationState.WAITING


def _refuse_closed(door: Door, event: Event, *, late: bool) -> None:
    if door is Door.CANCELLED:
        raise Refused(
            Code.NOT_ALLOWED, _("Cet événement est annulé : l’agenda en propose d’autres."), field=None
        )
    if door is Door.NOT_YET:
        raise Refused(Code.NOT_ALLOWED, _("Cet événement n’est pas encore publié : revenez bientôt."))
    if door is Door.PAST:
        raise Refused(Code.DATE_INVALID, _("Cet événement est passé : l’agenda dit les prochains."))
    if door is Door.TOO_LATE and not late and event.registers_until is not None:
        day = spelled(localtime(event.registers_until))
        raise Refused(
            Code.DATE_INVALID,
            _(
                "Les inscriptions sont closes depuis le %(day)s : écrivez à l’équipe pour savoir s’il reste "
                "une place."
            )
            % {"day": day},
        )


def _refuse_many(room: Room, seats: int) -> None:
    if not room.holds(seats):
        raise Refused(
            Code.SLOT_TAKEN,
            ngettext(
                "Il reste %(count)d place, accompagnant·es compris.",
                "Il reste %(count)d places, accompagnant·es compris.",
                room.left or 0,
            )
            % {"count": room.left or 0},
            field="guests",
        )


def _refuse_known(event: Event, email: str, person: Person | None) -> None:
    if known_registration(event, email) is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Cette adresse est déjà inscrite : le lien reçu par e-mail change ou annule l’inscription."),
            field="email",
        )
    if person is not None and event.registrations.live().filter(person=person).exists():
        raise Refused(Code.DUPLICATE, _("Cette personne est déjà inscrite."))


def _check(event: Event, data: RegistrationData, besides: Registration | None = None) -> None:
    one_line(data.first_name, "first_name", _("Indiquez votre prénom."), most=80)
    one_line(data.last_name, "last_name", _("Indiquez votre nom."), most=80)
    for name, most in _TEXTS.items():
        refuse_long(getattr(data, name), name, most)
    if besides is None:
        try:
            validate_email(data.email.strip())
        except ValidationError as error:
            raise Refused(
                Code.VALUE_INVALID, _("Indiquez une adresse e-mail valable."), field="email"
            ) from error
    if not 0 <= data.guests <= event.guests_most:
        raise Refused(
            Code.VALUE_INVALID,
            ngettext(
                "%(count)d accompagnant·e au plus.", "%(count)d accompagnant·es au plus.", event.guests_most
            )
            % {"count": event.guests_most}
            if event.guests_most
            else _("Cet événement se vit sans accompagnant·e : chaque personne s’inscrit."),
            field="guests",
        )
