"""The key by which a collective shares: exact fractions, typed as people write them, whole or refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

_SHARE = re.compile(r"(\d{1,6})\s*/\s*(\d{1,6})|(\d{1,3}(?:[.,]\d{1,6})?)\s*%?")
# Beyond this a denominator is a typing error, and its parts would not fit their column.
MOST = 100_000_000


def share_of(text: str) -> Fraction:
    """Gives the share somebody typed: « 1/3 », « 60 % », « 33,5 » (of a hundred). Raises ValueError."""
    found = _SHARE.fullmatch(" ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split()))
    if found is None:
        raise ValueError(text)
    over, under, percent = found.groups()
    if over is not None:
        if not int(under):
            raise ValueError(text)
        share = Fraction(int(over), int(under))
    else:
        share = Fraction(Decimal(percent.replace(",", "."))) / 100
    if share > 1:
        raise ValueError(text)
    return share


def parts_of(shares: Sequence[Fraction]) -> tuple[int, list[int]]:
    """Gives the smallest whole that every share counts exactly, and the parts of each.

    Raises ValueError when the shares do not make one, or cannot be written."""
    if sum(shares, Fraction(0)) != 1:
        raise ValueError("not whole")
    whole = lcm(*(share.denominator for share in shares))
    if whole > MOST:
        raise ValueError("too fine")
    return whole, [int(share * whole) for share in shares]


def said(share: Fraction) -> str:
    """The share in words of figures: « 1/3 », « 60 % »."""
    percent = share * 100
    if (percent * 100).denominator == 1:
        text = f"{Decimal(percent.numerator) / Decimal(percent.denominator):.2f}".rstrip("0").rstrip(".")
        return text.replace(".", ",") + " %"
    return f"{share.numerator}/{share.denominator}"
