"""What an assembly puts on « À faire » (CAE-07), and what the room holds of a person (PEO-15)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cae.core import facts
from governance.models import Assembly, Associate, Convocation, MemberQuestion, NamedBallot, Voice, Vote
from governance.selectors.room_data import held_in_room
from governance.services import speaking
from governance.states.assemblies import AssemblyState, BureauRole
from governance.states.votes import VoteState, VoteWay
from people.models import User
from tests.factories.governance import (
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
    make_rule_set,
)
from tests.factories.governance_room import attend, seat
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> tuple[User, Associate]:
    return make_member()


def said(user: User) -> list[str]:
    todos = facts.todos_of(user, timezone.localdate())
    return [todo.label for todo in todos if todo.group == "Vie associative"]


def opened(assembly: Assembly, **fields: object) -> Vote:
    return Vote.objects.create(
        assembly=assembly,
        resolution=make_resolution(assembly),
        state=VoteState.OPEN,
        opened_at=timezone.now(),
        **fields,
    )


def open_vote(assembly: Assembly, associate: Associate, **fields: object) -> Voice:
    return Voice.objects.create(vote=opened(assembly, **fields), associate=associate)


def test_papers_wait_until_they_are_opened(member: tuple[User, Associate]) -> None:
    starts_at = timezone.now() + timedelta(days=20)
    make_assembly(starts_at=starts_at, title="AG de printemps", associates=(member[1],))
    assert said(member[0]) == ["Lire les documents : AG de printemps"]
    assert said(make_member()[0]) == []
    Convocation.objects.update(read_at=timezone.now())
    assert said(member[0]) == []


def test_an_open_sitting_waits_for_who_is_called_and_for_the_bureau(member: tuple[User, Associate]) -> None:
    assembly = make_assembly(state=AssemblyState.OPEN, title="AG", associates=(member[1],))
    chair = make_user()
    seat(assembly, BureauRole.CHAIR, chair.person)
    assert said(member[0]) == ["Suivre la séance ouverte : AG"]
    assert said(chair) == ["Conduire la séance : AG"]


def test_the_bureau_is_called_on_the_day_and_not_before() -> None:
    rule_set, now = make_rule_set(), timezone.now()
    chair = make_user()
    for title, starts_at in (("Aujourd’hui", now), ("Plus tard", now + timedelta(days=2))):
        assembly = make_assembly(rule_set=rule_set, starts_at=starts_at, title=title)
        for role in (BureauRole.CHAIR, BureauRole.SCRUTINEER):
            seat(assembly, role, chair.person)
    assert said(chair) == ["Conduire la séance : Aujourd’hui"]


def test_the_ballot_of_an_entrepreneur_who_is_no_associate_waits_too() -> None:
    voter, other = make_user(), make_user()
    assembly = make_assembly(state=AssemblyState.OPEN, title="AG")
    vote = opened(assembly)
    voice = Voice.objects.create(vote=vote, person=voter.person)
    assert (said(voter), said(other)) == (["Voter : AG"], [])
    NamedBallot.objects.create(
        voice=voice, rank=1, choice={"answer": "for"}, way="screen", at=timezone.now(), cast_by=voter
    )
    assert said(voter) == []


def test_a_ballot_waits_until_the_voice_has_spoken(member: tuple[User, Associate]) -> None:
    assembly = make_assembly(state=AssemblyState.OPEN, title="AG")
    voice = open_vote(assembly, member[1])
    open_vote(assembly, make_associate())
    assert said(member[0]) == ["Voter : AG"]
    NamedBallot.objects.create(
        voice=voice, choice={"answer": "pour"}, way="screen", at=timezone.now(), receipt="R1"
    )
    assert said(member[0]) == []


def test_hands_are_not_waited_for_on_a_screen(member: tuple[User, Associate]) -> None:
    assembly = make_assembly(state=AssemblyState.OPEN)
    open_vote(assembly, member[1], way=VoteWay.HANDS)
    assert said(member[0]) == []


def test_a_mandatary_is_waited_for(member: tuple[User, Associate]) -> None:
    assembly = make_assembly(state=AssemblyState.OPEN, title="AG")
    vote = opened(assembly)
    Voice.objects.create(vote=vote, associate=make_associate(), holder=member[1])
    assert said(member[0]) == ["Voter : AG"]


def test_what_the_room_holds_of_a_person(member: tuple[User, Associate]) -> None:
    assembly, now = make_assembly(state=AssemblyState.OPEN, title="AG"), timezone.now()
    other = make_associate()
    for associate in (member[1], other):
        attend(assembly, associate, now)
        speaking.ask_to_speak(assembly, associate=associate, actor=make_organiser(), at=now)
        MemberQuestion.objects.create(assembly=assembly, associate=associate, text="Pourquoi ?")
    turns, questions = held_in_room(member[0].person, member[0])
    assert [row[0] for row in turns.rows] == ["AG"]
    assert [row[1] for row in questions.rows] == ["Pourquoi ?"]
