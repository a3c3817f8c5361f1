"""A vote played with throw-away keys: what was cast is counted, with as few scrutineers as may be."""

from __future__ import annotations

import pytest

from governance.engines.ballots.elections import Question
from governance.engines.ballots.rehearsing import Rehearsal, make_group, mock_vote, rehearse

ONE = Question("Texte", ("Pour", "Contre", "Abstention"), 1, 1)
SEATS = Question("Conseil", ("Ana", "Bob", "Cid"), 1, 2, blank=True)
DOTS = Question("Points", ("Un", "Deux"), 0, 2)


def test_every_answer_is_cast_and_counted() -> None:
    found = rehearse([ONE, SEATS, DOTS], size=3, threshold=2)
    assert found.succeeded
    assert (found.voters, found.ballots) == (4, 5)
    assert found.counted == found.cast == ((2, 1, 1), (1, 1, 1, 1), (2, 2))


@pytest.mark.parametrize(
    ("question", "votes"),
    [
        (ONE, [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]),
        (SEATS, [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, 0, 0, 0]]),
        (Question("Deux", ("A", "B", "C"), 2, 2), [[1, 1, 0], [0, 1, 1], [1, 0, 1]]),
    ],
)
def test_voters_choose_in_turn(question: Question, votes: list[list[int]]) -> None:
    assert [mock_vote(question, rank) for rank in range(len(votes))] == votes


def test_few_voters_are_enough_and_many_answers_bring_no_crowd() -> None:
    assert rehearse([Question("Oui ?", ("Oui",), 0, 1)], size=2, threshold=1).voters == 3
    many = Question("Liste", tuple(f"Candidat {rank}" for rank in range(15)), 1, 1)
    assert rehearse([many], size=2, threshold=1).voters == 12


def test_what_is_counted_otherwise_or_not_sound_does_not_succeed() -> None:
    good = Rehearsal(3, 4, ((1,),), ((1,),), b"", sound=True)
    assert good.succeeded
    assert not Rehearsal(3, 4, ((1,),), ((2,),), b"", sound=True).succeeded
    assert not Rehearsal(3, 4, ((1,),), ((1,),), b"", sound=False).succeeded


def test_the_shares_of_a_group_are_each_their_own() -> None:
    group = make_group(3, 2)
    assert len({group.private(index) for index in (1, 2, 3)}) == 3
