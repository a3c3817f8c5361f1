"""The bureau signs at one instant, two assemblies end together: one conclusion each, numbers in a row."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Refused
from governance.models import Assembly, Minutes
from governance.services.casting import enter_roll_call
from governance.services.corrections import Renoted, correct_result
from governance.services.minutes import draft_minutes, hand_over_minutes, take_back_minutes
from governance.services.minutes_signing import note_unsigned
from governance.services.proclaiming import proclaim
from governance.services.voting import close_vote
from governance.states.assemblies import AssemblyState, BureauRole
from governance.states.votes import VoteWay
from people.states import RoleKind
from tests.factories.contracts import no_code
from tests.factories.governance_minutes import make_held, make_minutes, make_voted, sign_as
from tests.factories.governance_votes import make_sitting, make_vote, voice_of
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person, make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF: what is at stake is the signature."""
    monkeypatch.setattr("governance.services.minutes.run_later", lambda *args, **details: None)


def test_the_whole_bureau_signs_at_once_and_two_assemblies_end_together(race: Race) -> None:
    no_code()
    acts = []
    for _one in range(2):
        assembly, people = make_held()
        make_voted(assembly)
        minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
        acts += [partial(sign_as, minutes, user) for user, _associate in people]
    results = race(acts)
    assert not [found for found in results if isinstance(found, Exception)]
    rows = Minutes.objects.select_related("assembly").order_by("number")
    assert [row.number for row in rows] == [1, 2]
    assert {row.assembly.state for row in rows} == {AssemblyState.SIGNED}


def test_one_hand_signs_once_from_two_tabs(race: Race) -> None:
    no_code()
    assembly, people = make_held()
    make_voted(assembly)
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    results = race([partial(sign_as, minutes, people[0][0])] * 4)
    assert sum(isinstance(found, Refused) for found in results) == 3
    assert minutes.signatures.exclude(signature=None).count() == 1


def test_taken_back_while_somebody_signs_nothing_is_half_done(race: Race) -> None:
    """Whoever comes first stands: a signature that came first goes with the others, one that came after is
    refused."""
    no_code()
    assembly, people = make_held()
    make_voted(assembly)
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    sign = partial(sign_as, minutes, people[0][0])
    race([sign, partial(take_back_minutes, minutes, actor=people[1][0])])
    minutes.refresh_from_db()
    assert (minutes.state, minutes.signatures.count()) == ("draft", 0)


def test_a_correction_while_minutes_are_handed_over_is_read_or_keeps_them_from_being_signed(
    race: Race,
) -> None:
    no_code()
    make_cooperative()
    sitting = make_sitting(2)
    vote = make_vote(sitting, way=VoteWay.ROLL_CALL)
    own = voice_of(vote, sitting.members[0])
    enter_roll_call(own, choice={"answer": "pour"}, actor=sitting.actor, at=timezone.now())
    vote = close_vote(vote, actor=sitting.actor, at=timezone.now())
    vote = proclaim(vote, actor=sitting.actor, at=timezone.now())
    assembly, (first, second) = sitting.assembly, sitting.users
    sitting.seat(first, BureauRole.CHAIR)
    sitting.seat(second, BureauRole.SECRETARY)
    Assembly.objects.filter(pk=assembly.pk).update(state=AssemblyState.CLOSED, closed_at=timezone.now())
    assembly.refresh_from_db()
    minutes = draft_minutes(assembly, actor=first)
    change = partial(
        correct_result,
        vote,
        change=Renoted({own.pk: {"answer": "contre"}}),
        reason="Mal notée.",
        actor=sitting.actor,
        at=timezone.now(),
    )
    race([partial(hand_over_minutes, minutes, actor=first), change])
    minutes.refresh_from_db()
    results = set(vote.results.values_list("sha256", flat=True))
    if all(one in str(minutes.facts) for one in results):
        sign_as(minutes, first)
    else:
        with pytest.raises(Refused, match="Un fait a changé"):
            sign_as(minutes, first)


def test_one_signs_while_another_is_noted_as_not_signing(race: Race) -> None:
    no_code()
    assembly, people = make_held()
    make_voted(assembly)
    minutes = hand_over_minutes(make_minutes(assembly, people[0][0]), actor=people[0][0])
    sign_as(minutes, people[0][0])
    clerk = make_user(RoleKind.COOPERATIVE_LIFE, person=make_person())
    last = minutes.signatures.get(role=BureauRole.SCRUTINEER)
    note = partial(note_unsigned, last, reason="refus", actor=clerk, at=timezone.now())
    results = race([partial(sign_as, minutes, people[1][0]), note, note])
    assert sum(isinstance(found, Refused) for found in results) == 1
    minutes.refresh_from_db()
    assert (minutes.state, minutes.number) == ("signed", 1)


def test_two_of_the_bureau_begin_one_draft(race: Race) -> None:
    assembly, people = make_held()
    results = race([partial(draft_minutes, assembly, actor=user) for user, _associate in people])
    assert not [found for found in results if isinstance(found, Exception)]
    assert Minutes.objects.count() == 1
