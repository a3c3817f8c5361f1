"""When a mail may leave: quiet hours, Sundays, mornings and Mondays, by the clock of the cooperative."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cae.core.models import Rhythm
from cae.core.settings import values_of

_SUNDAY = 6


@dataclass(frozen=True)
class Quiet:
    """From which hour of the evening to which hour of the morning no mail leaves, and whether on Sundays."""

    evening: int
    morning: int
    sunday: bool

    def free_from(self, at: datetime) -> datetime:
        """Gives the first instant, from this one on, at which a mail may leave."""
        local = timezone.localtime(at)
        if local.hour >= self.evening:
            return self.morning_of(local.date() + timedelta(days=1))
        if local.hour < self.morning or (self.sunday and local.weekday() == _SUNDAY):
            return self.morning_of(local.date())
        return at

    def morning_of(self, day: date) -> datetime:
        """Gives the beginning of that day, or of the next one when Sundays are quiet."""
        if self.sunday and day.weekday() == _SUNDAY:
            day += timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, time(self.morning)))

    def next_morning(self, at: datetime) -> datetime:
        """Gives the first beginning of a day after this instant."""
        local = timezone.localtime(at)
        return self.morning_of(local.date() + timedelta(days=int(local.hour >= self.morning)))

    def next_monday(self, at: datetime) -> datetime:
        """Gives the first beginning of a week after this instant."""
        local = timezone.localtime(at)
        days = -local.weekday() % 7
        if days == 0 and local.hour >= self.morning:
            days = 7
        return self.morning_of(local.date() + timedelta(days=days))


def quiet_on(day: date) -> Quiet:
    """Gives the quiet hours that the cooperative has decided for that day."""
    known = values_of("core.quiet_evening", "core.quiet_morning", "core.quiet_sunday", on=day)
    return Quiet(
        known["core.quiet_evening"], known["core.quiet_morning"], known["core.quiet_sunday"] == "yes"
    )


def due_at(rhythm: str, at: datetime, quiet: Quiet, *, urgent: bool = False) -> datetime | None:
    """Gives from when the mail of a notice of that instant may leave; None, it never does."""
    if rhythm == Rhythm.NONE:
        return None
    if rhythm == Rhythm.DAILY:
        return quiet.next_morning(at)
    if rhythm == Rhythm.WEEKLY:
        return quiet.next_monday(at)
    return at if urgent else quiet.free_from(at)
