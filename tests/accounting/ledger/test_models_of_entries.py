"""Pure parts: what a model gives for a total, and what is read of a pasted sheet."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.entries import gaps
from accounting.calculations.entry_models import (
    ModelPart,
    amount_gaps,
    debit_parts,
    filled,
    part_gaps,
    takes_total,
)
from accounting.calculations.entry_pasting import pasted_rows

THIRD = Decimal("0.3333")
RENT = (
    ModelPart("613000", 1, "debit", part=THIRD),
    ModelPart("613000", 2, "debit", part=THIRD),
    ModelPart("613000", 3, "debit", part=Decimal("0.3334")),
    ModelPart("401000", 1, "credit", part=THIRD),
    ModelPart("401000", 2, "credit", part=Decimal("0.1111")),
    ModelPart("512000", 2, "credit", part=Decimal("0.2222")),
    ModelPart("401000", 3, "credit", part=Decimal("0.3334")),
    ModelPart("627000", 1, "debit", amount=Decimal("2.50")),
    ModelPart("512000", 1, "credit", amount=Decimal("2.50")),
)


@given(st.decimals("0.01", "9999999", places=2))
def test_every_section_balances_to_the_cent_whatever_the_total(total: Decimal) -> None:
    lines = filled(RENT, total)
    assert gaps(lines) == {}
    assert sum(line.debit for line in lines) == total + Decimal("2.50")


def test_a_model_of_amounts_needs_no_total_and_gives_them() -> None:
    fixed = RENT[-2:]
    assert not takes_total(fixed)
    assert [(line.account, line.debit, line.credit) for line in filled(fixed, None)] == [
        ("627000", Decimal("2.50"), Decimal(0)),
        ("512000", Decimal(0), Decimal("2.50")),
    ]
    assert filled(fixed, Decimal("9.00")) == filled(fixed, None)


def test_what_does_not_balance_is_named_by_its_section() -> None:
    assert (amount_gaps(RENT), part_gaps(RENT), debit_parts(RENT)) == ({}, {}, Decimal(1))
    assert takes_total(RENT)
    assert amount_gaps(RENT[:-1]) == {1: Decimal("2.50")}
    assert part_gaps(RENT[1:]) == {1: -THIRD}


def test_a_sheet_is_read_with_or_without_its_heading() -> None:
    pasted = "Compte\tSection\tLibellé\tDébit\tCrédit\n627000\tAtelier\tFrais\t12,50\t\n\n512000\tAtelier\n"
    assert pasted_rows(pasted) == [
        {"account": "627000", "section": "Atelier", "label": "Frais", "debit": "12,50", "credit": ""},
        {"account": "512000", "section": "Atelier", "label": "", "debit": "", "credit": ""},
    ]
    assert pasted_rows("627000;Atelier;Frais;1;")[0]["debit"] == "1"
    assert pasted_rows("627000") == [
        {"account": "627000", "section": "", "label": "", "debit": "", "credit": ""}
    ]
