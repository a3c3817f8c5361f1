"""Rounding and sharing of money, by cases and by properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.money import cents, parse_amount, share

AMOUNTS = st.decimals("-1000000", "1000000", places=2)
WEIGHTS = st.lists(st.decimals("0", "1000", places=4), min_size=1, max_size=12).filter(lambda w: sum(w) > 0)


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049", "0.00"), ("100.015", "100.02"), ("1.115", "1.12")],
)
def test_half_a_cent_goes_away_from_zero(exact: str, rounded: str) -> None:
    assert cents(Decimal(exact)) == Decimal(rounded)


@given(AMOUNTS, WEIGHTS)
def test_shares_add_up_to_the_whole(total: Decimal, weights: list[Decimal]) -> None:
    assert sum(share(total, weights)) == total


@given(AMOUNTS, WEIGHTS)
def test_a_share_is_within_a_cent_of_its_exact_value(total: Decimal, weights: list[Decimal]) -> None:
    whole = sum(weights)
    for part, weight in zip(share(total, weights), weights, strict=True):
        assert abs(part - total * weight / whole) < Decimal("0.01")


@given(AMOUNTS, WEIGHTS)
def test_giving_back_mirrors_taking(total: Decimal, weights: list[Decimal]) -> None:
    assert share(-total, weights) == [-part for part in share(total, weights)]


def test_the_cents_left_go_to_the_largest_remainders_first_of_equals() -> None:
    assert share(Decimal("10.00"), [Decimal(1), Decimal(1), Decimal(1)]) == [
        Decimal("3.34"),
        Decimal("3.33"),
        Decimal("3.33"),
    ]
    assert share(Decimal("0.01"), [Decimal(1), Decimal(3)]) == [Decimal("0.00"), Decimal("0.01")]


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(2), Decimal(-1)]])
def test_weights_that_share_nothing_are_refused(weights: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share(Decimal("1.00"), weights)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1 234,56 €", "1234.56"),
        ("1\u202f234,56\u00a0€", "1234.56"),
        ("−3", "-3"),
        (",5", "0.5"),
        ("7,", "7"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed: str, amount: str) -> None:
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["12,3a", "", "1,234.56", "1.2.3", "--1", "€", "1e5", "NaN", "Infinity"])
def test_what_is_not_a_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        parse_amount(typed)
