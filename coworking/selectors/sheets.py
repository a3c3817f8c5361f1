"""The sheet of a session: who signed what, what is missing, the hours that come of it (COW-45)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cae.core.canonical import sha256_of
from cae.core.settings import value_of
from coworking.calculations.sheets import Window, window
from coworking.calculations.training_statement import hours_signed
from coworking.models import Enrolment, HalfDay, SheetSignature, TrainingSession
from coworking.states.training import SEATED

# How many days after a half-day its people may still sign.
SHEET_DAYS = "coworking.sheet_days"


@dataclass(frozen=True)
class Cell:
    """A half-day of a trainee: signed, to sign now, missing or to come; not due after they gave up."""

    day: HalfDay
    signature: SheetSignature | None
    window: Window
    is_due: bool = True

    @property
    def is_missing(self) -> bool:
        return self.is_due and self.signature is None and self.window in (Window.LATE, Window.CLOSED)

    @property
    def may_sign(self) -> bool:
        return self.is_due and self.signature is None and self.window in (Window.OPEN, Window.LATE)


@dataclass(frozen=True)
class SheetLine:
    """A trainee, their half-days, the hours they signed."""

    enrolment: Enrolment
    cells: list[Cell]
    hours: Decimal


@dataclass(frozen=True)
class Sheet:
    """A session: its half-days with the trainer’s signature, then a line a trainee."""

    days: list[Cell]
    lines: list[SheetLine]

    @property
    def missing(self) -> int:
        """How many signatures, of trainees and trainers, are missing by now."""
        cells = [*self.days, *(cell for line in self.lines for cell in line.cells)]
        return sum(cell.is_missing for cell in cells)


def delay_of(on: date) -> int:
    return int(value_of(SHEET_DAYS, on=on))


def window_of(day: HalfDay, now: datetime) -> Window:
    days = delay_of(timezone.localdate(day.starts_at))
    return window(day.starts_at, day.ends_at, days=days, now=now)


def closes_at(day: HalfDay) -> datetime:
    """Until when its people may sign."""
    return day.ends_at + timedelta(days=delay_of(timezone.localdate(day.starts_at)))


def sheet_of(session: TrainingSession, *, now: datetime) -> Sheet:
    """The whole sheet, in as many queries whatever the number of trainees."""
    days = list(session.half_days.select_related("trainer").order_by("starts_at"))
    signatures = list(SheetSignature.objects.filter(half_day__session=session).select_related("signature"))
    dates = {timezone.localdate(day.starts_at) for day in days}
    delays = {on: delay_of(on) for on in dates}
    windows = {
        day.pk: window(day.starts_at, day.ends_at, days=delays[timezone.localdate(day.starts_at)], now=now)
        for day in days
    }
    trainers = {one.half_day_id: one for one in signatures if one.trainer_id is not None}
    trainees = {(one.half_day_id, one.enrolment_id): one for one in signatures if one.enrolment_id}
    lengths = {day.pk: day.exact_hours for day in days}
    lines = []
    for one in session.enrolments.filter(state__in=SEATED).select_related("person"):
        cells = [
            Cell(day, trainees.get((day.pk, one.pk)), windows[day.pk], _is_due(one, day)) for day in days
        ]
        signed = [cell.day.pk for cell in cells if cell.signature is not None]
        lines.append(SheetLine(one, cells, hours_signed(lengths, signed)))
    return Sheet([Cell(day, trainers.get(day.pk), windows[day.pk]) for day in days], lines)


def _is_due(enrolment: Enrolment, day: HalfDay) -> bool:
    """Nobody expects who gave up, from that day on."""
    return enrolment.dropped_on is None or timezone.localdate(day.starts_at) < enrolment.dropped_on


def line_of(enrolment: Enrolment, *, now: datetime) -> SheetLine:
    """The half-days of one trainee."""
    sheet = sheet_of(enrolment.session, now=now)
    found = next((line for line in sheet.lines if line.enrolment.pk == enrolment.pk), None)
    return found or SheetLine(enrolment, [], Decimal(0))


def half_day_hash(day: HalfDay, *, who: str) -> str:
    """The print of what one signs: this half-day of this session, as this person."""
    facts: dict[str, Any] = {
        "half_day": day.pk,
        "session": day.session_id,
        "starts_at": day.starts_at.isoformat(),
        "ends_at": day.ends_at.isoformat(),
        "trainer": str(day.trainer),
        "who": who,
    }
    return sha256_of(facts)


def missing_days(enrolment: Enrolment, *, now: datetime) -> list[HalfDay]:
    """The half-days over that a trainee may still sign and did not."""
    return [cell.day for cell in line_of(enrolment, now=now).cells if cell.may_sign and cell.is_missing]
