"""The calendar of the demonstration: everything is so many days before the day it is loaded."""

from datetime import date, timedelta


def days_ago(today: date, count: int) -> date:
    """The working day at or just before `count` days ago: a smaller count never gives an earlier day."""
    day = today - timedelta(days=count)
    return day - timedelta(days=max(0, day.weekday() - 4))


def assembly_before(today: date, *, years: int) -> date:
    """The third Friday of June of some years ago: when the members vote."""
    june = date(today.year - years, 6, 1)
    return june + timedelta(days=(4 - june.weekday()) % 7 + 14)
