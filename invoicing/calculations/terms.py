"""When an invoice is to be paid, from the terms agreed with the customer (C. com. L441-10)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

# The longest delays between professionals, in days: from the issue, or to the end of a month where so agreed.
LONGEST_DELAY, LONGEST_TO_END_OF_MONTH = 60, 45


def due_on(issued_on: date, *, days: int, end_of_month: bool = False) -> date:
    """The date of issue plus the delay; « fin de mois » then goes to the last day of the month reached."""
    day = issued_on + timedelta(days=days)
    if not end_of_month:
        return day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def latest_due_on(issued_on: date, *, end_of_month: bool) -> date:
    """The last day that the law allows between professionals, `end_of_month` where they agreed on it."""
    latest = due_on(issued_on, days=LONGEST_DELAY)
    if not end_of_month:
        return latest
    return max(latest, due_on(issued_on, days=LONGEST_TO_END_OF_MONTH, end_of_month=True))
