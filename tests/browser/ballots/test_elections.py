"""What the voter's page reads before it encrypts: the announced election and roll, or a refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from governance.engines.ballots.elections import read_election
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.worked import (
    BASE,
    H_FINGERPRINT,
    K_FINGERPRINT,
    K_KEY,
    NEUTRAL,
    TWICE,
    H,
    K,
    refused,
)

pytestmark = pytest.mark.browser

READ = """const { key, ...rest } = elections.readElection(given.text, given.announced);
    return { ...rest, key: group.encodePoint(key) }"""
ROLL = "return elections.readRoll(given)"


def read(run: Run, text: str, announced: str | None = None) -> Any:
    return run("elections group", READ, {"text": text, "announced": announced})


@pytest.mark.parametrize(("text", "fingerprint"), [(H, H_FINGERPRINT), (K, K_FINGERPRINT)])
def test_an_election_is_read_as_the_server_reads_it(run: Run, text: str, fingerprint: str) -> None:
    found, known = read(run, text, fingerprint), read_election(text)
    assert found["fingerprint"] == known.fingerprint == fingerprint
    assert [found["uuid"], found["name"], found["text"]] == [known.uuid, known.name, text]
    assert found["questions"] == [
        {
            "question": question.question,
            "answers": list(question.answers),
            "minimum": question.minimum,
            "maximum": question.maximum,
            "blank": question.blank,
        }
        for question in known.questions
    ]


def test_who_signs_an_election_comes_last(run: Run) -> None:
    text = K[:-1] + ',"administrator":"La présidente","credential_authority":"Le bureau"}'
    assert read(run, text)["name"] == "K"


@pytest.mark.parametrize("announced", [H_FINGERPRINT, "", K_FINGERPRINT[:-1]])
def test_another_election_than_the_announced_one_is_refused(run: Run, announced: str) -> None:
    assert read(run, K, announced) == refused("wrong_election")


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        (K_KEY, NEUTRAL, "neutral_point"),
        (K_KEY, "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826", "point_invalid"),
        (K_KEY, K_KEY.upper(), "point_invalid"),
        ('"version":1', '"version":2', "version_wrong"),
        ("Ed25519", "BELENIOS-2048", "group_wrong"),
        ("11111111111111", "1111111111111", "uuid_wrong"),
        ("11111111111111", "1111111111111l", "uuid_wrong"),
        ('"min":1', '"min":3', "bounds_wrong"),
        ('"min":1', '"min":-1', "bounds_wrong"),
        ('"max":2', '"max":3', "bounds_wrong"),
        ('"min":1,"max":2', '"min":0,"max":0', "bounds_wrong"),
        ('"min":1', '"min":"1"', "shape_wrong"),
        ('"blank":true', '"blank":1', "shape_wrong"),
        ('["A","B"]', '["A",1]', "shape_wrong"),
        ('["A","B"]', '{"0":"A","1":"B"}', "shape_wrong"),
        ('"question":"Q"', '"question":"Q","weight":2', "shape_wrong"),
        ('"name":"K"', '"name":null', "shape_wrong"),
        ('"description":"","name":"K"', '"name":"K","description":""', "shape_wrong"),
        ('"name":"K"', '"name": "K"', "not_canonical"),
        ("Q", "\\u00e9", "not_canonical"),
        (
            '[{"answers":["A","B"],"blank":true,"min":1,"max":2,"question":"Q"}]',
            "[]",
            "bounds_wrong",
        ),
    ],
)
def test_an_election_written_otherwise_is_refused(run: Run, was: str, becomes: str, code: str) -> None:
    assert was in K
    assert read(run, K.replace(was, becomes, 1)) == refused(code)


def test_a_roll_is_a_list_of_different_credentials(run: Run) -> None:
    roll = [TWICE, BASE]
    assert run("elections", ROLL, json.dumps(roll, separators=(",", ":"))) == roll


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f'["{TWICE}","{TWICE}"]', "credential_twice"),
        (f'["{TWICE},3"]', "point_invalid"),
        (f'["{TWICE.upper()}"]', "point_invalid"),
        ("[1]", "shape_wrong"),
        ("{}", "shape_wrong"),
        (f'["{TWICE}"]\n', "not_canonical"),
    ],
)
def test_any_other_roll_is_refused(run: Run, text: str, code: str) -> None:
    assert run("elections", ROLL, text) == refused(code)
