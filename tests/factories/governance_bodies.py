"""Bodies, mandates and elections, made through their services where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from cae.core.canonical import sha256_of
from governance.models import Body, Candidate, Mandate, Resolution, RuleSet, Vote, VoteResult
from governance.selectors.mandates import mandate_end
from governance.services.bodies import BodyData, open_body
from governance.services.mandates import MandateData, open_mandate
from governance.states.assemblies import AssemblyState
from governance.states.bodies import BodyKind
from governance.states.rules import DecisionKind
from governance.states.votes import Method, VoteState
from people.models import Person
from tests.factories.governance import make_assembly, make_organiser, make_resolution
from tests.factories.people import make_person


def make_body(name: str = "Cogérance", **fields: Any) -> Body:
    known = {"name": name, "kind": BodyKind.MANAGEMENT, "term_months": None}
    return open_body(data=BodyData(**(known | fields)), actor=make_organiser())


def make_mandate(
    body: Body,
    person: Person | None = None,
    *,
    starts_on: date | None = None,
    months: int = 24,
    despite: bool = False,
    **fields: Any,
) -> Mandate:
    begins = starts_on or timezone.localdate()
    known = {"role": "Cogérant·e", "decision": "AG du 12 juin, 4e résolution"}
    data = MandateData(
        person=person or make_person(),
        starts_on=begins,
        ends_on=mandate_end(begins, months),
        **(known | fields),
    )
    return open_mandate(body, data=data, despite=despite, actor=make_organiser())


def make_election(
    body: Body, people: Sequence[Person], *, rule_set: RuleSet | None = None, **fields: Any
) -> Resolution:
    """An election on the agenda of an open assembly, with those who stand."""
    assembly = make_assembly(state=AssemblyState.OPEN, rule_set=rule_set)
    known = {"method": Method.NAMES, "decision_kind": DecisionKind.MANAGER_ELECTION, "body": body}
    election = make_resolution(assembly, **(known | {"seats": 1} | fields))
    for person in people:
        Candidate.objects.create(resolution=election, person=person, label=str(person))
    return election


def proclaim(election: Resolution, people: Sequence[Person]) -> VoteResult:
    """A proclaimed round that elects these people, without its voices."""
    now = timezone.now()
    vote = Vote.objects.create(
        assembly=election.assembly,
        resolution=election,
        state=VoteState.PROCLAIMED,
        opened_at=now,
        closed_at=now,
        proclaimed_at=now,
    )
    keys = {one.person_id: str(one.pk) for one in election.candidates.all()}
    facts = {"elected": [keys[person.pk] for person in people]}
    return VoteResult.objects.create(vote=vote, verdict="elected", facts=facts, sha256=sha256_of(facts))
