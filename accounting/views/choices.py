"""Things to take together, each with its box: orders of a lot of transfers, receipts of a deposit slip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cae.core.money import ZERO


@dataclass(frozen=True)
class Choice:
    """One of them. `under` is said below whose it is."""

    key: int
    who: Any
    what: Any
    on: date
    amount: Decimal
    ticked: bool
    under: str = ""


@dataclass(frozen=True)
class Choices:
    """All of them, with the words of their table: `field` of the form, `sum` the label of the total."""

    field: str
    rows: Sequence[Choice]
    caption: str
    who: str
    what: str
    when: str
    sum: str

    @property
    def total(self) -> Decimal:
        return sum((row.amount for row in self.rows), ZERO)
