"""Amendments by paragraph: distance, order of votes, adopted text, which fall; delays, draws (GOV-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import pytest

from governance.calculations.amendments import (
    DELETE,
    INSERT,
    REPLACE,
    adopted_text,
    distance_of,
    fallen,
    order,
    paragraphs_of,
    tidied,
)
from governance.calculations.delays import (
    additions_window,
    earliest_assembly,
    last_day_to_convene,
    supporters_needed,
)
from governance.calculations.draws import drawn


@dataclass(frozen=True)
class PlainChange:
    """An amendment out of any table."""

    pk: int
    kind: str
    paragraph: int
    text: str = ""
    distance: int = 0


TEXT = "Un deux trois quatre.\n\nLe capital est variable.\n\nLa coopérative dure 99 ans."


def test_paragraphs_are_parted_by_an_empty_line_whatever_the_ends_of_lines() -> None:
    assert paragraphs_of(" un\r\n\r\n\r\ndeux\rtrois\n \n") == ["un", "deux\ntrois"]
    assert tidied("\n\n a \n\n\n b ") == "a\n\nb"
    assert paragraphs_of("") == []


@pytest.mark.parametrize(
    ("kind", "paragraph", "new", "expected"),
    [
        (DELETE, 1, "", 1000),
        (REPLACE, 1, "Un deux trois cinq.", 250),  # one word of four
        (REPLACE, 1, "Un deux", 500),  # two words of four are taken
        (REPLACE, 1, "a b c d", 1000),
        (REPLACE, 1, "Un deux trois quatre. et six sept huit", 500),  # four words more make eight
        (INSERT, 1, "cinq six", 333),  # two words of six
        (INSERT, 0, "Préambule", 1000),  # there is nothing beside it
        (INSERT, 9, "", 0),
    ],
)
def test_the_distance_is_counted_in_words(kind: str, paragraph: int, new: str, expected: int) -> None:
    assert distance_of(TEXT, kind, paragraph, new) == expected


def test_the_furthest_of_a_paragraph_is_voted_first() -> None:
    changes = [
        PlainChange(1, INSERT, 2, "x", 1000),
        PlainChange(2, REPLACE, 2, "y", 1000),
        PlainChange(3, DELETE, 2, "", 1000),
        PlainChange(4, REPLACE, 1, "z", 10),
        PlainChange(5, REPLACE, 2, "w", 400),
        PlainChange(6, REPLACE, 2, "v", 400),
    ]
    assert [one.pk for one in order(changes)] == [4, 3, 2, 1, 5, 6]


def test_the_adopted_text_is_computed() -> None:
    changes = [
        PlainChange(3, INSERT, 0, "Préambule"),
        PlainChange(2, REPLACE, 2, "Le capital est fixe.\n\n\nIl est versé."),
        PlainChange(5, INSERT, 2, "Second ajout"),
        PlainChange(4, INSERT, 2, "Premier ajout"),
        PlainChange(1, DELETE, 3),
    ]
    assert adopted_text(TEXT, changes) == (
        "Préambule\n\nUn deux trois quatre.\n\nLe capital est fixe.\n\nIl est versé.\n\n"
        "Premier ajout\n\nSecond ajout"
    )
    assert adopted_text(TEXT, []) == TEXT
    assert adopted_text(TEXT, [PlainChange(1, REPLACE, 9, "nulle part")]) == TEXT


def test_what_an_adopted_amendment_leaves_without_object_falls() -> None:
    won = PlainChange(1, REPLACE, 2, "a")
    others = [
        won,
        PlainChange(2, DELETE, 2),
        PlainChange(3, REPLACE, 2, "b"),
        PlainChange(4, INSERT, 2, "c"),
        PlainChange(5, REPLACE, 1, "d"),
    ]
    assert [one.pk for one in fallen(won, others)] == [2, 3]
    added = PlainChange(6, INSERT, 2, "c ")
    assert [one.pk for one in fallen(added, others)] == [4]


def test_delays_are_counted_in_days_before() -> None:
    on = date(2027, 6, 16)
    assert last_day_to_convene(on, 15) == date(2027, 6, 1)
    assert earliest_assembly(date(2027, 6, 1), 15) == on
    window = additions_window(on, 15, 5)
    assert (window.first, window.last) == (date(2027, 6, 1), date(2027, 6, 11))
    assert [window.holds(date(2027, 6, day)) for day in (1, 11, 12)] == [True, True, False]
    assert not window.holds(date(2027, 5, 31))


@pytest.mark.parametrize(("members", "needed"), [(0, 1), (19, 1), (20, 1), (21, 2), (60, 3), (61, 4)])
def test_the_support_of_five_percent_is_rounded_up(members: int, needed: int) -> None:
    assert supporters_needed(Fraction(1, 20), members) == needed


def test_a_draw_can_be_made_again() -> None:
    names = ["Ada", "Bob", "Chloé", "Driss"]
    first = drawn("graine", names)
    assert sorted(first) == names
    assert drawn("graine", reversed(names)) == first
    assert any(drawn(f"graine {rank}", names) != first for rank in range(5))
