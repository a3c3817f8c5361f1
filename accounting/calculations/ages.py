"""How late a debt is, by columns of an aged balance."""

from __future__ import annotations

from datetime import date

# The last day of each column, in days past the due date; later comes last.
AGES = (0, 30, 60, 90)


def age_of(due_on: date, on: date) -> int:
    """Gives the rank of the column: 0 not yet due, 1 to 30 days late, 2 to 60, 3 to 90, 4 beyond."""
    late = (on - due_on).days
    return next((rank for rank, most in enumerate(AGES) if late <= most), len(AGES))
