"""Secret ballots under many hands: at every instant as many codes in the box as voices marked, one chain, and
a killed process leaves nothing half-done (GOV-26, GOV-33)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from governance.engines.ballots.audit import verify_archive
from governance.models import Ballot, BallotBox, BoxEvent, RollEntry
from governance.selectors.box_archive import archive_of, counters_of
from governance.services.ballot_casting import Cast, cast_ballot
from governance.services.paper_voices import note_paper
from governance.services.secret_opening import close_secret_vote
from governance.states.secret import Channel, SecretState
from tests.factories.governance_ballots import CONTRE, POUR, OpenBox, make_open_box
from tests.factories.governance_secret import make_scrutin
from tests.factories.kernel import make_cooperative
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def casting(made: OpenBox, voice: int, text: str, *, by: int | None = None) -> Callable[[], Cast]:
    actor = made.sitting.users[voice if by is None else by]
    return partial(cast_ballot, made.entry(voice), text=text, actor=actor, at=timezone.now())


def counted(box: BallotBox) -> tuple[int, int, int]:
    """Ballots, codes that voted, voices marked; the archive of the box is sound."""
    assert not verify_archive(archive_of(box), unfinished=True).faults
    counters = counters_of(box)
    return counters.ballots, counters.credentials, counters.marked


def refusals(results: list[Any]) -> list[Code]:
    return [one.code for one in results if isinstance(one, Refused)]


def test_two_ballots_of_one_code_make_one_mark_and_a_chain(race: Race) -> None:
    made = make_open_box(1)
    results = race([casting(made, 0, made.ballot(0, choice)) for choice in (POUR, CONTRE)])
    assert refusals(results) == []
    assert counted(made.box) == (2, 1, 1)


def test_one_ballot_sent_from_two_tabs_enters_once(race: Race) -> None:
    made = make_open_box(1)
    text = made.ballot(0)
    results = race([casting(made, 0, text)] * 3)
    assert refusals(results) == [Code.ALREADY_DONE] * 2
    assert counted(made.box) == (1, 1, 1)


def test_the_first_of_two_is_final_where_the_rules_say_so(race: Race) -> None:
    made = make_open_box(1, ballot_final="first")
    results = race([casting(made, 0, made.ballot(0, choice)) for choice in (POUR, CONTRE)])
    assert refusals(results) == [Code.ALREADY_DONE]
    assert counted(made.box) == (1, 1, 1)


def test_two_codes_at_once_do_not_vote_for_one_voice(race: Race) -> None:
    made = make_open_box(2, held={1: 0})
    results = race([casting(made, 0, made.ballot(code)) for code in (0, 1)])
    assert refusals(results) == [Code.NOT_ALLOWED]
    assert counted(made.box) == (1, 1, 1)


def test_one_code_at_once_does_not_vote_for_two_voices(race: Race) -> None:
    made = make_open_box(2, held={1: 0})
    results = race([casting(made, voice, made.ballot(0), by=0) for voice in (0, 1)])
    assert refusals(results) == [Code.NOT_ALLOWED]
    assert counted(made.box) == (1, 1, 1)


def test_a_voice_votes_on_paper_or_on_its_screen(race: Race) -> None:
    made = make_open_box(1)
    note = partial(note_paper, made.entry(0), actor=made.sitting.actor, at=timezone.now())
    results = race([casting(made, 0, made.ballot(0)), note])
    assert len(refusals(results)) == 1
    entry = made.entry(0)
    voted = int(entry.channel == Channel.SCREEN)
    assert counted(made.box) == (voted, voted, voted)
    assert entry.has_voted


def test_twenty_voters_at_once_are_twenty_marks_in_one_chain(race: Race) -> None:
    made = make_open_box(20)
    results = race([casting(made, rank, made.ballot(rank)) for rank in range(20)])
    assert refusals(results) == []
    assert counted(made.box) == (20, 20, 20)
    heights = Ballot.objects.order_by("height").values_list("height", flat=True)
    assert list(heights) == list(range(1, 21))


def test_a_ballot_that_meets_the_close_is_in_the_box_or_refused(race: Race) -> None:
    make_cooperative()
    made = make_scrutin(SecretState.OPEN, present=6)
    acts: list[Callable[[], Any]] = []
    for rank, user in enumerate(made.sitting.users):
        entry = made.entry_of(rank)
        text = made.ballot(entry, [POUR])
        acts.append(partial(cast_ballot, entry, text=text, actor=user, at=timezone.now()))
    acts.insert(3, partial(close_secret_vote, made.vote, **made.by()))
    results = race(acts)
    late = refusals(results)
    assert set(late) <= {Code.ILLEGAL_MOVE}
    accepted = 6 - len(late)
    assert counted(made.box) == (accepted, accepted, accepted)
    kinds = list(BoxEvent.objects.order_by("height").values_list("kind", flat=True))
    assert kinds == ["Setup", *["Ballot"] * accepted, "EndBallots"]
    made.vote.refresh_from_db()
    assert made.vote.state == SecretState.CLOSED


def test_a_process_killed_while_it_casts_leaves_the_voice_to_vote() -> None:
    made = make_open_box(2)
    text = made.ballot(0)
    kill_in("dying_secret_ballots.py", made.entry(0).pk, made.sitting.users[0].pk, text)
    assert counted(made.box) == (0, 0, 0)
    assert not RollEntry.objects.exclude(channel="", quarter=None).exists()
    # The very ballot that was lost enters, on the first link of the chain.
    casting(made, 0, text)()
    assert counted(made.box) == (1, 1, 1)
