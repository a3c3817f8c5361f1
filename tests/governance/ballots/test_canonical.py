"""One writing of each object, and nothing else read."""

from __future__ import annotations

import pytest
from hypothesis import given

from governance.engines.ballots.canonical import dumps, fields, integer, items, loads_exact, string, text_of
from governance.engines.ballots.faults import Fault
from tests.governance.ballots.known import PLAIN, lines, refused


@pytest.mark.parametrize(
    "name", ["homomorphic/election.json", "homomorphic/ballots_oracle.txt", "threshold/trustees.json"]
)
def test_what_other_programs_wrote_is_read_and_written_to_the_byte(name: str) -> None:
    for line in lines(name):
        assert dumps(loads_exact(line)) == line


def test_only_what_must_be_escaped_is() -> None:
    assert dumps('é/"\\\b\f\n\r\t\x01\x1f\x7f') == r'"é/\"\\\b\f\n\r\t\u0001\u001f\u007f"'


@given(PLAIN)
def test_what_we_write_we_read(value: object) -> None:
    assert loads_exact(dumps(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}',
        '{"a":1}\n',
        '{"a":1,"a":1}',
        '{"a":1,"a":2}',
        "[NaN]",
        "[Infinity]",
        "[-Infinity]",
        "[1.0]",
        "[1e3]",
        "[-0]",
        "[01]",
        '["\\u00e9"]',
        '["\\/"]',
        '["\\u001F"]',
        '["\x7f"]',
        '["\\ud800"]',
        '["\ud800"]',
        "[1,]",
        "",
        "[" * 100_000,
        "1" * 5_000,
    ],
)
def test_any_other_writing_is_refused(text: str) -> None:
    with refused(Fault.NOT_CANONICAL):
        loads_exact(text)


def test_more_bytes_than_said_are_refused() -> None:
    assert loads_exact('["é"]', 6) == ["é"]
    with refused(Fault.TOO_BIG):
        loads_exact('["éé"]', 7)  # six characters, eight bytes
    with refused(Fault.TOO_BIG):
        loads_exact("[" * 100_000, 99_999)


def test_bytes_are_text_or_refused() -> None:
    assert text_of("é".encode()) == "é"
    for data in (b"\xff", b"\xed\xa0\x80"):
        with refused(Fault.NOT_CANONICAL):
            text_of(data)


def test_shapes_are_strict() -> None:
    assert fields({"a": 1, "b": 2}, "a", "b") == [1, 2]
    assert items([1, 2], 2) == [1, 2]
    assert string("x") == "x"
    assert integer(3) == 3


@pytest.mark.parametrize("value", [{"b": 2, "a": 1}, {"a": 1}, {"a": 1, "b": 2, "c": 3}, [1, 2], None])
def test_a_key_too_many_too_few_or_elsewhere_is_refused(value: object) -> None:
    with refused(Fault.SHAPE_WRONG):
        fields(value, "a", "b")


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        (items, {}),
        (items, "ab"),
        (string, 1),
        (string, None),
        (integer, True),
        (integer, "1"),
        (integer, None),
    ],
)
def test_another_type_is_refused(reader: object, value: object) -> None:
    with refused(Fault.SHAPE_WRONG):
        reader(value)  # type: ignore[operator]
    with refused(Fault.SHAPE_WRONG):
        items([1], 2)
