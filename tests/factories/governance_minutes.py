"""An assembly that was held, its votes proclaimed and its bureau named, written without its services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cae.core.canonical import sha256_of
from cae.core.signing import Hand, Origin
from governance.models import (
    AgendaItem,
    Assembly,
    Associate,
    AttendanceEvent,
    BureauSeat,
    DeclaredCount,
    Incident,
    Minutes,
    Proxy,
    Resolution,
    RuleSet,
    Vote,
    VoteResult,
)
from governance.services.minutes import draft_minutes, hand_over_minutes, write_minutes
from governance.services.minutes_signing import sign_minutes
from governance.states.assemblies import BureauRole, ItemKind, Presence, PresenceWay
from governance.states.votes import CountKind, VoteState, VoteWay
from people.models import Person, User
from tests.factories import governance as make
from tests.factories.contracts import no_code
from tests.factories.kernel import make_cooperative

OPENED = datetime(2026, 6, 12, 16, 4, tzinfo=UTC)
CLOSED = OPENED + timedelta(hours=2)
ORIGIN = Origin("192.0.2.7", "Firefox")

# What a resolution counted by hand and on screens may say, each figure different from the others.
RESOLUTION_FACTS: dict[str, Any] = {
    "rule": "plus de la moitié des suffrages exprimés",
    "roll": 57,
    "cast": 53,
    "not_cast": 4,
    "counts": {"pour": 31, "contre": 17, "abstention": 5},
    "by_door": {
        "screen": {"pour": 22, "contre": 14, "abstention": 3},
        "hands": {"pour": 9, "contre": 3, "abstention": 2},
    },
    "base": 48,
    "need": 25,
    "verdict": "adopted",
}
RULE: dict[str, Any] = {
    "words": "plus de la moitié des suffrages exprimés",
    "decision": "none expressed 1/2 strict",
    "key": "decision.ordinary.1",
}
QUORUM_FACTS: dict[str, Any] = {
    "need": 15,
    "have": 57,
    "base": 59,
    "met": True,
    "fraction": "1/4",
    "present": 41,
    "represented": 12,
    "correspondence": 4,
    "by_college": {},
}


def make_held(members: int = 3, **fields: Any) -> tuple[Assembly, list[tuple[User, Associate]]]:
    """A closed assembly whose first three associates chair, write and count; all came but the last, who gave
    a proxy to the first."""
    make_cooperative()
    people = [make.make_member(first_name=f"Prénom{n}", last_name=f"Nom{n}") for n in range(members)]
    moments = {"starts_at": OPENED, "opened_at": OPENED, "closed_at": CLOSED}
    fields = moments | {"rule_set": RuleSet.objects.first()} | fields
    assembly = make.make_assembly(state="closed", associates=tuple(one for _user, one in people), **fields)
    for (user, _one), role in zip(people, BureauRole.values, strict=False):
        BureauSeat.objects.create(assembly=assembly, person=person_of(user), role=role)
    for _user, associate in people[:-1]:
        come(assembly, associate, OPENED - timedelta(minutes=9))
    Proxy.objects.create(
        assembly=assembly,
        principal=people[-1][1],
        holder=people[0][1],
        given_at=OPENED - timedelta(days=1),
    )
    return assembly, people


def person_of(one: User | Associate) -> Person:
    assert one.person is not None
    return one.person


def come(assembly: Assembly, associate: Associate, at: datetime, kind: str = Presence.ARRIVAL) -> None:
    AttendanceEvent.objects.create(
        assembly=assembly,
        associate=associate,
        person=person_of(associate),
        kind=kind,
        way=PresenceWay.DESK,
        at=at,
    )


def make_voted(
    assembly: Assembly,
    facts: dict[str, Any] | None = None,
    *,
    text: str = "Les comptes sont approuvés.",
    quorum: dict[str, Any] | None = None,
    choices: list[Any] | None = None,
    rule: dict[str, Any] | None = None,
    **fields: Any,
) -> Vote:
    """A resolution on its point of the agenda, voted and proclaimed."""
    position = assembly.items.count() + 1
    item = AgendaItem.objects.create(
        assembly=assembly, position=position, title=f"Point {position}", kind=ItemKind.DECISION
    )
    resolution = make.make_resolution(assembly, text=text, item=item, **fields)
    return proclaim(resolution, facts or RESOLUTION_FACTS, quorum=quorum, choices=choices, rule=rule)


def proclaim(
    resolution: Resolution,
    facts: dict[str, Any],
    *,
    quorum: dict[str, Any] | None = None,
    choices: list[Any] | None = None,
    rule: dict[str, Any] | None = None,
) -> Vote:
    text = resolution.versions.get().text
    vote = Vote.objects.create(
        assembly=resolution.assembly,
        resolution=resolution,
        way=VoteWay.SCREEN,
        state=VoteState.PROCLAIMED,
        text=text,
        text_sha256=sha256_of(text),
        choices=choices or [],
        rule=rule or RULE,
        quorum=quorum or QUORUM_FACTS,
        opened_at=OPENED + timedelta(minutes=20),
        closed_at=OPENED + timedelta(minutes=25),
        proclaimed_at=OPENED + timedelta(minutes=26),
    )
    make_result(vote, facts)
    return vote


def make_result(vote: Vote, facts: dict[str, Any], *, number: int = 1, reason: str = "") -> VoteResult:
    return VoteResult.objects.create(
        vote=vote,
        number=number,
        verdict=facts["verdict"],
        facts=facts,
        sha256=sha256_of(facts | {"vote": vote.pk, "number": number}),
        reason=reason,
        created_at=OPENED + timedelta(minutes=26),
    )


def declare(vote: Vote, choice: str, count: int, by: User, also: User | None = None) -> None:
    DeclaredCount.objects.create(
        vote=vote, kind=CountKind.PAPER, choice=choice, count=count, entered_by=by, confirmed_by=also
    )


def note_incident(assembly: Assembly, text: str) -> None:
    Incident.objects.create(assembly=assembly, at=OPENED + timedelta(minutes=30), text=text)


def make_minutes(assembly: Assembly, actor: User, **notes: Any) -> Minutes:
    """The draft, its opening and close written."""
    minutes = draft_minutes(assembly, actor=actor)
    return write_minutes(
        minutes,
        opening="La séance est ouverte par la présidente.",
        closing="Plus rien n’étant à l’ordre du jour, la séance est levée.",
        notes={item.pk: f"Débat sur {item.title}." for item in assembly.items.all()},
        version=minutes.version,
        actor=actor,
    )


def signed_minutes(assembly: Assembly, bureau: list[tuple[User, Associate]]) -> Minutes:
    """The minutes handed over and signed by everybody of the bureau, without codes."""
    no_code()
    minutes = hand_over_minutes(make_minutes(assembly, bureau[0][0]), actor=bureau[0][0])
    for user, _associate in bureau[:3]:
        sign_as(minutes, user)
    minutes.refresh_from_db()
    return minutes


def sign_as(minutes: Minutes, user: User, **how: Any) -> None:
    told: dict[str, Any] = {
        "person": user.person,
        "hand": Hand(str(user.person), typed=str(user.person)),
        "origin": ORIGIN,
        "at": CLOSED + timedelta(hours=1),
        "actor": user,
        "shown_sha256": minutes.content_sha256,
    }
    sign_minutes(minutes, **told | how)
