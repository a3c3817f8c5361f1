"""Counted facts are told whole, whatever their shape."""

from __future__ import annotations

from typing import Any

import pytest

from governance.calculations.telling import told


def lines(facts: dict[str, Any], apart: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return told(facts, words=lambda path: path[-1].upper(), said=lambda path, value: str(value), apart=apart)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"base": 48}, [{"label": "BASE", "value": "48"}]),
        ({"base": 0, "met": False}, [{"label": "BASE", "value": "0"}, {"label": "MET", "value": "False"}]),
        ({"a": None, "b": "", "c": {}, "d": []}, []),
        ({"counts": {"pour": 3}}, [{"label": "COUNTS · POUR", "value": "3"}]),
        (
            {"doors": {"screen": {"pour": 3, "contre": 1}, "hands": {"pour": 2, "blanc": None}}},
            [
                {
                    "label": "DOORS",
                    "head": ["POUR", "CONTRE", "BLANC"],
                    "rows": [["SCREEN", "3", "1", "—"], ["HANDS", "2", "—", "—"]],
                }
            ],
        ),
        ({"doors": {"screen": {"pour": 3}}}, [{"label": "DOORS · SCREEN · POUR", "value": "3"}]),
        ({"elected": ["Ana", "Bob"]}, [{"label": "ELECTED", "value": "Ana, Bob"}]),
        (
            {"ranking": [["Ana"], ["Bob", "Eve"]]},
            [{"label": "RANKING · 1", "value": "Ana"}, {"label": "RANKING · 2", "value": "Bob, Eve"}],
        ),
        (
            {"turns": [{"need": 4}, {"need": 5}]},
            [{"label": "TURNS", "head": ["NEED"], "rows": [["1", "4"], ["2", "5"]]}],
        ),
        (
            {"colleges": {"x": {"weight": 5, "counts": {"pour": 1}}, "y": {}}},
            [
                {"label": "COLLEGES · X · WEIGHT", "value": "5"},
                {"label": "COLLEGES · X · COUNTS · POUR", "value": "1"},
            ],
        ),
    ],
)
def test_every_shape_is_told(facts: dict[str, Any], expected: list[dict[str, Any]]) -> None:
    assert lines(facts) == expected


def test_what_is_told_elsewhere_is_left_out_at_every_depth() -> None:
    assert lines({"text": "a", "part": {"text": "b", "base": 1}}, ("text",)) == [
        {"label": "PART · BASE", "value": "1"}
    ]
