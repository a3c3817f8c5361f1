"""Which notices apply: every condition of the library, one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from invoicing.calculations.mentions import Called, Condition, SaleFacts, blanks_of, filled, mentions_for

SALE = SaleFacts(
    is_quote=False,
    is_private=False,
    natures=frozenset({"services"}),
    vat=frozenset({("S", "normal")}),
    trade="Maçonnerie générale",
    activity=7,
)


@pytest.mark.parametrize(
    ("condition", "other"),
    [
        ({"place": "invoices"}, {"is_quote": True}),
        ({"audience": "professionals"}, {"is_private": True}),
        ({"nature": "services"}, {"natures": frozenset({"goods"})}),
        ({"vat_category": "S"}, {"vat": frozenset({("E", "training")})}),
        ({"vat_code": "normal"}, {"vat": frozenset({("S", "reduced")})}),
        ({"activity": 7}, {"activity": 8}),
        ({"trade": "maçonnerie"}, {"trade": "Photographie"}),
    ],
)
def test_a_condition_holds_or_not(condition: dict[str, Any], other: dict[str, Any]) -> None:
    one = Condition(code="x", **condition)
    assert mentions_for(SALE, [one]) == (Called("x", True),)
    assert mentions_for(replace(SALE, **other), [one]) == ()


def test_the_option_on_debits_is_asked() -> None:
    one = Condition(code="x", on_debits=True)
    assert mentions_for(SALE, [one]) == ()
    assert mentions_for(replace(SALE, on_debits=True), [one]) == (Called("x", True),)


def test_the_order_is_that_of_the_library() -> None:
    library = [Condition(code=code, compulsory=code == "b") for code in "cba"]
    assert mentions_for(SALE, library) == (Called("c", False), Called("b", True), Called("a", False))


def test_a_blank_is_filled_or_nothing_is_said() -> None:
    text = "Numéro {nda}, {nda}."
    assert blanks_of(text) == {"nda"}
    assert filled(text, {"nda": "11 75"}) == "Numéro 11 75, 11 75."
    assert filled(text, {}) == ""
    assert filled(text, {"nda": ""}) == ""
    assert filled("Sans blanc.", {}) == "Sans blanc."
