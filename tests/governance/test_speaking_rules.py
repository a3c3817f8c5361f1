"""Who speaks next (GOV-35): points of order, first speeches, then those who spoke least."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.calculations.speaking import Asked, Balance, Spoken, balances, clock, queue, seconds_between

NOON = datetime(2026, 6, 12, 12, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


def asked(key: int, associate: int, seconds: int, kind: str = "speech") -> Asked:
    return Asked(key, associate, kind, at(seconds))


def keys(rows: list[Asked]) -> list[int]:
    return [row.key for row in rows]


def test_who_asked_first_speaks_first() -> None:
    assert keys(queue([asked(2, 20, 30), asked(1, 10, 5)], [])) == [1, 2]


def test_who_has_not_spoken_comes_before_who_has() -> None:
    waiting = [asked(1, 10, 0), asked(2, 20, 60)]
    assert keys(queue(waiting, [Spoken(10, "speech", 30)])) == [2, 1]


def test_of_those_who_have_spoken_the_shorter_time_comes_first() -> None:
    waiting = [asked(1, 10, 0), asked(2, 20, 60)]
    spoken = [Spoken(10, "speech", 200), Spoken(20, "speech", 60), Spoken(20, "speech", 100)]
    assert keys(queue(waiting, spoken)) == [2, 1]


def test_a_point_of_order_comes_before_all_and_is_no_speech() -> None:
    waiting = [asked(1, 10, 0), asked(2, 20, 60, "order"), asked(3, 30, 50, "order")]
    assert keys(queue(waiting, [Spoken(20, "speech", 900)])) == [3, 2, 1]
    assert balances([Spoken(10, "order", 40)]) == {}
    assert keys(queue([asked(1, 10, 0), asked(2, 20, 60)], [Spoken(10, "order", 40)])) == [1, 2]


def test_two_requests_of_one_instant_keep_the_order_of_their_keys() -> None:
    assert keys(queue([asked(9, 10, 0), asked(4, 20, 0)], [])) == [4, 9]


def test_a_balance_adds_times_and_seconds() -> None:
    spoken = [Spoken(10, "speech", 20), Spoken(10, "speech", 40), Spoken(20, "speech", 5)]
    assert balances(spoken) == {10: Balance(2, 60), 20: Balance(1, 5)}


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (65, "1:05"), (3729, "1:02:09")])
def test_a_length_is_said_as_a_clock_does(seconds: int, said: str) -> None:
    assert clock(seconds) == said


def test_a_turn_is_never_shorter_than_nothing() -> None:
    assert seconds_between(NOON, at(61)) == 61
    assert seconds_between(at(5), NOON) == 0


turns = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 900), st.sampled_from(["speech", "order"])), max_size=12
)


@given(turns, turns)
def test_everybody_who_waits_is_in_the_queue_once_whatever_the_order_of_the_rows(
    waiting: list[tuple[int, int, str]], spoken: list[tuple[int, int, str]]
) -> None:
    rows = [asked(key, who, when, kind) for key, (who, when, kind) in enumerate(waiting)]
    over = [Spoken(who, kind, seconds) for who, seconds, kind in spoken]
    found = queue(rows, over)
    assert sorted(keys(found)) == sorted(keys(rows))
    assert queue(reversed(rows), reversed(over)) == found
    orders = [row.kind == "order" for row in found]
    assert orders == sorted(orders, reverse=True)
