"""What the law asks of the allocation of a result, by kind of cooperative (docs/year-end.md)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Law:
    """Rates are fractions. `labour_least`: none where no part travail exists."""

    legal_rate: Decimal
    # The legal reserve ends at the highest capital ever reached, or at the capital of the day.
    full_at_highest: bool
    # Of what follows the legal reserve.
    statutory_rate: Decimal
    labour_least: Decimal | None


# Loi 78-763 art. 32 and 33.
SCOP = Law(
    legal_rate=Decimal("0.15"),
    full_at_highest=True,
    statutory_rate=Decimal(0),
    labour_least=Decimal("0.25"),
)
# Loi 47-1775 art. 16 and 19 nonies.
SCIC = Law(
    legal_rate=Decimal("0.15"),
    full_at_highest=False,
    statutory_rate=Decimal("0.5"),
    labour_least=None,
)


def law_of(form: str) -> Law:
    """The law of a legal form (`scop_sarl`, `scic_sas`)."""
    return SCIC if form.startswith("scic") else SCOP
