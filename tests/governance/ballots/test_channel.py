"""How members of a group write to each other: the worked seed and seal, and what is not opened."""

from __future__ import annotations

import json

import pytest

from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.channel import decrypt, encrypt, keys_of, new_seed, receive, send, sign
from governance.engines.ballots.credentials import ALPHABET
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import encode_point
from governance.engines.ballots.trustees import Member, signed_text
from tests.governance.ballots.known import BASE_AND_ORDER_8, put, refused

KEYS = keys_of("hC2dVtaxqZpXPMhF169gSR")
OTHER = keys_of("B" * 22)
SEALED = (
    '{"algorithm":"AES-GCM","alpha":"2260cdf3092329c21da25ee8c9a21f5697390f51643851560e5f46ae6af8a3c9",'
    '"beta":"52fc9fd5a0798079b9be3268c5636b0613857ab7fed9e39c6d7cc3061e04ca02",'
    '"data":"95a78c9436e127659648ba4011adb27b5931a5802d0b9a"}'
)


def member(keys: object = KEYS) -> Member:
    return Member(3, 2, 1, keys.verification, keys.encryption)  # type: ignore[attr-defined]


def test_the_worked_seed() -> None:
    assert KEYS.signing == 6365274125204872908854916438724228226867413557712268843846377096065079551790
    assert KEYS.opening == 7120881161547649093432503683399851235005584872077139112240993993261264500704
    verification = "7f0234c05e541287958bfb50d0a42b1326c43c5c250a454d37fee94b81797823"
    assert encode_point(KEYS.verification) == verification
    encryption = "a6264d3d33046ca247ff33ebc45545f15a5589ad2a0c69e3aea848717b42f512"
    assert encode_point(KEYS.encryption) == encryption


def test_seeds_are_drawn() -> None:
    seeds = {new_seed() for _ in range(50)}
    assert len(seeds) == 50
    assert all(len(seed) == 22 and set(seed) <= set(ALPHABET) for seed in seeds)


def test_the_worked_seal() -> None:
    assert encrypt(KEYS.encryption, "bonjour", iter([2, 3]).__next__) == SEALED
    assert decrypt(KEYS.opening, SEALED) == "bonjour"


def test_what_is_sent_is_received() -> None:
    sealed = send(OTHER, KEYS.encryption, 'é "|"')
    assert receive(KEYS, member(OTHER), sealed) == 'é "|"'
    assert "é" not in sealed


def test_another_reader_or_another_sender_is_refused() -> None:
    sealed = send(OTHER, KEYS.encryption, "x")
    with refused(Fault.CHANNEL_WRONG):
        receive(OTHER, member(OTHER), sealed)
    with refused(Fault.SIGNATURE_WRONG):
        receive(KEYS, member(KEYS), sealed)


def test_a_message_sealed_anew_for_another_is_refused() -> None:
    """Its reader hands it on under its own seal: it still says who it was for."""
    third = keys_of("C" * 22)
    signed = decrypt(KEYS.opening, send(OTHER, KEYS.encryption, "x"))
    with refused(Fault.CHANNEL_WRONG):
        receive(third, member(OTHER), encrypt(third.encryption, signed))


def test_a_signature_is_of_its_message_and_of_its_author() -> None:
    signed = sign(KEYS, "x")
    assert signed_text(signed, member()) == "x"
    with refused(Fault.SIGNATURE_WRONG):
        signed_text(signed | {"message": "y"}, member())
    with refused(Fault.SIGNATURE_WRONG):
        signed_text(signed, member(OTHER))
    with refused(Fault.SHAPE_WRONG):
        signed_text(signed | {"message": 1}, member())


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("algorithm", "AES-CCM", Fault.CHANNEL_WRONG),
        ("algorithm", None, Fault.CHANNEL_WRONG),
        ("data", "95a78c", Fault.CHANNEL_WRONG),
        ("data", json.loads(SEALED)["data"].upper(), Fault.CHANNEL_WRONG),
        ("data", json.loads(SEALED)["data"] + "0", Fault.CHANNEL_WRONG),
        ("data", "0" + json.loads(SEALED)["data"][1:], Fault.CHANNEL_WRONG),
        ("data", 1, Fault.SHAPE_WRONG),
        ("alpha", BASE_AND_ORDER_8, Fault.POINT_INVALID),
        ("beta", BASE_AND_ORDER_8, Fault.POINT_INVALID),
        ("alpha", encode_point(KEYS.encryption), Fault.CHANNEL_WRONG),
        ("beta", encode_point(KEYS.encryption), Fault.CHANNEL_WRONG),
    ],
)
def test_a_seal_that_was_touched_is_refused(key: str, value: object, fault: Fault) -> None:
    with refused(fault):
        decrypt(KEYS.opening, dumps(put(json.loads(SEALED), (key,), value)))


def test_the_algorithm_must_be_said() -> None:
    sealed = json.loads(SEALED)
    del sealed["algorithm"]
    with refused(Fault.SHAPE_WRONG):
        decrypt(KEYS.opening, dumps(sealed))


def test_what_is_sealed_must_be_text() -> None:
    class Raw(str):
        __slots__ = ()

        def encode(self, *_: object) -> bytes:
            return b"\xff"

    with refused(Fault.NOT_CANONICAL):
        decrypt(KEYS.opening, encrypt(KEYS.encryption, Raw()))
