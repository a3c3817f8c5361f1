"""Codes, what is derived from them, and rolls."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.engines.ballots.credentials import (
    ALPHABET,
    fingerprint,
    is_uuid,
    new_code,
    new_uuid,
    private_key,
    public_credential,
    read_roll,
    tidy_code,
    write_roll,
)
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import b64_of
from tests.governance.ballots.known import (
    BASE_AND_ORDER_8,
    DATA,
    NEUTRAL,
    credential,
    lines,
    refused,
    roll_of,
)

UUID = "8yKip69wPe2yLi"
CODE = "NCRrC-1Sgftg-Jtmab-wnmi77"


def test_worked_credential() -> None:
    private = 6106154893249017280013586911988398506753395653211040842125830716920827711887
    assert private_key(UUID, CODE) == private
    assert public_credential(UUID, CODE) == "30f3a1a941fc25b9336f5b219f13ed8a1ab2e8301e846a361fbd87fc8190728b"


def test_every_code_of_the_fixture_gives_its_credential() -> None:
    codes = json.loads(lines("homomorphic/private_creds.json")[0])
    entries = json.loads(lines("homomorphic/public_creds.json")[0])
    assert len(entries) == len(codes) == 12
    for entry in entries:
        public, _, voter = entry.split(",")
        assert public_credential(UUID, codes[voter]) == public


def test_codes_and_uuids_are_drawn() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    for drawn in codes:
        assert [len(part) for part in drawn.split("-")] == [5, 6, 5, 6]
        assert tidy_code(drawn) == drawn
    assert is_uuid(new_uuid())
    assert new_uuid() != new_uuid()


@pytest.mark.parametrize(
    "typed",
    [
        "NCRrC1SgftgJtmabwnmi77",
        " NCRrC-1Sgftg Jtmab wnmi77\n",
        "NCRrC‑1Sgftg‑Jtmab‑wnmi77",
        "NCRr-C1Sg-ftgJ-tmab-wnmi-77",
    ],
)
def test_hyphens_are_restored(typed: str) -> None:
    assert tidy_code(typed) == CODE
    assert private_key(UUID, typed) == private_key(UUID, CODE)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        CODE[:-1],
        CODE + "2",
        CODE.replace("C", "0", 1),
        CODE.replace("7", "l", 1),
        CODE.replace("7", "é", 1),
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with refused(Fault.CODE_MALFORMED):
        tidy_code(typed)


@given(st.text(max_size=30) | st.text(ALPHABET, min_size=20, max_size=24))
def test_whatever_is_typed_is_a_code_or_refused(typed: str) -> None:
    if len(typed) == 22 and set(typed) <= set(ALPHABET):
        assert tidy_code(typed).replace("-", "") == typed
    elif not set(typed) & set("- "):
        with refused(Fault.CODE_MALFORMED):
            tidy_code(typed)


@pytest.mark.parametrize("text", ["", "1" * 13, "1" * 13 + "0", "1" * 14 + "\n", "1" * 13 + "é"])
def test_what_is_no_uuid(text: str) -> None:
    assert not is_uuid(text)


def test_the_roll_of_the_oracle_is_ours_to_the_byte() -> None:
    """Sorted by the bytes of RFC 8032: whoever kept the order of the voters learns nothing from it."""
    for vote in ("homomorphic", "threshold"):
        written = write_roll(roll_of(vote))
        assert written.encode() in (DATA / vote / "archive.bel").read_bytes()
        assert sorted(read_roll(written)) == sorted(roll_of(vote))
        assert write_roll(reversed(roll_of(vote))) == written
        assert fingerprint(written) == b64_of(written)


def test_a_roll_in_another_order_is_read() -> None:
    given_ = json.dumps([credential(2), credential(0), credential(1)], separators=(",", ":"))
    assert read_roll(given_) == (credential(2), credential(0), credential(1))


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ([credential(0), credential(1), credential(0)], Fault.CREDENTIAL_TWICE),
        ([credential(0), NEUTRAL], Fault.NEUTRAL_POINT),
        ([BASE_AND_ORDER_8], Fault.POINT_INVALID),
        ([credential(0).upper()], Fault.POINT_INVALID),
        ([credential(0) + ",2"], Fault.POINT_INVALID),
        ([credential(0) + ",1"], Fault.POINT_INVALID),
        ([7], Fault.POINT_INVALID),
    ],
)
def test_a_false_roll_is_neither_written_nor_read(entries: list[str], fault: Fault) -> None:
    with refused(fault):
        write_roll(entries)
    with refused(fault):
        read_roll(json.dumps(entries, separators=(",", ":")))


def test_a_roll_is_a_list() -> None:
    with refused(Fault.SHAPE_WRONG):
        read_roll("{}")
    with refused(Fault.NOT_CANONICAL):
        read_roll("[ ]")
    assert read_roll("[]") == ()
