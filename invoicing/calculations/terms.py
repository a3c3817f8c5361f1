"""When an invoice is to be paid, from the terms agreed with the customer (C. com. L441-10)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def due_on(issued_on: date, *, days: int, end_of_month: bool = False) -> date:
    """The date of issue plus the delay; « fin de mois » then goes to the last day of the month reached."""
    day = issued_on + timedelta(days=days)
    if not end_of_month:
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
