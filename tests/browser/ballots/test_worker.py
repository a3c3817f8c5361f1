"""The worker of the vote: what goes in, what comes out, and what never does before the voter asks for it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.credentials import public_credential, write_roll
from governance.engines.ballots.elections import read_election
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.origin import Answer, Origin
from tests.browser.ballots.worked import H_CODES, H_FINGERPRINT, K_FINGERPRINT, H

pytestmark = pytest.mark.browser

# Every message of the worker, until the answer to the last of the tasks.
TALK = """const worker = work.hire();
    const heard = [];
    worker.addEventListener("message", ({ data }) => heard.push(data));
    for (const task of given) await work.ask(worker, task, () => {}).catch(() => {});
    worker.terminate();
    return heard"""
CODE = H_CODES["11"]
UUID = read_election(H).uuid
ROLL = write_roll(public_credential(UUID, code) for code in H_CODES.values())
TASK: dict[str, Any] = {
    "task": "make",
    "election": H,
    "fingerprint": H_FINGERPRINT,
    "roll": ROLL,
    "code": CODE,
    "ticked": [[0], "blank", [4], [2]],
}


def answers(heard: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message for message in heard if "progress" not in message]


def test_a_ballot_comes_out_with_its_progress_and_nothing_else(run: Run) -> None:
    heard = run("work", TALK, [TASK])
    assert heard[:-1] == [{"progress": {"done": done, "of": 4}} for done in range(4)]
    assert list(heard[-1]["result"]) == ["ballot", "tracker"]
    ballot = check_ballot(heard[-1]["result"]["ballot"], read_election(H), set(json.loads(ROLL)))
    assert [ballot.tracker, ballot.credential] == [
        heard[-1]["result"]["tracker"],
        public_credential(UUID, CODE),
    ]


def test_a_ballot_opens_once_and_is_then_what_was_ticked(run: Run) -> None:
    heard = answers(run("work", TALK, [TASK, {"task": "open"}, {"task": "open"}]))
    opened = heard[1]["result"]["opened"]
    file = json.loads(opened)
    assert [file["election"], file["ballot"]] == [H, heard[0]["result"]["ballot"]]
    assert [len(row) for row in file["nonces"]] == [3, 5, 5, 5]
    assert heard[2] == {"fault": {"code": "nothing_sealed", "place": None}}
    found = answers(run("work", TALK, [{"task": "check", "opened": opened}]))[0]["result"]
    assert found["tracker"] == heard[0]["result"]["tracker"]
    assert [[line["blank"], line["held"]] for line in found["questions"]] == [
        [False, ["Pour"]],
        [True, []],
        [False, ["À rejeter"]],
        [False, ["Assez bien"]],
    ]


def test_nothing_opens_before_something_is_sealed(run: Run) -> None:
    assert run("work", TALK, [{"task": "open"}]) == [{"fault": {"code": "nothing_sealed", "place": None}}]


@pytest.mark.parametrize(
    ("others", "fault"),
    [
        ({"fingerprint": K_FINGERPRINT}, ("wrong_election", None)),
        ({"code": CODE[:-1]}, ("code_malformed", None)),
        ({"code": "11111-111111-11111-111111"}, ("credential_unknown", None)),
        (
            {"roll": ROLL.replace(public_credential(UUID, CODE), "66" * 31 + "58")},
            ("credential_unknown", None),
        ),
        ({"ticked": [[0], [], [4], [2]]}, ("choice_invalid", 1)),
        ({"ticked": [[0]]}, ("shape_wrong", None)),
    ],
)
def test_no_ballot_is_made_of_what_is_wrong(
    run: Run, others: dict[str, Any], fault: tuple[str, int | None]
) -> None:
    code, place = fault
    heard = run("work", TALK, [TASK, TASK | others, {"task": "open"}])
    assert answers(heard)[1:] == [
        {"fault": {"code": code, "place": place}},
        {"fault": {"code": "nothing_sealed", "place": None}},
    ]


def test_a_worker_that_does_not_come_is_not_waited_for(run: Run, origin: Origin) -> None:
    origin.pages["/static/js/ballots/worker.js"] = Answer(status=404)
    found = run("work", 'return await work.ask(work.hire(), { task: "open" }, () => {})')
    assert found == {"fault": "failed", "place": None}


@pytest.mark.parametrize("where", ["ballots", "keys"])
def test_nor_is_one_that_failed_to_come_before_it_was_asked(run: Run, origin: Origin, where: str) -> None:
    """The page hires it when it opens, and asks it minutes later."""
    origin.pages[f"/static/js/{where}/worker.js"] = Answer(status=404)
    script = """const hire = (await import(`/static/js/${given}/work.js`)).hire;
        const worker = hire();
        await new Promise((heard) => worker.addEventListener("error", heard));
        const late = new Promise((done) => setTimeout(done, 3000, "waited for"));
        return await Promise.race([late, work.ask(worker, { task: "open" }, () => {})]);"""
    assert run("work", script, where) == {"fault": "failed", "place": None}
