"""The auditor: what holds is said to; every alteration of the protocol's table is refused, named, placed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from governance.engines.ballots.archive import Kind, Where
from governance.engines.ballots.audit import Expected, Finding, Report, Step, Verdict, verify_archive
from governance.engines.ballots.canonical import dumps
from governance.engines.ballots.credentials import public_credential
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import BASE, b64_of, encode_point
from tests.governance.ballots.altered import BALLOTS, STRANGER, badly_signed, key_of, two_voices
from tests.governance.ballots.known import DATA, NEUTRAL, ORDER_8, lines, put, signed_anew
from tests.governance.ballots.voted import RESULT, UUID, a_vote, setup, sha256, vote_of, written

HELD = dict.fromkeys(Step, Verdict.HOLDS)
UNCOMPARED = HELD | {Step.CONTINUITY: Verdict.NOT_ASKED}


def verified(data: bytes, **given_: Any) -> Report:
    return verify_archive(data, **({"strict": a_vote().strict} | given_))


# What holds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("fixture", "ballots", "kept"), [("homomorphic", 8, 7), ("threshold", 5, 5)])
def test_the_votes_with_known_results_hold(fixture: str, ballots: int, kept: int) -> None:
    report = verify_archive((DATA / fixture / "archive.bel").read_bytes(), foreign=True)
    assert report.faults == []
    assert report.verdicts == UNCOMPARED
    assert (len(report.trackers), report.kept, report.strict) == (ballots, kept, False)
    assert dumps({"result": report.counts}) == lines(f"{fixture}/result.json")[0]
    assert report.unasked == ["fingerprint", "roll_fingerprint", "head", "uuid", "voters", "trackers"]


def test_our_own_vote_holds_and_is_what_was_announced() -> None:
    vote = a_vote()
    election, _, roll, _ = vote.events[0][1]
    head = vote.data[-1024 : -1024 + 64].decode()  # the name of the last entry
    trackers = tuple(b64_of(vote.events[number][1][0]) for number in (2, 3))
    told: list[tuple[int, int]] = []
    report = verified(
        vote.data,
        expected=Expected(
            uuid=UUID,
            head=head,
            fingerprint=b64_of(election),
            roll_fingerprint=b64_of(roll),
            voters=4,
            earlier=written(vote.events[:3]),
            trackers=trackers,
        ),
        progress=lambda done, total: told.append((done, total)),
    )
    assert report.faults == []
    assert report.verdicts == HELD
    assert report.sound
    assert report.strict
    assert report.unasked == []
    assert (report.head, report.credentials, report.kept) == (head, 6, 4)
    assert dumps({"result": report.counts}) == RESULT
    assert told == [(done, 5) for done in range(1, 6)]


@pytest.mark.parametrize("events", [1, 3, 6, 7, 8, 9, 11, 12])
def test_a_vote_that_goes_on_holds_as_far_as_it_goes(events: int) -> None:
    """A setup, ballots, the end, the sums, a share, three shares, the result: on demand only."""
    vote = a_vote()
    data = written(vote.events[:events])
    come = {
        Step.TALLY: events > vote.place(Kind.TALLY),
        Step.SHARES: events > vote.place(Kind.PARTIAL),
        Step.RESULT: events == len(vote.events),
    }
    strict = dumps(json.loads(vote.strict)[: max(0, events - vote.place(Kind.PARTIAL))]).encode()
    report = verify_archive(data, strict=strict, unfinished=True)
    assert report.faults == []
    assert report.verdicts == UNCOMPARED | {step: Verdict.NOT_YET for step, so in come.items() if not so}
    assert report.strict is come[Step.SHARES]
    assert report.counts == (() if not come[Step.RESULT] else ((2, 1, 1), (1, 2, 2, 1), (2, 2)))
    finished = verify_archive(data, strict=strict)
    assert finished.sound is come[Step.RESULT]
    if not finished.sound:
        assert finished.faults == [Finding(Step.CHAIN, Fault.UNFINISHED, Where(height=events - 1))]


def test_nobody_voted() -> None:
    """The sums of an empty box are neutral, and are opened all the same."""
    vote = vote_of(())
    report = verify_archive(vote.data, strict=vote.strict)
    assert (report.faults, report.kept, report.trackers) == ([], 0, [])
    assert report.verdicts == UNCOMPARED
    assert report.counts == ((0, 0, 0), (0, 0, 0, 0), (0, 0))


# What does not -------------------------------------------------------------------------------------------


def found(report: Report) -> tuple[Fault, Where]:
    """The only fault of this report, whose later steps were not reached."""
    (finding,) = report.faults
    if finding.step is not Step.CONTINUITY:
        after = [verdict for step, verdict in report.verdicts.items() if step > finding.step]
        assert set(after) <= {Verdict.NOT_REACHED}
    assert report.verdicts[finding.step] is Verdict.FAILS
    assert not report.sound
    assert report.counts == () or finding.step is Step.CONTINUITY
    return finding.code, finding.where


@pytest.mark.parametrize(("made", "code"), BALLOTS, ids=[made.__name__ for made, _ in BALLOTS])
def test_a_ballot_that_does_not_hold_is_named(made: Callable[[], str], code: Fault) -> None:
    text = made()
    report = verified(a_vote().with_event(3, text))
    assert found(report) == (code, Where(height=3, tracker=b64_of(text)))
    assert len(report.trackers) == 5


def test_every_ballot_that_does_not_hold_is_named() -> None:
    events = list(a_vote().events)
    events[2], events[4] = (Kind.BALLOT, (badly_signed(),)), (Kind.BALLOT, (two_voices(),))
    faults = verified(written(events)).faults
    assert [(one.code, one.where.height) for one in faults] == [
        (Fault.SIGNATURE_WRONG, 2),
        (Fault.PROOF_WRONG, 4),
    ]


def test_a_ballot_put_back_after_a_revote() -> None:
    """The same bytes, then the same signed body under another signature: both are the first ballot again."""
    events = list(a_vote().events)
    first = events[1][1][0]
    resigned = signed_anew(json.loads(first), key_of(1))
    assert resigned != first
    for text in (first, resigned):
        report = verified(written([*events[:6], (Kind.BALLOT, (text,)), *events[6:]]))
        assert found(report) == (Fault.SEEN_BEFORE, Where(height=6, tracker=b64_of(text)))


def with_setup(*, election: str = "", trustees: str = "", roll: str = "") -> bytes:
    parts = a_vote().events[0][1]
    objects = [new or old for new, old in zip((election, trustees, roll), parts, strict=False)]
    return a_vote().with_event(0, *setup(*objects))


def election_with(**changes: object) -> str:
    value = json.loads(a_vote().election)
    return dumps({key: changes.get(key, old) for key, old in value.items()})


def roll_with(*more: str) -> str:
    return dumps([*json.loads(a_vote().events[0][1][2]), *more])


def trustees_with(path: Sequence[int | str], new: object) -> str:
    return dumps(put(json.loads(a_vote().events[0][1][1]), path, new))


def signed_otherwise(index: int) -> dict[str, object]:
    """The certificate of a member, whose signature is that of the next."""
    certs = json.loads(a_vote().events[0][1][1])[1][1]["certs"]
    return {"message": certs[index]["message"], "signature": certs[index + 1]["signature"]}


SETUPS: list[tuple[Callable[[], bytes], Fault, int | None]] = [
    (lambda: with_setup(election=election_with(version=2)), Fault.VERSION_WRONG, None),
    (lambda: with_setup(election=election_with(group="RFC-3526-2048")), Fault.GROUP_WRONG, None),
    (lambda: with_setup(election=election_with(uuid="short")), Fault.UUID_WRONG, None),
    (lambda: with_setup(election=election_with(uuid="3" * 16)), Fault.UUID_WRONG, None),
    (lambda: with_setup(election=election_with(public_key=NEUTRAL)), Fault.NEUTRAL_POINT, None),
    (
        lambda: with_setup(election=election_with(public_key=encode_point(BASE))),
        Fault.ELECTION_KEY_WRONG,
        None,
    ),
    (
        lambda: with_setup(election=a_vote().election.replace('"max":1', '"max":4', 1)),
        Fault.BOUNDS_WRONG,
        None,
    ),
    (lambda: with_setup(roll=roll_with(json.loads(roll_with())[0])), Fault.CREDENTIAL_TWICE, None),
    (lambda: with_setup(roll=roll_with(ORDER_8)), Fault.POINT_INVALID, None),
    (lambda: with_setup(roll=roll_with("7" * 64)), Fault.POINT_INVALID, None),
    (lambda: with_setup(roll=roll_with(NEUTRAL)), Fault.NEUTRAL_POINT, None),
    (lambda: with_setup(roll=roll_with(public_credential(UUID, STRANGER) + ",3")), Fault.POINT_INVALID, None),
    (lambda: with_setup(trustees=trustees_with([0, 1, "pok", "response"], "1")), Fault.PROOF_WRONG, None),
    (lambda: with_setup(trustees=trustees_with([1, 1, "threshold"], 3)), Fault.THRESHOLD_WRONG, None),
    (
        lambda: with_setup(trustees=trustees_with([1, 1, "certs", 1], signed_otherwise(1))),
        Fault.SIGNATURE_WRONG,
        2,
    ),
    (
        lambda: with_setup(trustees=trustees_with([1, 1, "coefexps", 2, "signature", "response"], "1")),
        Fault.SIGNATURE_WRONG,
        3,
    ),
    (
        lambda: with_setup(trustees=trustees_with([1, 1, "signatures", 0, "response"], "1")),
        Fault.SIGNATURE_WRONG,
        1,
    ),
    (
        lambda: with_setup(trustees=trustees_with([1, 1, "verification_keys", 1, "pok", "response"], "1")),
        Fault.PROOF_WRONG,
        2,
    ),
]


@pytest.mark.parametrize(("made", "code", "member"), SETUPS)
def test_a_setup_that_does_not_hold(made: Callable[[], bytes], code: Fault, member: int | None) -> None:
    report = verified(made(), expected=Expected(uuid=UUID))
    assert found(report) == (code, Where(height=0, member=member))


def test_false_sums_and_a_false_number_of_ballots() -> None:
    vote = a_vote()
    place = vote.place(Kind.TALLY)
    sums, sized = vote.events[place][1]
    alpha = json.loads(sums)[0][0]["alpha"]
    other = sums.replace(alpha, encode_point(BASE), 1)
    false_sums = vote.with_event(place, other, sized.replace(sha256(sums), sha256(other)))
    assert found(verified(false_sums)) == (Fault.TALLY_WRONG, Where(height=place))
    for name in ("num_tallied", "total_weight"):
        false_number = vote.with_event(place, sums, sized.replace(f'"{name}":4', f'"{name}":5'))
        assert found(verified(false_number)) == (Fault.COUNT_WRONG, Where(height=place))


def test_a_ballot_that_counts_in_the_place_of_the_one_that_replaced_it() -> None:
    vote = a_vote()
    events = list(vote.events)
    events[1], events[2] = events[2], events[1]
    assert found(verified(written(events))) == (Fault.TALLY_WRONG, Where(height=vote.place(Kind.TALLY)))


def with_share(number: int, change: Callable[[Any], Any], owner: object = None) -> bytes:
    """The archive with another share of this number, or of another owner."""
    vote = a_vote()
    place = vote.place(Kind.PARTIAL) + number
    text, said = vote.events[place][1]
    altered = dumps(change(json.loads(text)))
    own = json.loads(said)["owner"] if owner is None else owner
    return vote.with_event(place, altered, dumps({"owner": own, "payload": sha256(altered)}))


def same(value: Any) -> Any:
    return value


def falsely_proven(value: Any) -> Any:
    return put(value, ["decryption_proofs", 1, 2, "response"], "1")


def another_factor(value: Any) -> Any:
    return put(value, ["decryption_factors", 0, 0], encode_point(BASE))


def no_factor(value: Any) -> Any:
    return put(value, ["decryption_factors", 0], [])


SHARES: list[tuple[int, Callable[[Any], Any], object, Fault, int | None]] = [
    (0, falsely_proven, None, Fault.SHARE_WRONG, 1),
    (1, another_factor, None, Fault.SHARE_WRONG, 2),
    (2, no_factor, None, Fault.SHAPE_WRONG, 4),
    (0, same, 2, Fault.SHARE_WRONG, 2),  # another's key
    (1, same, 0, Fault.OWNER_WRONG, None),
    (1, same, 5, Fault.OWNER_WRONG, None),
    (1, same, 1, Fault.OWNER_WRONG, 1),  # who gave one already
    (1, same, "2", Fault.SHAPE_WRONG, None),
    (1, same, True, Fault.SHAPE_WRONG, None),
]


@pytest.mark.parametrize(("number", "change", "owner", "code", "named"), SHARES)
def test_a_share_that_does_not_hold(
    number: int, change: Callable[[Any], Any], owner: object, code: Fault, named: int | None
) -> None:
    """Named by the number under which it stands, where there is such a trustee."""
    report = verified(with_share(number, change, owner))
    height = a_vote().place(Kind.PARTIAL) + number
    assert (report.faults[0].code, report.faults[0].where) == (code, Where(height=height, owner=named))
    assert report.verdicts[Step.SHARES] is Verdict.FAILS
    assert report.verdicts[Step.RESULT] is Verdict.NOT_REACHED


@pytest.mark.parametrize("absent", [0, 1, 2])
def test_shares_of_too_few(absent: int) -> None:
    """The house's trustee is always needed, and two scrutineers."""
    vote = a_vote()
    events = [one for place, one in enumerate(vote.events) if place != vote.place(Kind.PARTIAL) + absent]
    strict = json.loads(vote.strict)
    del strict[absent]
    report = verify_archive(written(events), strict=dumps(strict).encode())
    assert found(report) == (Fault.SHARE_MISSING, Where(height=len(events) - 1))


