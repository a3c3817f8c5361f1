"""The entry of a bank line that is split: each part with its VAT, against the bank in its section."""

from datetime import date
from decimal import Decimal

from accounting.calculations.bank_entries import Piece, SplitPart, split_entry

PIECE = Piece("REL 3/1", date(2026, 3, 2), "Crédit Coopératif", "512000")


def test_money_in_collects_the_vat_of_each_part() -> None:
    parts = [
        SplitPart("706000", 1, Decimal("120.00"), vat_rate=Decimal("20.00")),
        SplitPart("758000", 2, Decimal("30.00")),
    ]
    entry = split_entry(PIECE, parts, is_in=True)
    assert [(line.account, line.analytic_id, line.debit, line.credit) for line in entry.lines] == [
        ("706000", 1, Decimal("0.00"), Decimal("100.00")),
        ("vat_collected", 1, Decimal("0.00"), Decimal("20.00")),
        ("512000", 1, Decimal("120.00"), Decimal("0.00")),
        ("758000", 2, Decimal("0.00"), Decimal("30.00")),
        ("512000", 2, Decimal("30.00"), Decimal("0.00")),
    ]
    assert entry.lines[1].vat_base == Decimal("-100.00")
