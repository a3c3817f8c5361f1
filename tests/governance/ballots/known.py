"""Votes whose every value is known: the fixtures made with other programs, and small elections of our own."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import public_credential
from governance.engines.ballots.elections import Election, Question, read_election, write_election
from governance.engines.ballots.faults import BallotFault, Fault
from governance.engines.ballots.group import b64_of, encode_point, multiply_base
from governance.engines.ballots.proving import prove_known

DATA = Path(__file__).parents[2] / "data" / "voting"

ORDER_8 = "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"
BASE_AND_ORDER_8 = "e20308f05df6a41a9b5b75999f23eeca8ee75990ba5fa235decd29a58be299da"
BASE_AND_ORDER_2 = "99" * 31 + "95"
NEUTRAL = "0" * 63 + "1"

# §13: one Single trustee whose key is 5, draws 1, 2, 3, …
ELECTION_K = (
    '{"version":1,"description":"","name":"K","group":"Ed25519","public_key":'
    '"df4825b298feae6fe02c6e148992466631282eca89430b5d10d21f83d676c8ed","questions":[{"answers":["A","B"],'
    '"blank":true,"min":1,"max":2,"question":"Q"}],"uuid":"11111111111111"}'
)
CODE_K = "11111-111111-11111-111111"
CREDENTIAL_K = "6be53e799ef86b639f838e02b78e9dc9162275f0b256f9f5079b4b217f8c30b5"
KEY_K = 5

# Whatever JSON can say.
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def lines(name: str) -> list[str]:
    """The objects of a file of the fixtures: the newline that ends each is not part of it."""
    return (DATA / name).read_text(encoding="utf-8").removesuffix("\n").split("\n")


def roll_of(vote: str) -> tuple[str, ...]:
    """The credentials that `archive init` was given: their weight and their voter left out."""
    return tuple(entry.split(",")[0] for entry in json.loads(lines(f"{vote}/public_creds.json")[0]))


def election_of(vote: str) -> Election:
    return read_election(lines(f"{vote}/election.json")[0])


def election_k() -> Election:
    return read_election(ELECTION_K)


def small_election(
    key: int = KEY_K, *, answers: int = 2, minimum: int = 1, maximum: int = 1, blank: bool = False
) -> Election:
    """One question, one trustee whose key is known."""
    question = Question("Q", tuple("ABCDEFGH"[:answers]), minimum, maximum, blank)
    return read_election(
        write_election(
            uuid="11111111111111",
            name="N",
            description="",
            public_key=encode_point(multiply_base(key)),
            questions=[question],
        )
    )


def code(number: int) -> str:
    """A code for each voter of a small election."""
    return f"11111-111111-11111-11111{'23456789ABCDEFGHJKLMNPQRSTUVWXYZ'[number]}"


def credential(number: int) -> str:
    return public_credential("11111111111111", code(number))


def counter() -> Callable[[], int]:
    """The source of §13: 1, 2, 3, …"""
    return itertools.count(1).__next__


def signed_anew(body: dict[str, Any], private: int) -> str:
    """This ballot, whatever is in it, with a true hash and a true signature."""
    body = {key: value for key, value in body.items() if key != "signature"}
    signed = b64_of(dumps(body))
    proof = prove_known(private, f"sig|{signed}|", counter())
    return dumps(body | {"signature": {"hash": signed, "proof": proof.plain()}})


@contextmanager
def refused(fault: Fault, *, trustee: int | None = None) -> Iterator[None]:
    """What is inside is refused, for this reason, by this trustee's name."""
    with pytest.raises(BallotFault) as caught:
        yield
    assert caught.value.code is fault
    assert caught.value.trustee == trustee


def put(value: Any, path: Sequence[int | str], new: object) -> Any:
    """A copy of a JSON value with `new` in this place."""
    copy = json.loads(json.dumps(value))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return copy
