"""Ballots that must be refused: each is one of the vote of `voted`, with one thing wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import private_key
from governance.engines.ballots.elections import read_election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import BASE, add, decode_point, encode_point
from governance.engines.ballots.making import make_ballot
from tests.governance.ballots.known import NEUTRAL, ORDER_8, put, signed_anew
from tests.governance.ballots.voted import CODES, UUID, VOTES, a_vote

STRANGER = "GGGGG-GGGGGG-GGGGG-GGGGGG"


def ballot(number: int) -> dict[str, Any]:
    """The ballot of this number, as a value to alter."""
    value: dict[str, Any] = json.loads(a_vote().events[number][1][0])
    return value


def key_of(number: int) -> int:
    return private_key(UUID, CODES[VOTES[number - 1][0]])


def two_voices() -> str:
    """A third voice hidden in the first choice; true hash, true signature."""
    value = ballot(3)
    beta = value["answers"][0]["choices"][0]["beta"]
    more = encode_point(add(decode_point(beta), BASE))
    return signed_anew(put(value, ["answers", 0, "choices", 0, "beta"], more), key_of(3))


def of_another_election() -> str:
    text = a_vote().election.replace("Assemblée", "Assemblee")
    return make_ballot(read_election(text), CODES[1], VOTES[2][1])


def of_a_stranger() -> str:
    return make_ballot(read_election(a_vote().election), STRANGER, VOTES[2][1])


def badly_signed() -> str:
    return dumps(put(ballot(3), ["signature", "proof", "response"], "1"))


def badly_hashed() -> str:
    return dumps(put(ballot(3), ["signature", "hash"], "A" * 43))


def of_neutral_alpha() -> str:
    value = put(ballot(3), ["answers", 0, "choices", 0, "alpha"], NEUTRAL)
    return signed_anew(value, key_of(3))


def of_order_8() -> str:
    value = put(ballot(3), ["answers", 1, "choices", 2, "beta"], ORDER_8)
    return signed_anew(value, key_of(3))


def in_capitals() -> str:
    """A form that other programs tolerate."""
    path = ["answers", 0, "choices", 0, "beta"]
    beta = ballot(3)["answers"][0]["choices"][0]["beta"].upper()
    return signed_anew(put(ballot(3), path, beta), key_of(3))


def with_a_leading_zero() -> str:
    path = ["answers", 0, "overall_proof", 0, "response"]
    response = ballot(3)["answers"][0]["overall_proof"][0]["response"]
    return signed_anew(put(ballot(3), path, "0" + response), key_of(3))


def with_more() -> str:
    return dumps(ballot(3) | {"weight": 3})


def of_one_answer_less() -> str:
    return signed_anew(ballot(3) | {"answers": ballot(3)["answers"][:-1]}, key_of(3))


def nested() -> str:
    return "[" * 200_000


BALLOTS: list[tuple[Callable[[], str], Fault]] = [
    (two_voices, Fault.PROOF_WRONG),
    (of_another_election, Fault.WRONG_ELECTION),
    (of_a_stranger, Fault.CREDENTIAL_UNKNOWN),
    (badly_signed, Fault.SIGNATURE_WRONG),
    (badly_hashed, Fault.HASH_WRONG),
    (of_neutral_alpha, Fault.NEUTRAL_POINT),
    (of_order_8, Fault.POINT_INVALID),
    (in_capitals, Fault.POINT_INVALID),
    (with_a_leading_zero, Fault.SCALAR_INVALID),
    (with_more, Fault.SHAPE_WRONG),
    (of_one_answer_less, Fault.SHAPE_WRONG),
    (nested, Fault.TOO_BIG),
]
