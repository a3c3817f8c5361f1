"""A sitting: people there, an agenda, a bureau."""

from __future__ import annotations

from datetime import datetime

from governance.models import Assembly, Associate, AttendanceEvent, BureauSeat
from governance.states.assemblies import BureauRole, Presence, PresenceWay
from people.models import Person
from tests.factories.people import make_person


def seat(assembly: Assembly, role: str = BureauRole.CHAIR, person: Person | None = None) -> BureauSeat:
    return BureauSeat.objects.create(assembly=assembly, role=role, person=person or make_person())


def make_bureau(assembly: Assembly) -> None:
    for role in (BureauRole.CHAIR, BureauRole.SECRETARY):
        seat(assembly, role)


def attend(
    assembly: Assembly,
    associate: Associate,
    at: datetime,
    kind: str = Presence.ARRIVAL,
    *,
    cancels: AttendanceEvent | None = None,
) -> AttendanceEvent:
    person = associate.person or associate.representatives.get().person
    return AttendanceEvent.objects.create(
        assembly=assembly,
        associate=associate,
        person=person,
        kind=kind,
        way=PresenceWay.DESK,
        at=at,
        cancels=cancels,
    )
