"""Ballots made in Chromium: byte for byte those of the protocol, and such as the server's engine accepts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from hashlib import sha256
from itertools import combinations
from typing import Any

import pytest
from django.conf import settings

from governance.engines.ballots import making
from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import public_credential
from governance.engines.ballots.elections import Election, Question, read_election, write_election
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.origin import Answer, Origin
from tests.browser.ballots.worked import BASE, DATA, H_CODES, K_CODE, K_KEY, NEUTRAL, H, K, line, refused

pytestmark = pytest.mark.browser

MAKE = """const election = elections.readElection(given.election);
    const secret = credentials.privateKey(election.uuid, given.code);
    const { questions } = election;
    const plaintexts = given.ticked.map((ticks, place) => ballot.plaintextOf(questions[place], ticks, place));
    let drawn = 0n;
    const draw = given.counted ? () => ++drawn : undefined;
    const made = ballot.makeBallot(election, { secret, plaintexts, draw });
    return { text: made.text, tracker: made.tracker, drawn: String(drawn) }"""
VERIFY = "return verify.verifyBallot(given.text, elections.readElection(given.election)).tracker"
BALLOTS = [
    line(name, number)
    for name, count in (
        ("homomorphic/ballots_js_accepted.txt", 5),
        ("homomorphic/ballots_oracle.txt", 2),
        ("homomorphic/ballot_revote.txt", 1),
    )
    for number in range(count)
]


def make(run: Run, election: str, ticked: list[Any], code: str = K_CODE, *, counted: bool = False) -> Any:
    given = {"election": election, "code": code, "ticked": ticked, "counted": counted}
    return run("ballot credentials elections", MAKE, given)


def accepted(text: str, election: Election, code: str) -> None:
    roll = {public_credential(election.uuid, code)}
    assert check_ballot(text, election, roll).credential in roll


@pytest.mark.parametrize(
    ("ticked", "size", "digest"),
    [
        ([0], 2095, "be635299d4d12d1d50d5ce74c39b7bc7db3445348c6a5fb380a6e99990ce617f"),
        ([0, 1], 2096, "2ddb87e1f08f676fdbceb8f265414612e53885f5e78d33a48f01ab844159e690"),
        ("blank", 2094, "18966a9fbbcede9b5dea6bf14db605365b797b8acacb4878a071fb447eca8032"),
    ],
)
def test_the_worked_ballots_come_out_byte_for_byte(
    run: Run, ticked: list[int] | str, size: int, digest: str
) -> None:
    made = make(run, K, [ticked], counted=True)
    assert [len(made["text"]), sha256(made["text"].encode()).hexdigest()] == [size, digest]
    assert made["drawn"] == "21"


def test_both_sides_write_the_same_ballot_from_the_same_numbers(run: Run) -> None:
    drawn = iter(range(1, 1000))
    votes = [[0, 0, 1], [0, 1, 0, 0, 1], [1, 0, 0, 0, 0], [0, 0, 0, 1, 0]]
    ours = make(run, H, [[2], [0, 3], [0], [3]], H_CODES["12"], counted=True)
    theirs = making.make_ballot(read_election(H), H_CODES["12"], votes, draw=lambda: next(drawn))
    assert ours["text"] == theirs


def question(**others: Any) -> Question:
    return replace(Question("Q", ("A", "B", "C"), 1, 1, False), **others)


# Each way of asking that the room knows, with every ballot that it allows.
ASKED = {
    "one of three": (question(), [[place] for place in range(3)]),
    "none to two, dots": (
        question(minimum=0, maximum=2),
        [list(some) for size in range(3) for some in combinations(range(3), size)],
    ),
    "one to three or blank": (
        question(maximum=3, blank=True),
        ["blank", *(list(some) for size in (1, 2, 3) for some in combinations(range(3), size))],
    ),
    "none to three or blank": (question(minimum=0, maximum=3, blank=True), ["blank", [], [0, 2]]),
    "all": (question(minimum=3, maximum=3), [[0, 1, 2]]),
}


@pytest.mark.parametrize("way", ASKED)
def test_the_server_accepts_every_ballot_that_a_question_allows(run: Run, way: str) -> None:
    asked, ticks = ASKED[way]
    text = write_election(
        uuid="11111111111111", name="N", description="", public_key=K_KEY, questions=[asked, question()]
    )
    for ticked in ticks:
        accepted(make(run, text, [ticked, [1]])["text"], read_election(text), K_CODE)


@pytest.mark.parametrize(
    ("asked", "ticked"),
    [
        (question(), []),
        (question(), [0, 1]),
        (question(), "blank"),
        (question(), [3]),
        (question(), [0, 0]),
        (question(), [-1]),
        (question(minimum=0), [0, 5]),
        (question(minimum=2, maximum=3, blank=True), [1]),
    ],
)
def test_what_a_question_does_not_allow_is_refused(
    run: Run, asked: Question, ticked: list[int] | str
) -> None:
    text = write_election(
        uuid="11111111111111", name="N", description="", public_key=K_KEY, questions=[question(), asked]
    )
    assert make(run, text, [[0], ticked]) == {"fault": "choice_invalid", "place": 1}


def test_the_same_vote_twice_makes_two_ballots(run: Run) -> None:
    one, other = (json.loads(make(run, K, [[0]])["text"]) for _ in range(2))
    assert one["credential"] == other["credential"]
    assert one["answers"][0]["choices"] != other["answers"][0]["choices"]


@pytest.mark.parametrize("text", BALLOTS, ids=range(len(BALLOTS)))
def test_ballots_that_others_made_are_true(run: Run, text: str) -> None:
    known = check_ballot(text, read_election(H), {json.loads(text)["credential"]})
    assert run("verify elections", VERIFY, {"text": text, "election": H}) == known.tracker


Change = Callable[[Any], object]
Path = Sequence[str | int]


def at(value: Any, path: Path) -> Any:
    return reduce(lambda found, step: found[step], path, value)


def put(*path: str | int, value: object) -> Change:
    return lambda ballot: at(ballot, path[:-1]).__setitem__(path[-1], value)


def flip(*path: str | int) -> Change:
    return lambda ballot: at(ballot, path).reverse()


def drop(*path: str | int) -> Change:
    return lambda ballot: at(ballot, path[:-1]).pop(path[-1])


def changed(text: str, change: Change) -> str:
    ballot = json.loads(text)
    change(ballot)
    return dumps(ballot)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (put("election_uuid", value="8yKip69wPe2yLj"), "wrong_election"),
        (put("election_hash", value="a" * 43), "wrong_election"),
        (put("credential", value=NEUTRAL), "neutral_point"),
        (put("credential", value="2"), "point_invalid"),
        (put("credential", value=BASE), "hash_wrong"),
        (put("answers", 0, "choices", 0, "alpha", value=BASE), "hash_wrong"),
        (put("signature", "proof", "response", value="1"), "signature_wrong"),
        (put("signature", "proof", "response", value="01"), "scalar_invalid"),
        (put("signature", "more", value=1), "shape_wrong"),
        (drop("signature", "hash"), "shape_wrong"),
    ],
)
def test_a_ballot_that_was_touched_is_refused(run: Run, change: Change, code: str) -> None:
    text = changed(line("homomorphic/ballots_oracle.txt"), change)
    assert run("verify elections", VERIFY, {"text": text, "election": H}) == refused(code)


def test_a_ballot_in_other_bytes_is_refused(run: Run) -> None:
    text = line("homomorphic/ballots_oracle.txt") + " "
    assert run("verify elections", VERIFY, {"text": text, "election": H}) == refused("not_canonical")


# What a voter could sign anew: only shapes and proofs stand in the way.
SIGNED = """const election = elections.readElection(given.election);
    const { signature, ...body } = JSON.parse(given.text);
    const secret = credentials.privateKey(election.uuid, given.code);
    const hash = group.base64Hash(canonical.dumps(body));
    const proof = proofs.proveKey(secret, `sig|${hash}|`, group.randomScalar);
    const text = canonical.dumps({ ...body, signature: { hash, proof } });
    return verify.verifyBallot(text, election).tracker"""


def signed(run: Run, change: Change) -> Any:
    """What is found of a ballot of « A » in K that was changed, then signed again by its own code."""
    text = changed(making.make_ballot(read_election(K), K_CODE, [[0, 1, 0]]), change)
    given = {"election": K, "text": text, "code": K_CODE}
    return run("canonical credentials elections group proofs verify", SIGNED, given)


def test_a_ballot_signed_again_is_true(run: Run) -> None:
    assert len(signed(run, lambda _ballot: None)) == 43


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (put("answers", 0, "choices", 1, "beta", value=BASE), "proof_wrong", 0),
        (put("answers", 0, "choices", 1, "alpha", value=NEUTRAL), "neutral_point", None),
        (flip("answers", 0, "choices"), "proof_wrong", 0),
        (drop("answers", 0, "choices", 2), "shape_wrong", None),
        (flip("answers", 0, "individual_proofs", 2), "proof_wrong", 0),
        (drop("answers", 0, "individual_proofs", 2), "shape_wrong", None),
        (drop("answers", 0, "individual_proofs", 0, 1), "shape_wrong", None),
        (put("answers", 0, "overall_proof", 0, "challenge", value="1"), "proof_wrong", 0),
        (drop("answers", 0, "overall_proof", 2), "shape_wrong", None),
        (flip("answers", 0, "blank_proof"), "proof_wrong", 0),
        (drop("answers", 0, "blank_proof"), "shape_wrong", None),
        (put("answers", 0, "more", value=1), "shape_wrong", None),
        (drop("answers", 0), "shape_wrong", None),
    ],
)
def test_a_false_proof_is_refused_however_well_signed(
    run: Run, change: Change, code: str, place: int | None
) -> None:
    assert signed(run, change) == {"fault": code, "place": place}


def test_ballots_of_the_threshold_election_are_true(run: Run) -> None:
    election = line("threshold/election.json")
    for number in range((DATA / "threshold/ballots.txt").read_text().count("\n")):
        text = line("threshold/ballots.txt", number)
        assert len(run("verify elections", VERIFY, {"text": text, "election": election})) == 43


# What multiplies and adds points, in its order, whatever the library does inside.
SPIED = {
    "    multiply(scalar) {": "globalThis.spied?.push(this === Point2.BASE ? 'G' : 'key');",
    "    add(other) {": "globalThis.spied?.push('+');",
}
WORK = "globalThis.spied = [];" + MAKE.replace(
    "return {", "return { done: group.hexHash(spied.join()), size: spied.length,"
)


def test_the_work_of_a_ballot_does_not_tell_its_choice(run: Run, origin: Origin) -> None:
    """The same multiplications and additions, of the same points, in the same order, as many draws."""
    noble = (settings.BASE_DIR / "static/vendor/noble/noble.js").read_text()
    for method, told in SPIED.items():
        noble = noble.replace(method, method + told, 1)
    origin.pages["/static/vendor/noble/noble.js"] = Answer(noble, "text/javascript")
    asked = question(minimum=0, maximum=3, blank=True)
    text = write_election(
        uuid="11111111111111", name="N", description="", public_key=K_KEY, questions=[asked, question()]
    )

    def worked(*ticked: object) -> tuple[str, int, str]:
        given = {"election": text, "code": K_CODE, "ticked": ticked, "counted": True}
        made = run("group ballot credentials elections", WORK, given)
        return made["done"], made["size"], made["drawn"]

    # The first one also makes the table of the base, once for all.
    assert worked("blank", [0])[1] > 1000
    works = {worked("blank", [0]), worked([], [1]), worked([2], [2]), worked([0, 1, 2], [0])}
    assert len(works) == 1
