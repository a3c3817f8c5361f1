"""The archive: written as other programs write it, read to the last byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.engines.ballots import archive
from governance.engines.ballots.archive import (
    BLOCK,
    Addition,
    Archive,
    ArchiveFault,
    Event,
    Kind,
    check_chain,
    read_archive,
)
from governance.engines.ballots.faults import Fault
from tests.governance.ballots.known import DATA
from tests.governance.ballots.voted import TIMESTAMP, a_vote, entry, sha256, written

FIXTURES = ("homomorphic", "threshold")
HEAD = entry("BELENIOS", f'{{"version":1,"timestamp":"{TIMESTAMP}"}}')


def bytes_of(fixture: str) -> bytes:
    return (DATA / fixture / "archive.bel").read_bytes()


def added(timestamp: int, after: Event | None, kind: Kind, objects: tuple[str, ...]) -> Addition:
    if after is None:
        election, trustees, roll, _ = objects
        return archive.add_setup(timestamp, election=election, trustees=trustees, roll=roll)
    add = {
        Kind.BALLOT: archive.add_ballot,
        Kind.END: archive.add_end,
        Kind.TALLY: archive.add_tally,
        Kind.PARTIAL: archive.add_partial,
        Kind.RESULT: archive.add_result,
    }
    return add[kind](timestamp, after, *objects)  # type: ignore[operator]


@pytest.mark.parametrize("fixture", FIXTURES)
def test_written_again_an_archive_has_the_same_bytes(fixture: str) -> None:
    data = bytes_of(fixture)
    read = read_archive(data)
    again, last = archive.start(read.timestamp), None
    for one in read.events:
        addition = added(read.timestamp, last, one.kind, one.objects)
        assert addition.event == one.event
        again, last = again + addition.data, addition.event
        check_chain(read_archive(again), unfinished=True)
    assert again == data
    assert last
    assert last.hash == read.head


def test_the_engine_writes_what_other_hands_write() -> None:
    vote = a_vote()
    data, last = archive.start(TIMESTAMP), None
    for kind, objects in vote.events:
        addition = added(TIMESTAMP, last, kind, objects)
        data, last = data + addition.data, addition.event
    assert data == vote.data


def test_the_worked_values_of_the_protocol() -> None:
    """§13: the header of the first entry, the first event."""
    data = bytes_of("threshold")
    assert data[124:136] == b"00000000046\0"
    assert data[136:148] == b"15300720672\0"
    assert data[148:156] == b"005712\0 "
    first = read_archive(data).events[0].event
    assert first.hash == "933c0cb1ef72bcd718aed356f7939b324b43a4a5fb2440d12d0e92ff697b0909"


def fault_of(data: bytes, *, unfinished: bool = False) -> ArchiveFault:
    with pytest.raises(ArchiveFault) as caught:
        check_chain(read_archive(data), unfinished=unfinished)
    return caught.value


def places_of_every_kind() -> list[int]:
    """Two entries of each kind of event and the first: each part of the header, content, padding."""
    data, starts, offset = a_vote().data, [], 0
    while offset < len(data):
        size = int(data[offset + 124 : offset + 135], 8)
        starts.append((offset, size))
        offset += BLOCK + size + -size % BLOCK
    fields = (
        0,
        63,
        64,
        75,
        99,
        100,
        107,
        108,
        116,
        124,
        134,
        135,
        136,
        146,
        148,
        153,
        154,
        155,
        156,
        157,
        511,
    )
    return [
        begin + place
        for begin, size in (*starts[:7], *starts[-12:])
        for place in (*fields, BLOCK, BLOCK + size // 2, BLOCK + size - 1, BLOCK + size + -size % BLOCK - 1)
    ]


def test_one_byte_altered_in_any_place_of_any_entry_is_refused_and_placed() -> None:
    data = a_vote().data
    for place in places_of_every_kind():
        for change in (1, 32, 128):
            altered = bytearray(data)
            altered[place] ^= change
            offset = fault_of(bytes(altered)).where.offset
            assert offset is not None, place
            assert offset <= place


@given(st.data())
def test_one_byte_altered_anywhere_is_refused(drawn: st.DataObject) -> None:
    data = bytearray(a_vote().data)
    place = drawn.draw(st.integers(0, len(data) - 1))
    data[place] ^= drawn.draw(st.integers(1, 255))
    assert fault_of(bytes(data)).where.offset is not None


@given(st.data())
def test_a_cut_archive_is_refused_unless_it_is_cut_between_two_events(drawn: st.DataObject) -> None:
    vote = a_vote()
    events = drawn.draw(st.integers(1, len(vote.events) - 1))
    whole = written(vote.events[:events])
    assert fault_of(whole).code is Fault.UNFINISHED
    check_chain(read_archive(whole), unfinished=True)
    more = drawn.draw(st.integers(1, len(written(vote.events[: events + 1])) - len(whole) - 1))
    cut = vote.data[: len(whole) + more]
    assert fault_of(cut, unfinished=True).code in {Fault.CONTAINER_WRONG, Fault.STRAY_DATA}


def test_what_comes_before_the_first_event() -> None:
    assert fault_of(b"").code is Fault.CONTAINER_WRONG
    assert fault_of(HEAD, unfinished=True).code is Fault.UNFINISHED
    assert read_archive(HEAD) == Archive(TIMESTAMP, ())
    assert read_archive(HEAD).head == ""
    assert fault_of(entry("BELENIOZ", "{}")).code is Fault.CONTAINER_WRONG


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f'{{"version":2,"timestamp":"{TIMESTAMP}"}}', Fault.VERSION_WRONG),
        (f'{{"version":true,"timestamp":"{TIMESTAMP}"}}', Fault.SHAPE_WRONG),
        (f'{{"timestamp":"{TIMESTAMP}","version":1}}', Fault.SHAPE_WRONG),
        (f'{{"version":1,"timestamp":{TIMESTAMP}}}', Fault.SHAPE_WRONG),
        (f'{{"version":1,"timestamp":"{TIMESTAMP + 1}"}}', Fault.CONTAINER_WRONG),
        (f'{{"version":1,"timestamp":"0{TIMESTAMP}"}}', Fault.CONTAINER_WRONG),
        (f'{{"version":1,"timestamp":"{TIMESTAMP}" }}', Fault.NOT_CANONICAL),
    ],
)
def test_the_head_is_as_the_protocol_wants_it(text: str, code: Fault) -> None:
    assert fault_of(entry("BELENIOS", text)).code is code


def test_a_name_that_is_not_that_of_an_entry() -> None:
    text = '{"height":0,"type":"EndBallots"}'
    for name in (f"{sha256(text)}.other.json", f"{sha256(text)}", f"{'0' * 64}.data.json", "BELENIOS"):
        assert fault_of(HEAD + entry(name, text)).code is Fault.NAME_WRONG
    assert fault_of(HEAD + entry("é", text)).code is Fault.CONTAINER_WRONG


def test_bytes_that_are_no_text() -> None:
    data = HEAD + entry("x", "ab")
    place = len(HEAD) + BLOCK
    altered = data[:place] + b"\xff\xfe" + data[place + 2 :]
    assert fault_of(altered).code is Fault.NOT_CANONICAL


END = "EndBallots"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", Fault.SHAPE_WRONG),
        (f'{{"type":"{END}","height":0}}', Fault.SHAPE_WRONG),
        (f'{{"height":0,"type":"{END}","more":1}}', Fault.SHAPE_WRONG),
        (f'{{"height":0,"type":"{END}","payload":"{"0" * 64}"}}', Fault.SHAPE_WRONG),
        ('{"height":0,"type":"Shuffle"}', Fault.SHAPE_WRONG),
        ('{"height":0,"type":[]}', Fault.SHAPE_WRONG),
        (f'{{"height":true,"type":"{END}"}}', Fault.SHAPE_WRONG),
        (f'{{"parent":null,"height":0,"type":"{END}"}}', Fault.SHAPE_WRONG),
        (f'{{"height": 0,"type":"{END}"}}', Fault.NOT_CANONICAL),
        ('{"height":0,"type":"Ballot"}', Fault.STRAY_DATA),
        (f'{{"height":1,"type":"{END}"}}', Fault.CHAIN_WRONG),
        (f'{{"parent":"","height":0,"type":"{END}"}}', Fault.CHAIN_WRONG),
        (f'{{"height":0,"type":"{END}"}}', Fault.ORDER_WRONG),
    ],
)
def test_an_event_is_as_the_protocol_wants_it(text: str, code: Fault) -> None:
    fault = fault_of(HEAD + entry(f"{sha256(text)}.event.json", text))
    assert fault.code is code
    assert fault.where.offset == len(HEAD)


def test_objects_that_are_not_those_of_their_event() -> None:
    vote = a_vote()
    ballot = vote.events[1][1][0]
    setup, tally, partial = (vote.place(kind) for kind in (Kind.SETUP, Kind.TALLY, Kind.PARTIAL))
    election, trustees, roll, named = vote.events[setup][1]
    sums, sized = vote.events[tally][1]
    for data in (
        vote.with_event(1, ballot, ballot),
        vote.with_event(1),
        vote.with_event(vote.place(Kind.END), ballot),
        vote.with_event(setup, trustees, election, roll, named),
        vote.with_event(setup, election, trustees, named),
        vote.with_event(tally, sums.replace("0", "1", 1), sized),
        vote.with_event(tally, sized, sums, sized),
        vote.with_event(partial, sums, vote.events[partial][1][1]),
        vote.with_event(vote.place(Kind.RESULT)),
    ):
        assert fault_of(data).code is Fault.STRAY_DATA
    assert fault_of(vote.with_event(tally, sums, "[]")).code is Fault.SHAPE_WRONG
    assert fault_of(vote.with_event(tally, sums, sized[:-1])).code is Fault.NOT_CANONICAL


def test_a_payload_that_its_event_does_not_name() -> None:
    vote = a_vote()
    before = written(vote.events[:1])
    parent = read_archive(before).head
    event = f'{{"parent":"{parent}","height":1,"type":"Ballot","payload":"{"0" * 64}"}}'
    ballot = vote.events[1][1][0]
    data = before + entry(f"{sha256(ballot)}.data.json", ballot) + entry(f"{sha256(event)}.event.json", event)
    fault = fault_of(data, unfinished=True)
    assert (fault.code, fault.where.height) == (Fault.STRAY_DATA, 1)


def test_data_that_no_event_follows() -> None:
    vote = a_vote()
    stray = entry(f"{sha256('1')}.data.json", "1")
    fault = fault_of(vote.data + stray)
    assert (fault.code, fault.where.offset) == (Fault.STRAY_DATA, len(vote.data))


def test_events_out_of_their_turn() -> None:
    """A whole chain, whose links hold, of events that may not follow one another."""
    events = list(a_vote().events)
    setup, ballot, end, tally = (events[a_vote().place(kind)] for kind in list(Kind)[:4])
    result, share = events[-1], events[-2]
    for wrong in (
        [ballot, *events],
        [setup, *events],
        [*events, result],
        [*events, ballot],
        [*events[:-1], result, share, result],
        [*events[:6], ballot, end, ballot, *events[7:]],
        [one for one in events if one is not end],
        [*events[:7], end, *events[7:]],
        [*events[:8], tally, *events[8:]],
        [one for one in events if one[0] is not Kind.PARTIAL],
        [one for one in events if one[0] is not Kind.TALLY],
    ):
        assert fault_of(written(wrong)).code is Fault.ORDER_WRONG


def test_a_chain_whose_links_do_not_hold() -> None:
    vote = a_vote()
    before = written(vote.events[:1])
    for link in (
        '"parent":"0","height":1',
        f'"parent":"{read_archive(before).head}","height":2',
        '"height":1',
    ):
        event = f'{{{link},"type":"EndBallots"}}'
        fault = fault_of(before + entry(f"{sha256(event)}.event.json", event), unfinished=True)
        assert fault.code is Fault.CHAIN_WRONG


@given(st.binary(max_size=2000))
def test_no_bytes_make_the_reader_fall(data: bytes) -> None:
    for tried in (data, HEAD + data):
        try:
            read_archive(tried)
        except ArchiveFault:
            continue
        assert tried == HEAD
