"""The square that a bank's application reads to prepare a transfer (EPC069-12, « QR code virement SEPA »)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

# Limits of the European Payments Council: EPC069-12, table 1.
_MAX_NAME, _MAX_TEXT = 70, 140
_LEAST, _MOST = Decimal("0.01"), Decimal("999999999.99")


@dataclass(frozen=True, slots=True)
class Square:
    """A drawing in modules: its side, quiet zone included, and one SVG path for all that is dark."""

    side: int
    path: str


def transfer_text(*, name: str, iban: str, bic: str, amount: Decimal, text: str) -> str:
    """What the square says, line by line. ValueError for an amount that no transfer carries."""
    if not _LEAST <= amount <= _MOST:
        raise ValueError(f"no transfer of {amount}")
    lines = ("BCD", "002", "1", "SCT", bic, name[:_MAX_NAME], iban.replace(" ", ""), f"EUR{amount:.2f}")
    return "\n".join((*lines, "", "", text[:_MAX_TEXT]))


def square_of(text: str) -> Square:
    """The square as rows of dark runs, so that the drawing stays light and sharp at any size."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    parts = []
    for top, row in enumerate(rows):
        start = None
        for left, dark in enumerate([*row, False]):
            if dark and start is None:
                start = left
            elif not dark and start is not None:
                parts.append(f"M{start} {top}h{left - start}v1H{start}z")
                start = None
    return Square(len(rows), "".join(parts))
