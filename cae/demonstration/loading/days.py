"""The calendar of the demonstration: everything is so many days before the day it is loaded."""

from datetime import date, timedelta


def days_ago(today: date, count: int) -> date:
    """The working day at or just before `count` days ago: a smaller count never gives an earlier day."""
    day = today - timedelta(days=count)
    return day - timedelta(days=max(0, day.weekday() - 4))


def days_ahead(today: date, count: int) -> date:
    """The working day at or just after `count` days to come."""
    day = today + timedelta(days=count)
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def assembly_before(today: date, *, years: int) -> date:
    """The third Friday of June of some years ago: when the members vote."""
    june = date(today.year - years, 6, 1)
    return june + timedelta(days=(4 - june.weekday()) % 7 + 14)
