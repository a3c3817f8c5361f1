"""Variants: groups of which the customer takes exactly one, from the editor to the invoice (INV-14)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from invoicing.calculations.variants import (
    choices_of,
    extremes_of,
    optional_places,
    proposed_of,
    variants_of,
)

D = Decimal


@dataclass(frozen=True)
class Row:
    group_title: str = ""
    choice: str = ""
    optional: bool = False


PAPER = (
    Row("Prestation"),
    Row("Papier mat", "Papier"),
    Row(),
    Row("Papier brillant", "Papier", optional=True),
    Row(optional=True),
    Row("Livraison", optional=True),
    Row(),
)


def test_a_variant_lasts_until_the_next_title() -> None:
    mat, brilliant = variants_of(PAPER)
    assert (mat.choice, mat.title, mat.places, mat.proposed) == ("Papier", "Papier mat", (1, 2), True)
    assert (brilliant.title, brilliant.places, brilliant.proposed) == ("Papier brillant", (3, 4), False)
    assert choices_of(variants_of(PAPER)) == {"Papier": (mat, brilliant)}
    assert brilliant.first == 3


def test_the_proposed_one_counts_until_the_customer_prefers_another() -> None:
    mat, brilliant = variants_of(PAPER)
    assert proposed_of((mat, brilliant)) == (mat,)
    assert optional_places(PAPER, taken=[mat]) == {3, 4, 5}
    assert optional_places(PAPER, taken=[brilliant], options=[5]) == {1, 2}


def test_without_a_proposal_the_first_counts() -> None:
    none = [Row("A", "x", optional=True), Row("B", "x", optional=True)]
    assert [one.title for one in proposed_of(variants_of(none))] == ["A"]


def test_the_cheapest_and_the_dearest() -> None:
    nets = [D(100), D(40), D(10), D(70), D(5), D(20), D(0)]
    low, high = extremes_of(variants_of(PAPER), nets)
    assert [one.title for one in low] == ["Papier mat"]
    assert [one.title for one in high] == ["Papier brillant"]
    assert extremes_of((), nets) == []


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["", "", "x", "y"]), st.booleans()), max_size=12))
def test_one_variant_of_each_choice_is_taken_and_no_line_belongs_to_two(
    rows: list[tuple[bool, str, bool]],
) -> None:
    lines = [Row("T" if titled or choice else "", choice, optional) for titled, choice, optional in rows]
    variants = variants_of(lines)
    places = [place for one in variants for place in one.places]
    assert len(places) == len(set(places))
    assert all(b == a + 1 for one in variants for a, b in pairwise(one.places))
    taken = proposed_of(variants)
    assert [one.choice for one in taken] == list(choices_of(variants))
    left = optional_places(lines, taken=taken)
    for one in variants:
        assert left.isdisjoint(one.places) if one in taken else left.issuperset(one.places)