def test_a_false_result() -> None:
    vote = a_vote()
    place = vote.place(Kind.RESULT)
    for text in (RESULT.replace("[2,1,1]", "[1,2,1]"), RESULT.replace("2,1,1", "2,1,01"), "{}"):
        assert found(verified(vote.with_event(place, text))) == (Fault.RESULT_WRONG, Where(height=place))


def strict_of(change: Callable[[list[Any]], list[Any]]) -> bytes:
    return dumps(change(json.loads(a_vote().strict))).encode()


STRICT: list[tuple[bytes | None, Fault, list[int | None]]] = [
    (None, Fault.STRICT_PROOF_MISSING, [None]),
    (b"", Fault.NOT_CANONICAL, [None]),
    (b"\xff", Fault.NOT_CANONICAL, [None]),
    (b"{}", Fault.SHAPE_WRONG, [None]),
    (strict_of(lambda value: value[:2]), Fault.SHAPE_WRONG, [None]),
    (strict_of(lambda value: value[::-1]), Fault.OWNER_WRONG, [1, 4]),
    (
        strict_of(lambda value: put(value, [1, "strict_proofs", 1, 0, "response"], "1")),
        Fault.STRICT_PROOF_WRONG,
        [2],
    ),
    (
        strict_of(lambda value: put(value, [2, "strict_proofs", 1, 0, "response"], "1")),
        Fault.STRICT_PROOF_WRONG,
        [4],
    ),
]


