"""The dates of a series: each free, taken, closed, or of an hour that does not exist (COW-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import MOST_DATES, Rhythm, Series, on_the_clock
from coworking.calculations.stretches import Stretch
from coworking.calculations.terms import Breach, Terms, breach
from coworking.models import Resource
from coworking.selectors.availability import LOOKED, Freedom, freedom, gaps_of
from coworking.selectors.bookers import Booker, allowed, gone_words, spans_booked, week_of
from coworking.selectors.booking_words import breach_words
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse, Quote

_WEEK = timedelta(days=7)


class DateState(models.TextChoices):
    FREE = "free", _("libre")
    CLASH = "clash", _("déjà prise")
    CLOSED = "closed", _("fermé")
    RULE = "rule", _("hors des règles")
    BEYOND = "beyond", _("au-delà de la durée par semaine")
    NO_HOUR = "no_hour", _("l’heure n’existe pas cette nuit-là")


SHAPES: dict[str, tuple[str, str]] = {
    DateState.FREE: ("success", "✔"),
    DateState.CLASH: ("warning", "▲"),
    DateState.CLOSED: ("neutral", "✕"),
    DateState.RULE: ("neutral", "✕"),
    DateState.BEYOND: ("warning", "▲"),
    DateState.NO_HOUR: ("neutral", "✕"),
}


@dataclass(frozen=True)
class SeriesPlan:
    """The same hours of the clock at a rhythm, from a first day to a last one at most."""

    rhythm: Rhythm
    first: date
    last: date
    starts: time
    ends: time
    every: int = 1

    def dates(self, most: int = MOST_DATES) -> list[date]:
        return Series(self.first, self.last, self.rhythm, self.every).dates(most)

    def on(self, day: date) -> Stretch | None:
        return on_the_clock(day, self.starts, self.ends, ZONE)


@dataclass(frozen=True)
class SeriesDate:
    """One date: its span, what becomes of it, what it costs."""

    day: date
    wanted: Stretch | None
    state: DateState
    quote: Quote = field(default_factory=Quote)
    why: str = ""

    @property
    def status(self) -> tuple[str, str, Any]:
        return (*SHAPES[self.state], self.why or self.state.label)


def series_dates(
    resource: Resource, plan: SeriesPlan, booker: Booker, *, now: datetime, off_rules: bool = False
) -> list[SeriesDate]:
    """Each date with what becomes of it; those that are free are priced one after the other."""
    days = plan.dates()
    if not days:
        return []
    free = freedom([resource], days[0] - LOOKED, days[-1] + LOOKED)[resource.pk]
    purse = Purse(member=booker.member, person=booker.person)
    mine = spans_booked(resource, booker, whole_days(days[0] - _WEEK, days[-1] + _WEEK, ZONE))
    given = _Given(free, plan, booker, purse, mine, now, off_rules)
    return [given.date_of(day) for day in days]


@dataclass
class _Given:
    """What the dates of a series are judged by: each one that is free counts for those that follow."""

    free: Freedom
    plan: SeriesPlan
    booker: Booker
    purse: Purse
    mine: list[Stretch]
    now: datetime
    off_rules: bool

    def date_of(self, day: date) -> SeriesDate:
        resource, wanted = self.free.resource, self.plan.on(day)
        if wanted is None:
            return SeriesDate(day, None, DateState.NO_HOUR)
        reason, terms = self._breach(wanted, day)
        why = gone_words(self.booker, day)
        if not why and reason not in (None, Breach.WEEK):
            why = breach_words(resource, reason, terms)
        if why:
            return SeriesDate(day, wanted, DateState.RULE, why=why)
        units = self.free.units_free(wanted)
        if not units:
            closed = self.free.is_closed(wanted)
            return SeriesDate(day, wanted, DateState.CLOSED if closed else DateState.CLASH)
        if reason is not None:
            return SeriesDate(day, wanted, DateState.BEYOND)
        quote = self.purse.quote(resource, wanted)
        if quote.refusal:
            return SeriesDate(day, wanted, DateState.RULE, why=quote.refusal)
        # A date may meet the next one of its own series, and uses up its week.
        self.free.taken[units[0]].append(gaps_of(resource).around(wanted))
        self.mine.append(wanted)
        return SeriesDate(day, wanted, DateState.FREE, quote)

    def _breach(self, wanted: Stretch, day: date) -> tuple[Breach | None, Terms]:
        terms = allowed(self.free.resource, self.purse, day).terms
        if self.off_rules:
            return None, terms
        held = week_of(wanted.starts)
        week = sum(one.minutes for one in self.mine if one.meets(held))
        return breach(wanted, terms, now=self.now, zone=ZONE, week=week), terms


def free_dates(dates: Sequence[SeriesDate]) -> list[SeriesDate]:
    return [one for one in dates if one.state == DateState.FREE]
