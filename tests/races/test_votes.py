"""Votes under several hands: nothing cast is lost or doubled, a vote closes once, a killed process leaves
nothing half-done (GOV-25)."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from governance.models import NamedBallot, Voice, Vote, VoteResult
from governance.services.casting import cast
from governance.services.proclaiming import declare_counts, proclaim
from governance.services.sitting import close_sitting
from governance.services.voting import close_vote, open_vote, prepare_vote
from governance.states.assemblies import AssemblyState
from governance.states.votes import CountKind, VoteState, VoteWay
from tests.factories.governance import make_resolution
from tests.factories.governance_votes import make_sitting, make_vote, voice_of
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

POUR, CONTRE = {"answer": "pour"}, {"answer": "contre"}


def test_two_tabs_give_one_ballot_that_counts(race: Race) -> None:
    sitting = make_sitting(1)
    vote = make_vote(sitting)
    voice = voice_of(vote, sitting.members[0])
    say = partial(cast, vote, actor=sitting.users[0], at=timezone.now())
    same = race([partial(say, choices={voice.pk: POUR})] * 4)
    assert len({ballot.receipt for ballots in same for ballot in ballots}) == 1
    race([partial(say, choices={voice.pk: choice}) for choice in (POUR, CONTRE)] * 2)
    ranks = list(voice.ballots.order_by("rank").values_list("rank", flat=True))
    assert ranks == list(range(1, len(ranks) + 1))


def test_the_first_of_two_tabs_is_final_where_the_rules_say_so(race: Race) -> None:
    sitting = make_sitting(1, ballot_final="first")
    vote = make_vote(sitting)
    voice = voice_of(vote, sitting.members[0])
    say = partial(cast, vote, actor=sitting.users[0], at=timezone.now())
    results = race([partial(say, choices={voice.pk: choice}) for choice in (POUR, CONTRE)])
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ALREADY_DONE]
    assert NamedBallot.objects.count() == 1


def test_two_presidents_close_once_and_proclaim_once(race: Race) -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting)
    by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
    closed = race([partial(close_vote, vote, **by)] * 3)
    assert [one.code for one in closed if isinstance(one, Refused)] == [Code.ILLEGAL_MOVE] * 2
    proclaimed = race([partial(proclaim, vote, **by)] * 3)
    assert [one.code for one in proclaimed if isinstance(one, Refused)] == [Code.ILLEGAL_MOVE] * 2
    assert VoteResult.objects.count() == 1


def test_a_ballot_that_meets_the_close_counts_whole_or_is_refused_whole(race: Race) -> None:
    sitting = make_sitting(6)
    vote = make_vote(sitting)
    acts: list[Any] = [
        partial(
            cast,
            vote,
            choices={voice_of(vote, associate).pk: POUR},
            actor=user,
            at=timezone.now(),
        )
        for user, associate in zip(sitting.users, sitting.members, strict=True)
    ]
    acts.insert(3, partial(close_vote, vote, actor=sitting.actor, at=timezone.now()))
    results = race(acts)
    accepted = sum(isinstance(one, list) for one in results)
    late = [one for one in results if isinstance(one, Refused)]
    assert {one.code for one in late} <= {Code.ILLEGAL_MOVE}
    assert NamedBallot.objects.count() == accepted == 6 - len(late)
    vote.refresh_from_db()
    assert all(ballot.at <= vote.closed_at for ballot in NamedBallot.objects.all())
    proclaim(vote, actor=sitting.actor, at=timezone.now())
    assert vote.results.get().facts["cast"] == accepted


def test_a_vote_opens_once_on_one_roll(race: Race) -> None:
    sitting = make_sitting(3)
    vote = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    results = race([partial(open_vote, vote, actor=sitting.actor, at=timezone.now())] * 3)
    assert sum(isinstance(one, Refused) for one in results) == 2
    assert Voice.objects.count() == 3


def test_a_sitting_never_closes_on_a_vote_that_opens(race: Race) -> None:
    sitting = make_sitting(2)
    vote = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    by: dict[str, Any] = {"actor": sitting.actor, "at": timezone.now()}
    results = race(
        [partial(open_vote, vote, **by), partial(close_sitting, sitting.assembly, confirmed=True, **by)]
    )
    assert sum(isinstance(one, Refused) for one in results) == 1
    vote.refresh_from_db()
    sitting.assembly.refresh_from_db()
    assert (vote.state == VoteState.OPEN) is (sitting.assembly.state == AssemblyState.OPEN)


def test_two_scrutineers_at_once_confirm_each_other_once(race: Race) -> None:
    sitting = make_sitting(3)
    vote = make_vote(sitting)
    vote = close_vote(vote, actor=sitting.actor, at=timezone.now())
    paper: dict[str, Any] = {"kind": CountKind.PAPER, "college": None, "at": timezone.now()}
    race(
        [partial(declare_counts, vote, counts={"pour": 2}, actor=user, **paper) for user in sitting.users[:2]]
    )
    rows = list(vote.declared.all())
    assert {row.confirmed_by_id is not None for row in rows} == {True}
    assert len({(row.entered_by_id, row.confirmed_by_id) for row in rows}) == 1


def test_a_process_killed_while_it_writes_a_ballot_leaves_the_voice_to_vote() -> None:
    sitting = make_sitting(1)
    vote = make_vote(sitting)
    voice, user = voice_of(vote, sitting.members[0]), sitting.users[0]
    kill_in("dying_ballots.py", vote.pk, voice.pk, user.pk)
    assert NamedBallot.objects.count() == 0
    cast(vote, choices={voice.pk: POUR}, actor=user, at=timezone.now())
    close_vote(vote, actor=sitting.actor, at=timezone.now())
    proclaim(vote, actor=sitting.actor, at=timezone.now())
    assert vote.results.get().facts["counts"]["pour"] == 1


def test_a_process_killed_while_it_opens_a_vote_leaves_it_to_open() -> None:
    sitting = make_sitting(2)
    vote = prepare_vote(make_resolution(sitting.assembly), way=VoteWay.SCREEN, actor=sitting.actor)
    kill_in("dying_opening.py", vote.pk, sitting.actor.pk)
    vote.refresh_from_db()
    assert (vote.state, Voice.objects.count()) == (VoteState.DRAFT, 0)
    open_vote(vote, actor=sitting.actor, at=timezone.now())
    assert (Vote.objects.get().state, Voice.objects.count()) == (VoteState.OPEN, 2)
