"""The square of a transfer says what the bank needs, as EPC069-12 writes it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from invoicing.engines.transfer_qr import square_of, transfer_text

GIVEN = {"name": "Coopérative d’essai", "iban": "FR14 2004 1010 0505 0001 3M02 606", "bic": "PSSTFRPPXXX"}


def test_each_fact_has_its_line() -> None:
    said = transfer_text(**GIVEN, amount=Decimal("1084.5"), text="F2026-0004").split("\n")
    assert said == [
        "BCD",
        "002",
        "1",
        "SCT",
        "PSSTFRPPXXX",
        "Coopérative d’essai",
        "FR1420041010050500013M02606",
        "EUR1084.50",
        "",
        "",
        "F2026-0004",
    ]


def test_long_names_and_labels_are_cut_where_the_bank_cuts_them() -> None:
    said = transfer_text(**GIVEN | {"name": "N" * 90}, amount=Decimal(1), text="T" * 200).split("\n")
    assert (len(said[5]), len(said[10])) == (70, 140)


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1000000000.00"])
def test_an_amount_that_no_transfer_carries(amount: str) -> None:
    with pytest.raises(ValueError, match="no transfer"):
        transfer_text(**GIVEN, amount=Decimal(amount), text="")


def test_the_drawing_is_square_with_its_quiet_zone() -> None:
    square = square_of("BCD")
    assert square.side == 21 + 8
    assert square.path.startswith("M4 4h7v1H4z")
