"""Closing entries and the entry of an allocation, as drafts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.allocation.parts import Allocation
from accounting.calculations.entries import EntryDraft, gaps
from accounting.calculations.year_end import (
    Held,
    Opening,
    Receivers,
    allocation_entry,
    closing_entry,
    opening_lines,
)
from cae.core.money import CENT, ZERO

D = Decimal
END = date(2026, 12, 31)


def closed(held: list[Held], carried: dict[int, D] | None = None) -> EntryDraft | None:
    return closing_entry(held, carried or {}, on=END, label="Clôture", piece="CLOTURE 2026")


def said(draft: EntryDraft | None) -> dict[tuple[str, int], D]:
    return {(line.account, line.analytic_id): line.signed for line in draft.lines} if draft else {}


def test_each_section_takes_its_result() -> None:
    held = [
        Held("706000", 1, D("-900.00")),
        Held("606100", 1, D("300.00")),
        Held("187000", 2, D("-90.00")),
        Held("641000", 2, D("100.00")),
        Held("626000", 3, ZERO),
    ]
    draft = closed(held)
    assert draft is not None
    assert (draft.journal, draft.on, gaps(draft.lines)) == ("RA", END, {})
    assert said(draft) == {
        ("706000", 1): D("900.00"),
        ("606100", 1): D("-300.00"),
        ("result_profit", 1): D("-600.00"),
        ("187000", 2): D("90.00"),
        ("641000", 2): D("-100.00"),
        ("result_loss", 2): D("10.00"),
    }


def test_a_result_that_changes_sides_changes_account() -> None:
    draft = closed([Held("606100", 1, D("700.00"))], {1: D("-600.00")})
    assert said(draft) == {
        ("606100", 1): D("-700.00"),
        ("result_profit", 1): D("600.00"),
        ("result_loss", 1): D("100.00"),
    }
    assert closed([]) is None
    assert closed([Held("606100", 1, ZERO)], {1: D("-600.00")}) is None


_AMOUNT = st.integers(-(10**7), 10**7).map(lambda units: units * CENT)
_ROWS = st.lists(
    st.tuples(st.sampled_from(["606100", "641000", "706000", "187000"]), st.integers(1, 3), _AMOUNT).map(
        lambda row: Held(*row)
    ),
    max_size=20,
)


@given(first=_ROWS, then=_ROWS)
def test_closing_in_two_steps_is_closing_once(first: list[Held], then: list[Held]) -> None:
    """What adjusting entries leave is where one closing would have brought it, and a third finds nothing."""
    once, one = said(closed([*first, *then])), said(closed(first))
    carried = {
        section: sum((amount for key, amount in one.items() if key in _results(section)), ZERO)
        for section in (1, 2, 3)
    }
    two = said(closed(then, carried))
    added = {key: one.get(key, ZERO) + two.get(key, ZERO) for key in one.keys() | two.keys()}
    assert {key: amount for key, amount in added.items() if amount} == once


def _results(section: int) -> set[tuple[str, int]]:
    return {("result_profit", section), ("result_loss", section)}


WORKED = Allocation(ZERO, D("15000.00"), D("40000.00"), D("45000.00"), ZERO)


def allocated(
    allocation: Allocation, receivers: Receivers, results: dict[int, D], section: int = 9
) -> EntryDraft | None:
    return allocation_entry(allocation, receivers, results, section=section, on=END, label="Affectation")


def test_the_worked_case_is_posted_from_every_section() -> None:
    people = (("Amina", D("25000.00")), ("Luc", D("20000.00")))
    draft = allocated(
        WORKED, Receivers(labour=people), {1: D("112000.00"), 2: D("-14000.00"), 9: D("2000.00")}
    )
    assert draft is not None
    assert (draft.journal, gaps(draft.lines)) == ("OD", {})
    assert {(line.account, line.analytic_id, line.party): line.signed for line in draft.lines} == {
        ("result_profit", 1, ""): D("112000.00"),
        ("internal_link", 1, ""): D("-112000.00"),
        ("result_loss", 2, ""): D("-14000.00"),
        ("internal_link", 2, ""): D("14000.00"),
        ("internal_link", 9, ""): D("98000.00"),
        ("result_profit", 9, ""): D("2000.00"),
        ("legal_reserve", 9, ""): D("-15000.00"),
        ("statutory_reserve", 9, ""): D("-40000.00"),
        ("labour_share", 9, "Amina"): D("-25000.00"),
        ("labour_share", 9, "Luc"): D("-20000.00"),
    }


def test_interest_and_former_losses_are_posted() -> None:
    allocation = Allocation(D("10.00"), D("15.00"), D("45.00"), D("25.00"), D("5.00"))
    receivers = Receivers((("Amina", D("25.00")),), (("Luc", D("5.00")),))
    found = said(allocated(allocation, receivers, {9: D("100.00")}))
    assert found["losses_carried", 9] == D("-10.00")
    assert found["share_interest", 9] == D("-5.00")


def test_a_loss_is_carried() -> None:
    found = allocated(Allocation(D("-30.00"), ZERO, ZERO, ZERO, ZERO), Receivers(), {9: D("-30.00")})
    assert said(found) == {("result_loss", 9): D("-30.00"), ("losses_carried", 9): D("30.00")}
    assert allocated(Allocation(ZERO, ZERO, ZERO, ZERO, ZERO), Receivers(), {}) is None


@pytest.mark.parametrize(
    ("receivers", "results"),
    [
        (Receivers(labour=(("Amina", D("44999.99")),)), {9: D("100000.00")}),
        (Receivers(labour=(("Amina", D("45000.00")),)), {9: D("99999.99")}),
        (Receivers((("Amina", D("45000.00")),), (("Luc", D("0.01")),)), {9: D("100000.00")}),
    ],
)
def test_an_allocation_is_shared_whole(receivers: Receivers, results: dict[int, D]) -> None:
    with pytest.raises(ValueError, match="whole"):
        allocated(WORKED, receivers, results)


def test_a_year_opens_on_what_the_other_closed() -> None:
    standing = [Held("411000", 1, D("70.00")), Held("512000", 1, D("30.00")), Held("120000", 2, D("-5.00"))]
    details = [
        Opening("411000", 1, D("50.00"), party="Mairie", piece="F-1", due_on=END),
        Opening("411000", 1, D("12.00"), party="Lycée", piece="F-2"),
    ]
    found = opening_lines(standing, details, {1: D("-100.00"), 2: D("5.00")}, ("120000", "129000"))
    assert found == [
        Opening("120000", 1, D("-100.00")),
        Opening("120000", 2, D("-5.00")),
        Opening("129000", 2, D("5.00")),
        *details,
        # What no detail explains stays.
        Opening("411000", 1, D("8.00")),
        Opening("512000", 1, D("30.00")),
    ]
    assert sum(one.signed for one in found) == 0


def test_what_is_open_on_both_sides_of_an_account_opens_though_its_balance_is_nothing() -> None:
    details = [
        Opening("401000", 1, D("-40.00"), party="Papetier", piece="A-1"),
        Opening("401000", 1, D("40.00"), party="Loueur", piece="B-1"),
    ]
    assert opening_lines([], details, {}, ("120000", "129000")) == details