@pytest.mark.parametrize(("strict", "code", "named"), STRICT)
def test_strict_proofs_that_do_not_hold(strict: bytes | None, code: Fault, named: list[int | None]) -> None:
    """Each that is false is named by the number of its share."""
    report = verify_archive(a_vote().data, strict=strict)
    assert report.faults == [Finding(Step.SHARES, code, Where(owner=owner)) for owner in named]
    assert report.verdicts[Step.SHARES] is Verdict.FAILS
    assert report.verdicts[Step.RESULT] is Verdict.NOT_REACHED
    assert not report.strict


def test_strict_proofs_that_a_foreign_archive_has_are_verified_too() -> None:
    assert verify_archive(a_vote().data, strict=a_vote().strict, foreign=True).strict
    assert not verify_archive(a_vote().data, strict=b"[]", foreign=True).sound
    without = verify_archive(a_vote().data, foreign=True)
    assert (without.sound, without.strict) == (True, False)


ANNOUNCED: list[tuple[Expected, Step, Fault, Where]] = [
    (Expected(head="0" * 64), Step.CONTINUITY, Fault.HEAD_WRONG, Where()),
    (Expected(fingerprint="A" * 43), Step.CONTINUITY, Fault.FINGERPRINT_WRONG, Where()),
    (Expected(roll_fingerprint="A" * 43), Step.CONTINUITY, Fault.ROLL_WRONG, Where()),
    (Expected(earlier=b"x"), Step.CONTINUITY, Fault.EARLIER_DIFFERS, Where()),
    (Expected(voters=5), Step.BALLOTS, Fault.VOTERS_WRONG, Where()),
    (Expected(trackers=("A" * 43,)), Step.BALLOTS, Fault.TRACKER_UNKNOWN, Where(tracker="A" * 43)),
]


