"""Legal situations of votes by name: an open sitting with people in the room, a vote that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from governance.models import (
    Assembly,
    Associate,
    AttendanceEvent,
    BureauSeat,
    Candidate,
    Resolution,
    Voice,
    Vote,
)
from governance.services.voting import open_vote, prepare_vote
from governance.states.assemblies import AssemblyState, BureauRole, Presence, PresenceWay
from governance.states.rules import DecisionKind
from governance.states.votes import VoteWay
from people.models import User
from tests.factories.governance import (
    make_assembly,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)


@dataclass
class Sitting:
    """An open assembly; members present in order, each with an account; who runs it."""

    assembly: Assembly
    actor: User
    users: list[User]
    members: list[Associate]

    def seat(self, user: User, role: str = BureauRole.SCRUTINEER) -> BureauSeat:
        return BureauSeat.objects.create(assembly=self.assembly, person=user.person, role=role)


def arrive(assembly: Assembly, associate: Associate, at: datetime | None = None) -> AttendanceEvent:
    return AttendanceEvent.objects.create(
        assembly=assembly,
        associate=associate,
        person=associate.person,
        kind=Presence.ARRIVAL,
        way=PresenceWay.DESK,
        at=at or timezone.now() - timedelta(minutes=5),
    )


def make_sitting(
    present: int = 4,
    absent: int = 0,
    *,
    colleges: tuple[Any, ...] = (),
    without: tuple[str, ...] = (),
    **values: str,
) -> Sitting:
    """Members are called and present; `values` replace rules of the set (dots written `__`); `colleges` are
    given in turn; `without` leaves rules undecided."""
    values = {"decision__ordinary__1": "none expressed 1/2 strict"} | values
    made = [
        make_member() if not colleges else _member_in(colleges[rank % len(colleges)])
        for rank in range(present + absent)
    ]
    members = [associate for _user, associate in made]
    assembly = make_assembly(
        state=AssemblyState.OPEN, rule_set=make_rule_set(without=without, **values), associates=tuple(members)
    )
    for associate in members[:present]:
        arrive(assembly, associate)
    return Sitting(assembly, make_organiser(), [user for user, _one in made], members)


def _member_in(college: Any) -> tuple[User, Associate]:
    user, associate = make_member()
    associate.categories.update(college=college)
    return user, associate


def make_vote(
    sitting: Sitting, resolution: Resolution | None = None, *, way: str = VoteWay.SCREEN, **fields: Any
) -> Vote:
    """A vote that is open now, of a resolution made for it."""
    resolution = resolution or make_resolution(sitting.assembly, **fields)
    vote = prepare_vote(resolution, way=way, actor=sitting.actor)
    return open_vote(vote, actor=sitting.actor, at=timezone.now())


def make_election(sitting: Sitting, *, method: str, candidates: int = 3, **fields: Any) -> Resolution:
    """An election between members of the sitting, the eldest first."""
    resolution = make_resolution(
        sitting.assembly, **{"method": method, "decision_kind": DecisionKind.BOARD_ELECTION} | fields
    )
    for rank, associate in enumerate(sitting.members[:candidates]):
        Candidate.objects.create(
            resolution=resolution,
            person=associate.person,
            label=f"Candidature {rank + 1}",
            position=rank + 1,
            born_on=f"{1960 + rank}-01-01",
        )
    return resolution


def voice_of(vote: Vote, associate: Associate) -> Voice:
    return vote.voices.get(associate=associate)
