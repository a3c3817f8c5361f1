"""What a scrutineer's page verifies of a box before it opens any of it, and the share it gives (GOV-28)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from governance.engines.ballots import archive, credentials, decryption, making, sharing
from governance.engines.ballots.audit import verify_archive, write_strict
from governance.engines.ballots.ballots import check_ballot
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.group import b64_of, sha256_hex
from governance.engines.ballots.tally import add_ballots, open_tally, read_result
from tests.browser.ballots.conftest import Run
from tests.browser.ballots.opening import (
    CAST,
    CODES,
    COUNTED,
    INSTANT,
    SEEDS,
    SINGLE,
    Box,
    Ceremony,
)
from tests.browser.ballots.test_group import NEUTRAL, refused
from tests.browser.ballots.worked import DATA
from tests.governance.ballots.known import ORDER_8, signed_anew

pytestmark = pytest.mark.browser

BYTES = "Uint8Array.from(atob(given.data), (letter) => letter.charCodeAt(0))"
EVENTS = f"return archive.readArchive({BYTES}).map(({{ type, hash }}) => [type, hash])"
CHECK = f"return (await checking.checkArchive({BYTES}, given.announced)).figures"
SHARE = f"""const checked = await checking.checkArchive({BYTES}, given.announced);
    return share.giveShare(given.seed, checked, given.privateKey)"""
FOLLOW = """const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    return checking.followArchive(bytes(given.data), given.earlier && bytes(given.earlier))"""


@pytest.fixture(scope="module")
def made() -> Ceremony:
    return Ceremony()


@pytest.fixture(scope="module")
def tallied(made: Ceremony) -> Box:
    return Box(made.trustees).tallied()


def sent(data: bytes) -> str:
    return b64encode(data).decode()


def check(run: Run, data: bytes, **announced: str) -> Any:
    return run("keys/checking", CHECK, {"data": sent(data), "announced": announced})


def shared(run: Run, made: Ceremony, box: Box, index: int, **others: str) -> Any:
    given = {
        "data": sent(box.data),
        "announced": box.announced(),
        "seed": SEEDS[index - 1],
        "privateKey": made.outputs[index - 1].private_key,
    }
    return run("keys/checking keys/share", SHARE, given | others)


def factors_of(box: Box, answer: dict[str, Any]) -> decryption.Points:
    """A share as the server takes it in: both of its proofs, under the key of its owner."""
    public = box.trustees.public_of(answer["owner"])
    about = {"fingerprint": box.election.fingerprint, "public": public}
    factors = decryption.check_partial(answer["partial"], box.tally, **about)
    decryption.check_strict(answer["strict"], box.tally, factors, owner=answer["owner"], **about)
    return factors


# --- shares ---------------------------------------------------------------------------------------


def test_two_of_three_in_browsers_and_the_server_open_the_box(run: Run, made: Ceremony, tallied: Box) -> None:
    answers = {index: shared(run, made, tallied, index) for index in (1, 2, 3)}
    shares = {answer["owner"]: factors_of(tallied, answer) for answer in answers.values()}
    assert sorted(shares) == [2, 3, 4]
    own = sharing.decrypt(tallied.tally, SINGLE, fingerprint=tallied.election.fingerprint)
    about = {"fingerprint": tallied.election.fingerprint, "public": tallied.trustees.public_of(1)}
    single = decryption.check_partial(own, tallied.tally, **about)
    for pair in combinations(shares, 2):
        factors = decryption.combine(tallied.trustees, {1: single} | {owner: shares[owner] for owner in pair})
        result = open_tally(tallied.election, tallied.tally, factors)
        assert tuple(map(tuple, read_result(result, tallied.election))) == COUNTED


def test_the_archive_with_shares_of_browsers_is_whole(run: Run, made: Ceremony) -> None:
    """The auditor of the house, which knows nothing of browsers, finds nothing to say: strict proofs too."""
    box = Box(made.trustees).tallied()
    about = {"fingerprint": box.election.fingerprint}
    answers = {index + 1: shared(run, made, box, index) for index in (1, 3)}
    texts = {1: sharing.decrypt(box.tally, SINGLE, **about)}
    strict = [sharing.strict_decrypt(box.tally, SINGLE, owner=1, **about)]
    for owner, answer in answers.items():
        texts[owner] = answer["partial"]
        strict.append(answer["strict"])
    shares = {}
    for owner, text in texts.items():
        told = decryption.owner_object(owner, text)
        box.add(archive.add_partial(INSTANT, box.events[-1], text, told))
        public = box.trustees.public_of(owner)
        shares[owner] = decryption.check_partial(text, box.tally, public=public, **about)
    result = open_tally(box.election, box.tally, decryption.combine(box.trustees, shares))
    box.add(archive.add_result(INSTANT, box.events[-1], result))
    report = verify_archive(box.data, strict=write_strict(strict).encode())
    assert report.faults == []
    assert tuple(map(tuple, report.counts)) == COUNTED
    assert check(run, box.data)["kept"] == 3


def test_an_empty_box_is_opened_too(run: Run, made: Ceremony) -> None:
    box = Box(made.trustees, cast=()).tallied()
    answer = shared(run, made, box, 2)
    assert {factor for row in json.loads(answer["partial"])["decryption_factors"] for factor in row} == {
        NEUTRAL
    }
    assert factors_of(box, answer)


def test_a_key_of_another_group_gives_no_share(run: Run, made: Ceremony, tallied: Box) -> None:
    assert shared(run, made, tallied, 1, seed="2222222222222222222222") == refused("key_other")
    found = shared(run, made, tallied, 1, privateKey=made.outputs[1].private_key)
    assert found == refused("channel_wrong")


# --- before a share -------------------------------------------------------------------------------


def test_what_is_to_be_compared_is_told(run: Run, tallied: Box) -> None:
    assert check(run, tallied.data, **tallied.announced()) == {
        "name": "Assemblée",
        "fingerprint": tallied.election.fingerprint,
        "roll": 4,
        "rollHash": b64_of(tallied.roll),
        "ballots": 4,
        "kept": 3,
        "closing": tallied.events[-2].hash,
        "head": tallied.events[-1].hash,
    }


@pytest.mark.parametrize(("name", "counted"), [("homomorphic", (8, 7)), ("threshold", (5, 5))])
def test_archives_that_others_wrote_hold(run: Run, name: str, counted: tuple[int, int]) -> None:
    found = check(run, (DATA / name / "archive.bel").read_bytes())
    assert (found["ballots"], found["kept"]) == counted


def test_no_share_before_the_close(run: Run, made: Ceremony) -> None:
    assert shared(run, made, Box(made.trustees).opened(), 1) == refused("box_open")
    assert shared(run, made, Box(made.trustees).closed(), 1) == refused("tally_missing")


@pytest.mark.parametrize(
    ("announced", "code"),
    [
        ({"uuid": "8yKip69wPe2yLj"}, "uuid_wrong"),
        ({"fingerprint": "A" * 43}, "wrong_election"),
        ({"roll": "A" * 43}, "fingerprint_wrong"),
    ],
)
def test_another_election_than_the_announced_one_is_not_opened(
    run: Run, tallied: Box, announced: dict[str, str], code: str
) -> None:
    assert check(run, tallied.data, **announced) == refused(code)


def test_one_ballot_is_never_opened_alone(run: Run, made: Ceremony) -> None:
    """A false sum over true ballots, and a sum that says more voters than it adds."""
    box = Box(made.trustees)
    roll = set(credentials.read_roll(box.roll))
    one = add_ballots(box.election, [check_ballot(box.ballots[1], box.election, roll)])
    for tally in (one, replace(box.tally, kept=box.tally.kept + 1)):
        told = Box(made.trustees)
        told.ballots = box.ballots
        assert check(run, told.tallied(tally).data) == refused("tally_wrong")


def with_ballots(made: Ceremony, change: Callable[[Box], list[str]]) -> bytes:
    """An archive written with whatever ballots, its tally that of the true ones."""
    box = Box(made.trustees)
    honest = box.tally
    box.ballots = change(box)
    return box.tallied(honest).data


def stranger(box: Box) -> list[str]:
    code = "22222-222222-22222-222222"
    return [*box.ballots, making.make_ballot(box.election, code, CAST[1][1])]


def replayed(box: Box) -> list[str]:
    return [*box.ballots, box.ballots[0]]


def signed_again(box: Box, number: int, ballot: dict[str, Any]) -> str:
    return signed_anew(ballot, credentials.private_key(box.uuid, CAST[number][0]))


def resigned(box: Box) -> list[str]:
    """The first ballot under another signature, after the one that replaced it."""
    return [*box.ballots, signed_again(box, 0, json.loads(box.ballots[0]))]


def two_voices(box: Box) -> list[str]:
    """A true hash and a true signature: the proofs alone tell."""
    ballot = json.loads(box.ballots[2])
    first, _, third = ballot["answers"][0]["choices"]
    ballot["answers"][0]["choices"] = [first, first, third]
    return [*box.ballots[:2], signed_again(box, 2, ballot), box.ballots[3]]


def endless(box: Box) -> list[str]:
    return [*box.ballots, "[" * 1_000_001]


def of_another_election(box: Box) -> list[str]:
    other = Box(box.trustees_text, uuid="9yKip69wPe2yLi")
    return [*box.ballots, other.ballots[1]]


@pytest.mark.parametrize(
    ("change", "code", "height"),
    [
        (stranger, "credential_unknown", 5),
        (replayed, "seen_before", 5),
        (resigned, "seen_before", 5),
        (two_voices, "proof_wrong", 3),
        (endless, "too_big", 5),
        (of_another_election, "wrong_election", 5),
    ],
)
def test_a_ballot_that_should_not_be_there_is_found_at_its_place(
    run: Run, made: Ceremony, change: Callable[[Box], list[str]], code: str, height: int
) -> None:
    assert check(run, with_ballots(made, change)) == {"fault": code, "place": height}


@pytest.mark.parametrize(
    ("roll", "code"),
    [
        (lambda box: dumps([*json.loads(box.roll), json.loads(box.roll)[0]]), "credential_twice"),
        (lambda box: dumps([*json.loads(box.roll), NEUTRAL]), "neutral_point"),
        (lambda box: dumps([*json.loads(box.roll), f"{json.loads(box.roll)[0]},2"]), "point_invalid"),
        (lambda box: dumps([*json.loads(box.roll), ORDER_8]), "point_invalid"),
        (lambda box: dumps({}), "shape_wrong"),
    ],
    ids=["twice", "neutral", "weight", "outside", "none"],
)
def test_a_roll_that_does_not_hold_is_refused(
    run: Run, made: Ceremony, roll: Callable[[Box], str], code: str
) -> None:
    box = Box(made.trustees)
    honest = box.tally
    box.roll = roll(box)
    assert check(run, box.tallied(honest).data) == refused(code)


def test_a_key_that_is_not_the_trustees_sum_is_refused(run: Run, made: Ceremony) -> None:
    box, other = Box(made.trustees), Box(Ceremony(SEEDS[::-1]).trustees)
    box.election = other.election
    assert check(run, Box.tallied(box).data) == refused("election_key_wrong")


# --- the container ----------------------------------------------------------------------------------


def test_the_chain_is_read_as_it_was_written(run: Run, tallied: Box) -> None:
    found = run("keys/archive", EVENTS, {"data": sent(tallied.data)})
    kinds = ["Setup", "Ballot", "Ballot", "Ballot", "Ballot", "EndBallots", "EncryptedTally"]
    assert found == [[kind, event.hash] for kind, event in zip(kinds, tallied.events, strict=True)]


# Every byte of the first blocks and of the last, then one in 97: headers, contents, padding, events.
TOUCH = f"""const whole = {BYTES};
    const places = Array.from({{ length: whole.length }}, (_, place) => place);
    const chosen = places.filter((at) => at % 97 === 0 || at < 1100 || at > whole.length - 600);
    const missed = [];
    for (const at of chosen) {{
        const bytes = whole.slice();
        bytes[at] ^= 1;
        try {{ archive.readArchive(bytes); missed.push(at); }}
        catch (error) {{ if (!error.code) throw error; }}
    }}
    return {{ missed, tried: chosen.length }}"""


def test_one_byte_changed_anywhere_is_found(run: Run, made: Ceremony) -> None:
    data = Box(made.trustees, cast=CAST[:1]).tallied().data
    found = run("keys/archive", TOUCH, {"data": sent(data)})
    assert found["missed"] == []
    assert found["tried"] > 1500


CUT = f"""const whole = {BYTES};
    const read = [];
    for (let end = 0; end < whole.length; end += 256) {{
        try {{ read.push(archive.readArchive(whole.subarray(0, end)).length); }}
        catch (error) {{ if (!error.code) throw error; }}
    }}
    return read"""


def test_an_archive_cut_short_is_read_only_at_the_end_of_an_event(run: Run, tallied: Box) -> None:
    assert run("keys/archive", CUT, {"data": sent(tallied.data)}) == [1, 2, 3, 4, 5, 6]


def entries(*texts: tuple[str, str]) -> bytes:
    """A container well written, of entries that say what they like."""
    return archive.start(INSTANT) + b"".join(
        archive._entry(f"{sha256_hex(text)}.{kind}.json", text, INSTANT) for kind, text in texts
    )


def event(**fields: Any) -> tuple[str, str]:
    return ("event", dumps(fields))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "container_wrong"),
        (archive.start(INSTANT), "chain_wrong"),
        (archive.start(INSTANT) + bytes(1024), "container_wrong"),
        (archive.start(INSTANT)[:1000], "container_wrong"),
        (archive._entry("BELENIOS", '{"version":2,"timestamp":"1795400122"}', INSTANT), "container_wrong"),
        (archive._entry("BELENIOS", '{"version":1,"timestamp":"1795400123"}', INSTANT), "container_wrong"),
        (archive._entry("BELENIOS", '{"version":1,"timestamp":1795400122}', INSTANT), "container_wrong"),
        (archive._entry("BELENIAS", '{"version":1,"timestamp":"1795400122"}', INSTANT), "container_wrong"),
        (archive.start(INSTANT) + archive._entry("x.data.json", "{}", INSTANT), "name_wrong"),
        (archive.start(INSTANT) + archive._entry(f"{'0' * 64}.data.json", "{}", INSTANT), "name_wrong"),
        (entries(("data", "{}")), "chain_wrong"),
        (entries(event(height=0, type="EndBallots")), "order_wrong"),
        (entries(event(height=0, type="Other")), "order_wrong"),
        (entries(event(height=0, type="Setup")), "shape_wrong"),
        (entries(event(height=1, type="Setup", payload="a")), "chain_wrong"),
        (entries(event(parent="a", height=0, type="Setup", payload="a")), "shape_wrong"),
        (entries(("data", "{}"), event(height=0, type="Setup", payload="a")), "chain_wrong"),
        (entries(("event", "null")), "order_wrong"),
        (entries(("event", "{ }")), "not_canonical"),
    ],
)
def test_what_is_no_archive_is_refused(run: Run, data: bytes, code: str) -> None:
    assert run("keys/archive", EVENTS, {"data": sent(data)})["fault"] == code


@pytest.mark.parametrize(
    "twist",
    [
        lambda box: archive.add_setup(INSTANT, election="{}", trustees="[]", roll="[]"),
        lambda box: archive.add_ballot(INSTANT, box.events[-1], "{}"),
        lambda box: archive.add_end(INSTANT, box.events[-1]),
        lambda box: archive.add_tally(INSTANT, box.events[-1], "[]", "{}"),
        lambda box: archive.add_result(INSTANT, box.events[-1], "{}"),
        lambda box: archive.add_partial(INSTANT, box.events[-1], "{}", "{}"),
        lambda box: archive.add_partial(INSTANT, box.events[0], "{}", "{}"),
    ],
    ids=["setup", "ballot", "end", "tally", "result", "unnamed share", "parent"],
)
def test_an_event_out_of_its_turn_is_refused(
    run: Run, made: Ceremony, twist: Callable[[Box], archive.Addition]
) -> None:
    box = Box(made.trustees, cast=CAST[:1]).tallied()
    box.add(twist(box))
    assert run("keys/archive", EVENTS, {"data": sent(box.data)})["fault"] in {"order_wrong", "chain_wrong"}


# --- the box followed live ----------------------------------------------------------------------------


def test_a_box_only_grows(run: Run, made: Ceremony) -> None:
    box = Box(made.trustees).opened()
    before = sent(box.data)
    late = making.make_ballot(box.election, CODES[3], CAST[1][1])
    box.add(archive.add_ballot(INSTANT, box.events[-1], late))
    told = run("keys/checking", FOLLOW, {"data": sent(box.data), "earlier": before})
    assert told == {"head": box.events[-1].hash, "height": 5, "ballots": 5}
    for now, earlier in (
        (before, sent(box.data)),
        (sent(Box(made.trustees).opened().data), before),
    ):
        found = run("keys/checking", FOLLOW, {"data": now, "earlier": earlier})
        assert found == refused("earlier_differs")
    assert run("keys/checking", FOLLOW, {"data": before, "earlier": None})["ballots"] == 4