def test_a_ballot_that_another_replaced_is_not_said_to_count() -> None:
    """Both are in the box, each under its own number: who took a code replaces its voter’s ballot."""
    replaced, last, other = (b64_of(a_vote().events[number][1][0]) for number in (1, 2, 3))
    expected = Expected(trackers=(replaced, last, other))
    report = verified(a_vote().data, expected=expected)
    assert found(report) == (Fault.TRACKER_REPLACED, Where(tracker=replaced))
    assert report.faults[0].step is Step.BALLOTS


@pytest.mark.parametrize(("expected", "step", "code", "where"), ANNOUNCED)
def test_not_the_archive_that_was_announced(
    expected: Expected, step: Step, code: Fault, where: Where
) -> None:
    report = verified(a_vote().data, expected=expected)
    assert found(report) == (code, where)
    assert report.faults[0].step is step


def test_what_follows_another_archive_is_no_continuation() -> None:
    """A ballot taken away since it was saved; a whole chain that holds, and begins otherwise."""
    vote = a_vote()
    later = written([vote.events[0], *vote.events[2:6]])
    report = verify_archive(later, unfinished=True, expected=Expected(earlier=written(vote.events[:4])))
    assert found(report) == (Fault.EARLIER_DIFFERS, Where())
    assert report.verdicts[Step.BALLOTS] is Verdict.HOLDS
