"""The worked assembly of 60: late arrivals, two departures, a mandatary who leaves with three voices."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from governance.models import Associate, AttendanceEvent, CorrespondenceForm, Proxy, VotingRightEvent
from governance.selectors.standing import quorum_of, standing_at
from people.models import Person
from tests.factories.governance import College, make_assembly, make_associate

pytestmark = pytest.mark.django_db
WORKED = json.loads((Path(__file__).parent.parent / "data" / "assembly_60.json").read_text())


def instant(said: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(said))


@pytest.fixture
def worked() -> Any:
    """The assembly as its file tells it, the associates by number."""
    colleges = {}
    numbered: dict[int, Associate] = {}
    for rank, (name, (first, last)) in enumerate(WORKED["colleges"].items()):
        colleges[name] = College.objects.create(name=name, rank=rank)
        for number in range(first, last + 1):
            numbered[number] = make_associate(college=colleges[name])
    opening = instant(WORKED["opening"])
    assembly = make_assembly(starts_at=opening, state="open", opened_at=opening)
    person = Person.objects.first()
    for one in WORKED["proxies"]:
        ended = one.get("revoked")
        state = "refused" if "refused" in one else "revoked" if ended else "given"
        Proxy.objects.create(
            assembly=assembly,
            principal=numbered[one["from"]],
            holder=numbered.get(one["to"]),
            given_at=instant(one["at"]),
            ended_at=instant(ended or one["at"]) if state != "given" else None,
            state=state,
        )
    for one in WORKED["forms"]:
        CorrespondenceForm.objects.create(
            assembly=assembly,
            associate=numbered[one["of"]],
            answers={},
            origin="account",
            received_at=instant(one["at"]),
        )
    for one in WORKED["suspended"]:
        VotingRightEvent.objects.create(
            associate=numbered[one["who"]], kind="suspension", at=instant(one["at"]), reason="parts impayées"
        )
    for one in WORKED["attendance"]:
        for who in one["who"]:
            fields = {"assembly": assembly, "associate": numbered[who], "person": person, "way": "desk"}
            made = AttendanceEvent.objects.create(**fields, kind=one["kind"], at=instant(one["at"]))
            if "taken_back" in one:
                AttendanceEvent.objects.create(
                    **fields, kind=one["kind"], at=instant(one["taken_back"]), cancels=made
                )
    return assembly, numbered, colleges


def test_the_assembly_of_60_is_the_table_made_by_hand(worked: Any) -> None:
    assembly, numbered, colleges = worked
    number_of = {associate.pk: number for number, associate in numbered.items()}
    for line in WORKED["table"]:
        at = instant(line["at"])
        standing = standing_at(assembly, at)
        quorum = quorum_of(assembly, standing, "extraordinary")
        found = {
            "base": quorum.base,
            "need": quorum.need,
            "present": len(standing.present),
            "remote": len(standing.remote),
            "represented": quorum.represented,
            "correspondence": quorum.correspondence,
            "have": quorum.have,
            "met": quorum.met,
        }
        assert found == {key: line[key] for key in found}, line["why"]
        assert (standing.total, standing.cap) == (line["have"], WORKED["cap"])
        for name, college in colleges.items():
            counted = quorum.by_college[college.pk]
            seen = [
                counted.base,
                counted.present,
                counted.remote,
                counted.represented,
                counted.correspondence,
            ]
            assert seen == line[name], (name, line["why"])
        for holder, hand in line["hands"].items():
            held = [number_of[whose] for whose in standing.held_by(numbered[int(holder)].pk)]
            assert held == hand, (holder, line["why"])


def test_the_standing_costs_the_same_for_sixty_as_for_one(
    worked: Any, django_assert_max_num_queries: Any
) -> None:
    assembly, _numbered, _colleges = worked
    with django_assert_max_num_queries(5):
        quorum_of(assembly, standing_at(assembly, instant("2030-06-10 10:51")), "extraordinary")
