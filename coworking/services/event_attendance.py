"""Attendance of an event: by scan, by oneself during the window, by the team later (COW-41)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import Event, Registration
from coworking.services.events import is_open_at_the_door, locked
from coworking.states.events import Attendance, EventState, NotedHow, RegistrationState


@transaction.atomic
def note_attendance(
    registration: Registration, *, attendance: str, how: str, now: datetime, actor: Any
) -> Registration:
    """Does: says whether somebody came, how it was noted and when; the team may take it back (« non notée »).
    Refuses: an unknown word, an event cancelled, a draft or not begun (present alone may be noted within the
    window before), somebody who is not registered, what is noted already; by oneself or by scan, outside the
    window. Leaves behind: the presence, audit."""
    event = locked(registration.event)
    row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if attendance not in Attendance.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une présence de la liste."), field="attendance")
    if event.state not in (EventState.PUBLISHED, EventState.HELD):
        raise Refused(Code.ILLEGAL_MOVE, _("Cet événement ne se tient pas : aucune présence à noter."))
    if row.state != RegistrationState.REGISTERED:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette personne n’est pas inscrite : inscrivez-la d’abord, s’il reste une place."),
        )
    if row.attendance == attendance:
        raise Refused(
            Code.ALREADY_DONE,
            _("C’est déjà noté : « %(word)s ».") % {"word": row.get_attendance_display()},
        )
    _refuse_untimely(event, attendance, how, now)
    row.attendance = attendance
    known = attendance != Attendance.UNKNOWN
    row.noted_how, row.noted_at = (how, now) if known else ("", None)
    row.noted_by = actor if known else None
    row.save(update_fields=["attendance", "noted_how", "noted_at", "noted_by"])
    audit.record(actor, "coworking.registration.attend", row, detail={"value": attendance, "kind": how})
    return row


def sign_in(registration: Registration, *, now: datetime, actor: Any) -> Registration:
    """Does: notes that somebody says they are there. Refuses, leaves behind: as `note_attendance`."""
    return note_attendance(
        registration, attendance=Attendance.PRESENT, how=NotedHow.ONESELF, now=now, actor=actor
    )


@transaction.atomic
def note_the_rest(event: Event, *, now: datetime, actor: Any) -> int:
    """Does: notes absent all those registered of whom nothing was noted. Refuses: an event not over, or that
    is not held. Leaves behind: the absences, audit; gives how many."""
    row = locked(event)
    if row.state not in (EventState.PUBLISHED, EventState.HELD) or row.ends_at > now:
        raise Refused(Code.DATE_INVALID, _("Attendez la fin de l’événement pour noter les absences."))
    rest = row.registrations.filter(state=RegistrationState.REGISTERED, attendance=Attendance.UNKNOWN)
    count = rest.update(attendance=Attendance.ABSENT, noted_how=NotedHow.TEAM, noted_at=now, noted_by=actor)
    audit.record(actor, "coworking.event.absences", row, detail={"count": count})
    return count


def _refuse_untimely(event: Event, attendance: str, how: str, now: datetime) -> None:
    if how == NotedHow.ONESELF and not is_open_at_the_door(event, now):
        raise Refused(
            Code.DATE_INVALID,
            _("Le pointage n’est pas ouvert : il l’est %(minutes)d minutes avant et après l’événement.")
            % {"minutes": event.sign_minutes},
        )
    early = event.starts_at > now and not is_open_at_the_door(event, now)
    if early and attendance in (Attendance.PRESENT, Attendance.ABSENT):
        raise Refused(Code.DATE_INVALID, _("Cet événement n’a pas encore commencé."))
