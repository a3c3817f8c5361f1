"""Attendance by events: who comes, leaves, connects; a wrong line is taken back by another (GOV-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.canonical import sha256_of
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Signature
from cae.core.signing import Hand, Origin, sign
from governance.models import Assembly, Associate, AttendanceEvent
from governance.selectors.representation import acting_persons, counts_remote, places_of, takes_presence
from governance.selectors.speaking import is_there
from governance.selectors.standing import standing_at
from governance.services.locks import locked_assembly
from governance.services.pulse import beat
from governance.services.representing import tell_sleep
from governance.services.speaking import drop_turns
from governance.states.assemblies import CALLED, COMING, Presence, PresenceWay
from people.models import Person

PURPOSE = "governance.attendance"
VERBS: dict[str, str] = {
    Presence.ARRIVAL: "governance.attendance.arrival",
    Presence.DEPARTURE: "governance.attendance.departure",
    Presence.CONNECTED: "governance.attendance.connected",
    Presence.DISCONNECTED: "governance.attendance.disconnected",
}


@dataclass(frozen=True)
class Signed:
    """The mark made on the attendance sheet, and where."""

    hand: Hand
    origin: Origin


@transaction.atomic
def arrive(
    assembly: Assembly,
    *,
    associate: Associate,
    way: str = PresenceWay.DESK,
    signed: Signed | None = None,
    now: datetime,
    actor: Any,
) -> AttendanceEvent:
    """Does: writes that an associate, or their representative, is in the room; their proxy sleeps, those they
    hold wake. Refuses: outside the day of the assembly, who is no associate, who is already in the room.
    Leaves behind: the event, the signature of the sheet if made, principals told, audit."""
    return _note(assembly, associate, Presence.ARRIVAL, way, signed=signed, now=now, actor=actor)


@transaction.atomic
def leave(
    assembly: Assembly, *, associate: Associate, way: str = PresenceWay.DESK, now: datetime, actor: Any
) -> AttendanceEvent:
    """Does: writes that an associate left; the proxies they hold sleep. Refuses: who is not there.
    Leaves behind: the event, their turn to speak over, principals told, audit."""
    return _note(assembly, associate, Presence.DEPARTURE, way, now=now, actor=actor)


@transaction.atomic
def connect(
    assembly: Assembly, *, associate: Associate, way: str = PresenceWay.ACCOUNT, now: datetime, actor: Any
) -> AttendanceEvent:
    """Does: writes that an associate follows at a distance, known by their account. Refuses: an assembly held
    in the room only or whose rules do not count it, who is already there. Leaves behind: as `arrive`."""
    return _note(assembly, associate, Presence.CONNECTED, way, now=now, actor=actor)


@transaction.atomic
def disconnect(
    assembly: Assembly, *, associate: Associate, way: str = PresenceWay.ACCOUNT, now: datetime, actor: Any
) -> AttendanceEvent:
    """Does: writes that an associate no longer follows at a distance. Refuses: who was not connected.
    Leaves behind: as `leave`."""
    return _note(assembly, associate, Presence.DISCONNECTED, way, now=now, actor=actor)


@transaction.atomic
def cancel_event(event: AttendanceEvent, *, now: datetime, actor: Any) -> AttendanceEvent:
    """Does: takes back a line written by mistake: as if it had never been, at every instant. Refuses: one
    already taken back, a sitting that is over. Leaves behind: the row that names it, audit."""
    locked = locked_assembly(event.assembly_id)
    if locked.state not in CALLED:
        raise IllegalMove(_("La séance est levée : la feuille de présence ne change plus."))
    if event.cancels_id is not None or AttendanceEvent.objects.filter(cancels=event).exists():
        raise Refused(Code.ALREADY_DONE, _("Cette ligne est déjà annulée."))
    before = standing_at(locked, now)
    row = AttendanceEvent.objects.create(
        assembly=locked,
        associate_id=event.associate_id,
        person_id=event.person_id,
        kind=event.kind,
        way=PresenceWay.DESK,
        at=now,
        cancels=event,
        created_at=now,
        created_by=actor,
    )
    audit.record(actor, "governance.attendance.cancel", row)
    _hush(locked, row, now)
    tell_sleep(locked, before, standing_at(locked, now), now=now, actor=actor)
    beat(locked.pk)
    return row


def _note(
    assembly: Assembly,
    associate: Associate,
    kind: str,
    way: str,
    *,
    signed: Signed | None = None,
    now: datetime,
    actor: Any,
) -> AttendanceEvent:
    locked = locked_assembly(assembly.pk)
    _check(locked, associate, kind, now)
    before = standing_at(locked, now)
    row = AttendanceEvent.objects.create(
        assembly=locked,
        associate=associate,
        person=_acting(associate, now),
        kind=kind,
        way=way,
        at=now,
        signature=_sign(locked, associate, signed, now, actor) if signed else None,
        created_at=now,
        created_by=actor,
    )
    audit.record(actor, VERBS[kind], row)
    _hush(locked, row, now)
    tell_sleep(locked, before, standing_at(locked, now), now=now, actor=actor)
    beat(locked.pk)
    return row


def _hush(assembly: Assembly, event: AttendanceEvent, now: datetime) -> None:
    """Who is no longer there waits no more for the floor."""
    if (event.cancels_id or event.kind not in COMING) and not is_there(assembly, event.associate, now):
        drop_turns(assembly, event.associate, now)


def _check(assembly: Assembly, associate: Associate, kind: str, now: datetime) -> None:
    if not takes_presence(assembly, now):
        raise IllegalMove(
            _("On ne signe la présence que le jour de l’assemblée, jusqu’à la fin de la séance.")
        )
    if not associate.is_associate_on(timezone.localdate(now)):
        raise Refused(Code.NOT_ALLOWED, _("%(name)s n’est pas associé·e ce jour.") % {"name": associate.name})
    place = places_of(assembly, now, [associate.pk]).get(associate.pk, "")
    if kind == Presence.ARRIVAL and place == Presence.ARRIVAL:
        raise Refused(Code.ALREADY_DONE, _("%(name)s est déjà en salle.") % {"name": associate.name})
    if kind == Presence.CONNECTED:
        if not counts_remote(assembly):
            raise Refused(Code.NOT_ALLOWED, _("Cette assemblée ne compte pas la présence à distance."))
        if place:
            raise Refused(Code.ALREADY_DONE, _("%(name)s est déjà là.") % {"name": associate.name})
    if kind == Presence.DEPARTURE and not place:
        raise Refused(Code.NOT_ALLOWED, _("%(name)s n’est pas là.") % {"name": associate.name})
    if kind == Presence.DISCONNECTED and place != Presence.CONNECTED:
        raise Refused(Code.NOT_ALLOWED, _("%(name)s n’est pas connecté·e.") % {"name": associate.name})


def _acting(associate: Associate, now: datetime) -> Person:
    person = acting_persons([associate.pk], timezone.localdate(now)).get(associate.pk)
    if person is None:
        raise Refused(
            Code.VALUE_MISSING,
            _("%(name)s n’a pas de représentant·e : nommez-en un·e au registre.") % {"name": associate.name},
        )
    return person


def _sign(assembly: Assembly, associate: Associate, signed: Signed, now: datetime, actor: Any) -> Signature:
    facts = {"assembly": assembly.pk, "associate": associate.pk, "at": now.isoformat()}
    return sign(
        assembly,
        purpose=PURPOSE,
        hand=signed.hand,
        content_sha256=sha256_of(facts),
        at=now,
        origin=signed.origin,
        actor=actor,
    )
