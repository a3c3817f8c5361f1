"""The measure of the secret ballot: the same work on both sides, and an assembly within its minute."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest
from nacl import bindings

from cae.demonstration.bench import ballots
from governance.engines.ballots.archive import add_ballot, add_setup, start
from governance.engines.ballots.audit import verify_archive
from governance.engines.ballots.credentials import public_credential, write_roll
from governance.engines.ballots.elections import Question, read_election, write_election
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.sharing import single_key
from governance.engines.ballots.trustees import read_trustees, write_trustees


def test_both_comparisons_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballots, "TURNS_OF_VERIFYING", 2)
    one, many = ballots.measure_ballots(ballots=200)
    assert (one.name, many.name) == ("ballot of 10 questions, verified", "200 ballots of a question, added")
    assert min(one.ours, one.bare, many.ours, many.bare) > 0


def test_the_bare_multiplications_are_those_of_the_verifier(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many of each kind: else the ratio would flatter or belittle."""
    ours, bare = ballots._verifying(ballots._election(3))
    counted: Counter[str] = Counter()
    for name in ("crypto_scalarmult_ed25519_noclamp", "crypto_scalarmult_ed25519_base_noclamp"):
        for module in ("cae.demonstration.bench.ballots", "governance.engines.ballots.group"):
            real = getattr(bindings, name)

            def counting(*given: Any, real: Any = real, key: str = f"{module} {name}") -> Any:
                counted[key] += 1
                return real(*given)

            monkeypatch.setattr(f"{module}.{name}", counting)
    ours()
    bare()
    assert sorted(counted.values()) == [22, 22, 64, 64]


@pytest.mark.full
def test_an_assembly_of_200_voters_and_20_questions_is_verified_within_a_minute() -> None:
    question = Question("Résolution", ("Pour", "Contre", "Abstention"), 1, 1)
    key = single_key(5)
    uuid = "2" * 14
    election = write_election(
        uuid=uuid,
        name="N",
        description="",
        public_key=str(key["public_key"]),
        questions=[question] * 20,
    )
    codes = [
        f"11111-111111-11111-1111{first}{last}" for first in "23456789ABCDEFGHJKLM" for last in "23456789AB"
    ]
    roll = write_roll(public_credential(uuid, code) for code in codes)
    setup = add_setup(0, election=election, trustees=read_trustees(write_trustees([key])).text, roll=roll)
    data, last = start(0) + setup.data, setup.event
    for code in codes:
        ballot = make_ballot(read_election(election), code, [(1, 0, 0)] * 20)
        data, last = data + (one := add_ballot(0, last, ballot)).data, one.event
    began = time.process_time()
    report = verify_archive(data, unfinished=True)
    assert time.process_time() - began < 60
    assert (report.sound, report.kept) == (True, 200)
