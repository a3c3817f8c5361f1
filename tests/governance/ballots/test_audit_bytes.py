"""Whatever bytes the auditor is given, it says what is wrong with them, and does not fall."""

from __future__ import annotations

import functools

from hypothesis import given
from hypothesis import strategies as st

from governance.engines.ballots.audit import verify_archive
from governance.engines.ballots.faults import Fault
from tests.governance.ballots.known import NEUTRAL
from tests.governance.ballots.test_audit import found, verified
from tests.governance.ballots.voted import Vote, a_vote, sha256


@given(st.data())
def test_one_byte_altered_anywhere_is_refused_and_placed(drawn: st.DataObject) -> None:
    data = bytearray(a_vote().data)
    place = drawn.draw(st.integers(0, len(data) - 1))
    data[place] ^= drawn.draw(st.integers(1, 255))
    code, where = found(verified(bytes(data)))
    assert code in Fault
    assert where.offset is not None
    assert where.offset <= place


@functools.cache
def objects_of(vote: Vote) -> list[tuple[int, int]]:
    return [
        (event, number) for event, (_, objects) in enumerate(vote.events) for number in range(len(objects))
    ]


SCRAPS = st.one_of(
    st.sampled_from(
        ["", "[", "}", '"', "\\ud800", "null", "NaN", "-1", "0", "1e9", "true", "[[", '{"a":1}', NEUTRAL]
    ),
    st.text(max_size=3),
)


@given(st.data())
def test_no_object_makes_the_auditor_fall(drawn: st.DataObject) -> None:
    """One object altered, in an archive whose names and links hold all the same."""
    vote = a_vote()
    event, number = drawn.draw(st.sampled_from(objects_of(vote)))
    kind, objects = vote.events[event]
    text = objects[number]
    begin = drawn.draw(st.integers(0, len(text)))
    end = drawn.draw(
        st.integers(begin, min(len(text), begin + drawn.draw(st.sampled_from([0, 1, 20, 10_000]))))
    )
    scrap = drawn.draw(SCRAPS.filter(lambda scrap: scrap.isprintable()))
    altered = text[:begin] + scrap + text[end:]
    if altered == text:
        return
    new = [altered if place == number else old for place, old in enumerate(objects)]
    new = [one.replace(sha256(text), sha256(altered)) for one in new]
    report = verified(vote.with_event(event, *new, kind=kind))
    assert not report.sound


@given(st.binary(max_size=3000), st.binary(max_size=50))
def test_no_bytes_make_the_auditor_fall(data: bytes, strict: bytes) -> None:
    assert not verify_archive(data, strict=strict, unfinished=True).sound
    assert not verify_archive(a_vote().data[:1024] + data, strict=strict, unfinished=True).sound
