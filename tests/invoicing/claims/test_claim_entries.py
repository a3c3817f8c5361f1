"""What an approved claim writes in the books, and who is owed what."""

from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.entries import gaps
from invoicing.calculations.claim_entries import (
    Booked,
    Due,
    Piece,
    claim_entry,
    due,
    return_entry,
    waiver_entry,
)

PIECE = Piece("NDF-1", date(2026, 11, 30), "Ana Bé", 7, "Note de frais Ana Bé")
MEAL = Booked("625700", "mission_costs", Decimal("24.00"), Decimal("4.00"), "own")
CARD = Booked("606400", "overheads", Decimal("12.00"), Decimal("2.00"), "cooperative")
ADVANCE = Booked("625100", "mission_costs", Decimal("40.00"), Decimal(0), "advance")
BACK = Booked("625150", "mission_costs", Decimal("-30.00"), Decimal(0), "own")


def written(entry):
    return {(line.account, line.cost, line.party): line.signed for line in entry.lines}


def test_each_line_goes_to_its_account_and_to_whoever_paid():
    lines = [MEAL, CARD, ADVANCE]
    owed = due(lines, held=Decimal("50.00"), deduct=False)
    assert owed == Due(Decimal("24.00"), Decimal("40.00"), Decimal("0.00"), Decimal("0.00"))
    entry = claim_entry(PIECE, lines, owed)
    assert written(entry) == {
        ("625700", "mission_costs", ""): Decimal("20.00"),
        ("vat_deductible", "", ""): Decimal("6.00"),
        ("606400", "overheads", ""): Decimal("10.00"),
        ("625100", "mission_costs", ""): Decimal("40.00"),
        ("claimant", "", "Ana Bé"): Decimal("-24.00"),
        ("expense_advance", "", "Ana Bé"): Decimal("-40.00"),
        ("card_expense", "", "Ana Bé"): Decimal("-12.00"),
    }
    assert not gaps(entry.lines)


@pytest.mark.parametrize(
    ("held", "refund", "deducted"),
    [
        ("0.00", "24.00", "0.00"),
        ("10.00", "14.00", "10.00"),
        ("24.00", "0.00", "24.00"),
        ("90.00", "0.00", "24.00"),
    ],
)
def test_an_advance_still_held_is_taken_off_the_refund(held, refund, deducted):
    owed = due([MEAL], held=Decimal(held), deduct=True)
    assert (owed.to_refund, owed.deducted, owed.used) == (
        Decimal(refund),
        Decimal(deducted),
        Decimal(deducted),
    )
    assert not gaps(claim_entry(PIECE, [MEAL], owed).lines)


def test_lines_said_to_be_paid_by_an_advance_stay_within_it():
    with pytest.raises(ValueError, match="advance"):
        due([ADVANCE], held=Decimal("39.99"), deduct=True)


def test_a_claim_that_takes_back_more_than_it_gives_leaves_a_debt():
    owed = due([MEAL, BACK], held=Decimal("100.00"), deduct=True)
    assert (owed.to_refund, owed.used, owed.overpaid) == (Decimal(0), Decimal(0), Decimal("6.00"))
    entry = claim_entry(PIECE, [MEAL, BACK], owed)
    assert written(entry)["expense_advance", "", "Ana Bé"] == Decimal("6.00")
    assert not gaps(entry.lines)


def test_a_waiver_makes_an_income_of_what_was_owed():
    assert written(waiver_entry(PIECE, Decimal("24.00"))) == {
        ("claimant", "", "Ana Bé"): Decimal("24.00"),
        ("waiver_income", "", "Ana Bé"): Decimal("-24.00"),
    }


def test_what_is_left_of_an_advance_comes_back_to_the_bank():
    entry = return_entry(PIECE, Decimal("10.00"))
    assert entry.journal == "BQ"
    assert written(entry) == {
        ("bank", "", ""): Decimal("10.00"),
        ("expense_advance", "", "Ana Bé"): Decimal("-10.00"),
    }
