"""What a place allows of a resource: how early, how late, how long, how much a week (COW-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch

DAY = 24 * 60


class Breach(StrEnum):
    """Why a span is not allowed."""

    PAST = "past"
    STEP = "step"
    SHORT = "short"
    LONG = "long"
    LATE = "late"
    EARLY = "early"
    HOURS = "hours"
    WEEK = "week"


@dataclass(frozen=True)
class Terms:
    """Of a resource and of a plan, in minutes; None: no limit."""

    step: int
    shortest: int
    longest: int
    notice: int = 0
    opens_days: int | None = None
    weekly: int | None = None
    from_hour: time | None = None
    until_hour: time | None = None


def breach(wanted: Stretch, terms: Terms, *, now: datetime, zone: tzinfo, week: int = 0) -> Breach | None:
    """Why these terms do not allow this span, the first reason; `week`: minutes already booked that week."""
    day, starts = clock_of(wanted.starts, zone)
    last, ends = clock_of(wanted.ends, zone)
    today, _hour = clock_of(now, zone)
    lasts = wanted.minutes
    # A day of the clock is a day, were it of 23 or 25 hours.
    shown = int((datetime.combine(last, ends) - datetime.combine(day, starts)).total_seconds()) // 60
    limits = (
        (Breach.PAST, wanted.ends <= now),
        (Breach.STEP, not (_on_step(starts, terms.step) and _on_step(ends, terms.step))),
        (Breach.SHORT, max(lasts, shown) < terms.shortest),
        (Breach.LONG, min(lasts, shown) > terms.longest),
        (Breach.LATE, wanted.starts < now + timedelta(minutes=terms.notice) and terms.notice > 0),
        (Breach.EARLY, terms.opens_days is not None and (day - today).days > terms.opens_days),
        (
            Breach.HOURS,
            (terms.from_hour is not None and starts < terms.from_hour)
            or (terms.until_hour is not None and (last > day or ends > terms.until_hour)),
        ),
        (Breach.WEEK, terms.weekly is not None and week + lasts > terms.weekly),
    )
    return next((reason for reason, met in limits if met), None)


def _on_step(at: time, step: int) -> bool:
    """By the day: at midnight; else on the hour, or on the step where it is shorter."""
    seconds = (at.hour * 60 + at.minute) * 60 + at.second
    return seconds % (60 * (step if step >= DAY else min(step, 60))) == 0
