"""What `belenios-tool` says of the votes with known results and of a vote of our own: every ballot, then the
whole. Where no version of it can be had, these tests say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from governance.engines.ballots.archive import Kind, read_archive
from tests.governance.ballots.altered import badly_signed, of_a_stranger, of_another_election, two_voices
from tests.governance.ballots.known import DATA
from tests.governance.ballots.test_false_total import Attack
from tests.governance.ballots.voted import RESULT, Vote, a_vote, vote_of, written
from tests.house.tables import check_generated
from tests.oracle import belenios

KEPT = Path(__file__).parents[2] / "docs" / "verify" / "belenios-tool.txt"
HEAD = """\
What belenios-tool 3.0 says of the votes with known results (tests/data/voting) and of a vote of Alvéole.
Written by tests/oracle/test_belenios.py: each ballot is verified against the setup, then the whole archive.
"""


@pytest.fixture(scope="module", autouse=True)
def _there() -> None:
    try:
        belenios.command()
    except belenios.NoOracle as reason:
        pytest.skip(str(reason))


def votes() -> dict[str, bytes]:
    """The archives to verify, by name."""
    known = {name: (DATA / name / "archive.bel").read_bytes() for name in ("homomorphic", "threshold")}
    return known | {"alveole": a_vote().data, "alveole, nobody voted": vote_of(()).data}


def laid(folder: Path, data: bytes, *ballots: str) -> Path:
    """A folder as the tool wants it: one archive, and ballots beside it."""
    folder.mkdir(parents=True)
    (folder / "vote.bel").write_bytes(data)
    for number, text in enumerate(ballots, 1):
        (folder / f"ballot{number}.json").write_text(text)
    return folder


def asked(folder: Path, *words: str) -> Iterator[str]:
    """A command and what the tool says, as one would read it in a terminal."""
    yield "$ belenios-tool " + " ".join(words)
    status, said = belenios.told(*words, folder=folder)
    yield from said.splitlines()
    if status:
        yield f"(status {status})"


def transcript(folder: Path) -> Iterator[str]:
    for name, data in votes().items():
        events = [(one.kind, one.objects) for one in read_archive(data).events]
        ballots = [objects[0] for kind, objects in events if kind is Kind.BALLOT]
        yield from ("", f"== {name}")
        alone = laid(folder / name / "setup", written(events[:1]), *ballots)
        for number in range(1, len(ballots) + 1):
            yield from asked(
                alone, "election", "verify-ballot", "--dir", ".", "--ballot", f"ballot{number}.json"
            )
        yield from asked(laid(folder / name / "whole", data), "election", "verify", "--dir", ".")


def test_it_accepts_every_ballot_and_every_archive(tmp_path: Path) -> None:
    lines = list(transcript(tmp_path))
    assert lines.count("I: ballot is valid") == 8 + 5 + 5
    assert lines.count("I: all checks passed") == 4
    assert not [line for line in lines if line.startswith("(status")]
    if belenios.version(belenios.command()) == belenios.LEAST:  # another one may use other words
        check_generated(KEPT, "\n".join([HEAD.rstrip(), *lines, ""]))


def test_it_finds_the_result_that_we_find(tmp_path: Path) -> None:
    vote = a_vote()
    place = vote.place(Kind.RESULT)
    folder = laid(tmp_path / "vote", written(vote.events[:place]))
    status, said = belenios.told("election", "compute-result", "--dir", ".", folder=folder)
    assert status == 0, said
    assert RESULT in said


def test_it_believes_the_false_total_that_strict_proofs_refuse(tmp_path: Path) -> None:
    """What our own files of strict proofs are for."""
    folder = laid(tmp_path / "vote", Attack().archive)
    status, said = belenios.told("election", "verify", "--dir", ".", folder=folder)
    assert (status, said.splitlines()[-1]) == (0, "I: all checks passed")


@pytest.mark.parametrize("made", [two_voices, of_another_election, of_a_stranger, badly_signed])
def test_it_refuses_false_ballots_when_asked_one_by_one(made: Callable[[], str], tmp_path: Path) -> None:
    vote: Vote = a_vote()
    folder = laid(tmp_path / "vote", written(vote.events[:1]), made())
    status, said = belenios.told(
        "election", "verify-ballot", "--dir", ".", "--ballot", "ballot1.json", folder=folder
    )
    assert status
    assert re.search("error|invalid|Ballot", said)
