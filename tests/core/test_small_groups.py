"""A count by group never tells about fewer than five people (GOV-36, COW-25)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.small_groups import LEAST_TOLD, told_apart


@pytest.mark.parametrize(
    ("sizes", "apart", "together"),
    [
        ({}, [], []),
        ({"a": 12}, ["a"], []),
        ({"a": 12, "b": 5}, ["a", "b"], []),
        # One alone would be known, by itself or as what the total lacks: the next one goes with it.
        ({"a": 12, "b": 1, "c": 7}, ["a"], ["b", "c"]),
        ({"a": 12, "b": 3, "c": 2}, ["a"], ["b", "c"]),
        ({"a": 12, "b": 1}, [], []),
        ({"a": 4}, [], []),
    ],
)
def test_small_groups_are_told_together(sizes: dict[str, int], apart: list[str], together: list[str]) -> None:
    assert told_apart(sizes) == (apart, together)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 40), max_size=8))
def test_no_row_is_about_few(sizes: dict[str, int]) -> None:
    apart, together = told_apart(sizes)
    assert all(sizes[group] >= LEAST_TOLD for group in apart)
    assert not together or sum(sizes[group] for group in together) >= LEAST_TOLD
    assert not (apart or together) or {*apart, *together} == set(sizes)
