"""Several hands on one sitting: one speaks at a time, one closes it, no vote opens in a closed one."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import IllegalMove, Refused
from governance.models import Assembly, Vote
from governance.services import speaking
from governance.services.sitting import close_sitting, set_item
from governance.services.voting import open_vote, prepare_vote
from governance.states.assemblies import AssemblyState, TurnState
from governance.states.votes import VoteState, VoteWay
from tests.factories.governance import make_resolution
from tests.factories.governance_assemblies import make_item
from tests.factories.governance_votes import make_sitting
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_who_give_the_floor_at_once_leave_one_speaker(race: Race) -> None:
    hall, now = make_sitting(4), timezone.now()
    by = {"actor": hall.actor, "at": now}
    asked = [speaking.ask_to_speak(hall.assembly, associate=one, **by) for one in hall.members]
    acts = [partial(speaking.give_floor, turn, **by) for turn in asked[:2]]
    race([*acts, partial(speaking.give_floor_to_next, hall.assembly, **by)])
    turns = hall.assembly.turns
    assert turns.filter(state=TurnState.SPEAKING).count() == 1
    assert not turns.filter(state=TurnState.DONE, ended_at=None).exists()
    assert turns.count() == 4


def test_one_who_asks_twice_at_once_waits_once(race: Race) -> None:
    hall, now = make_sitting(1), timezone.now()
    ask = partial(
        speaking.ask_to_speak, hall.assembly, associate=hall.members[0], actor=hall.users[0], at=now
    )
    results = race([ask] * 3)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert hall.assembly.turns.get().state == TurnState.WAITING


def test_two_presidents_who_close_at_once_close_once(race: Race) -> None:
    hall, now = make_sitting(2), timezone.now()
    item = make_item(hall.assembly)
    close = partial(close_sitting, hall.assembly, actor=hall.actor, at=now)
    results = race([close, close, partial(set_item, hall.assembly, item=item, actor=hall.actor, at=now)])
    assert sum(isinstance(one, IllegalMove) for one in results[:2]) == 1
    found = Assembly.objects.get(pk=hall.assembly.pk)
    assert (found.state, found.current_item) == (AssemblyState.CLOSED, None)


def test_a_vote_opens_in_an_open_sitting_or_not_at_all(race: Race) -> None:
    """The closing finds the vote open, or the vote finds the sitting closed."""
    hall, now = make_sitting(3), timezone.now()
    vote = prepare_vote(make_resolution(hall.assembly), way=VoteWay.SCREEN, actor=hall.actor)
    results = race(
        [
            partial(open_vote, vote, actor=hall.actor, at=now),
            partial(close_sitting, hall.assembly, confirmed=True, actor=hall.actor, at=now),
        ]
    )
    assert sum(isinstance(one, Refused) for one in results) == 1
    opened = Vote.objects.get().state == VoteState.OPEN
    closed = Assembly.objects.get(pk=hall.assembly.pk).state == AssemblyState.CLOSED
    assert opened is not closed
