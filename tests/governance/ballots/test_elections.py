"""election.json: what is read, what is refused, and that it is never written twice."""

from __future__ import annotations

import json

import pytest

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.elections import Question, read_election, write_election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import encode_point, multiply_base
from tests.governance.ballots.known import (
    BASE_AND_ORDER_8,
    ELECTION_K,
    NEUTRAL,
    election_of,
    lines,
    put,
    refused,
)

K = json.loads(ELECTION_K)
FIRST = ("questions", 0)


def test_the_election_of_another_program() -> None:
    election = election_of("homomorphic")
    assert election.fingerprint == "+1fOCVC9fIGC40DVALacQdzFZw/a1sqR0jRwvidKx80"
    assert election.uuid == "8yKip69wPe2yLi"
    assert election.name == "AGO 2026"
    assert election.shape == (3, 5, 5, 5)
    assert election.questions[1] == Question(
        "Deux sièges au conseil", ("Alice", "Bob", "Chloé", "David"), 1, 2, blank=True
    )
    assert list(election.questions[1].sums) == [1, 2]
    assert election.administrator is None


@pytest.mark.parametrize("vote", ["homomorphic", "threshold"])
def test_what_another_program_wrote_we_write_to_the_byte(vote: str) -> None:
    election = election_of(vote)
    written = write_election(
        uuid=election.uuid,
        name=election.name,
        description=election.description,
        public_key=encode_point(election.key),
        questions=election.questions,
    )
    assert written == lines(f"{vote}/election.json")[0]


def test_who_runs_it_may_be_said_last() -> None:
    written = write_election(
        uuid=K["uuid"],
        name="K",
        description="",
        public_key=K["public_key"],
        questions=[Question("Q", ("A", "B"), 1, 2, blank=True)],
        administrator="Alvéole",
        credential_authority="Le bureau",
    )
    suffix = ',"administrator":"Alvéole","credential_authority":"Le bureau"}'
    assert written == ELECTION_K[:-1] + suffix
    read = read_election(written)
    assert (read.administrator, read.credential_authority) == ("Alvéole", "Le bureau")


def test_blank_may_be_absent_or_false() -> None:
    for text in (
        ELECTION_K.replace('"blank":true', '"blank":false'),
        ELECTION_K.replace('"blank":true,', ""),
    ):
        (question,) = read_election(text).questions
        assert not question.blank
        assert question.places == 2


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (("version",), 2, Fault.VERSION_WRONG),
        (("version",), True, Fault.SHAPE_WRONG),
        (("version",), "1", Fault.SHAPE_WRONG),
        (("group",), "BELENIOS-2048", Fault.GROUP_WRONG),
        (("uuid",), "1" * 13, Fault.UUID_WRONG),
        (("uuid",), 11111111111111, Fault.SHAPE_WRONG),
        (("name",), None, Fault.SHAPE_WRONG),
        (("description",), 1, Fault.SHAPE_WRONG),
        (("public_key",), NEUTRAL, Fault.NEUTRAL_POINT),
        (("public_key",), BASE_AND_ORDER_8, Fault.POINT_INVALID),
        (("public_key",), K["public_key"].upper(), Fault.POINT_INVALID),
        (("questions",), [], Fault.BOUNDS_WRONG),
        (("questions",), {}, Fault.SHAPE_WRONG),
        (("questions", 0), "Q", Fault.SHAPE_WRONG),
        ((*FIRST, "blank"), 1, Fault.SHAPE_WRONG),
        ((*FIRST, "min"), -1, Fault.BOUNDS_WRONG),
        ((*FIRST, "min"), 3, Fault.BOUNDS_WRONG),
        ((*FIRST, "min"), False, Fault.SHAPE_WRONG),
        ((*FIRST, "max"), 3, Fault.BOUNDS_WRONG),
        ((*FIRST, "max"), 0, Fault.BOUNDS_WRONG),
        ((*FIRST, "max"), "2", Fault.SHAPE_WRONG),
        ((*FIRST, "answers"), [], Fault.BOUNDS_WRONG),
        ((*FIRST, "answers"), ["A", 1], Fault.SHAPE_WRONG),
        ((*FIRST, "question"), 1, Fault.SHAPE_WRONG),
        ((*FIRST, "type"), "NonHomomorphic", Fault.SHAPE_WRONG),
        (("administrator",), 1, Fault.SHAPE_WRONG),
        (("credential_authority",), None, Fault.SHAPE_WRONG),
        (("owner",), "x", Fault.SHAPE_WRONG),
    ],
)
def test_another_election_is_refused(path: tuple[str | int, ...], value: object, fault: Fault) -> None:
    with refused(fault):
        read_election(dumps(put(K, path, value)))


def test_none_may_choose_nothing_at_all() -> None:
    with refused(Fault.BOUNDS_WRONG):
        read_election(dumps(put(put(K, (*FIRST, "min"), 0), (*FIRST, "max"), 0)))
    assert read_election(dumps(put(K, (*FIRST, "min"), 0))).questions[0].minimum == 0


@pytest.mark.parametrize("text", ["[]", '"x"', "1", "null", "{}"])
def test_another_object_is_refused(text: str) -> None:
    with refused(Fault.SHAPE_WRONG):
        read_election(text)


def test_keys_out_of_order_and_another_writing_are_refused() -> None:
    with refused(Fault.SHAPE_WRONG):
        read_election(dumps(dict(reversed(K.items()))))
    with refused(Fault.SHAPE_WRONG):
        read_election(ELECTION_K[:-1] + ',"credential_authority":"b","administrator":"a"}')
    with refused(Fault.NOT_CANONICAL):
        read_election(ELECTION_K + "\n")


def test_what_would_be_refused_is_not_written() -> None:
    asked = {"uuid": K["uuid"], "name": "K", "description": "", "public_key": encode_point(multiply_base(5))}
    with refused(Fault.BOUNDS_WRONG):
        write_election(**asked, questions=[Question("Q", ("A",), 1, 2)])
    with refused(Fault.NOT_CANONICAL):
        write_election(**asked, questions=[Question("\ud800", ("A",), 1, 1)])
    with refused(Fault.NEUTRAL_POINT):
        write_election(**asked | {"public_key": NEUTRAL}, questions=[Question("Q", ("A",), 1, 1)])
