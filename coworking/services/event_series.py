"""Series of events: the same one at a rhythm, at the same hour of the clock; one date changes, or all those
that follow (COW-29)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.calculations.rhythms import MOST_DATES, Rhythm, Series, clock_of
from coworking.calculations.stretches import NoSuchHour, Stretch, moment
from coworking.models import Event, EventSeries
from coworking.models.events import RHYTHMS
from coworking.services.events import (
    EventData,
    cancel_event,
    change_event,
    checked,
    create_event,
    publish_event,
)
from coworking.states.events import EventState
from people.models import User


@dataclass(frozen=True)
class SeriesData:
    """At what rhythm, until when."""

    rhythm: str
    ends_on: date
    every: int = 1


@dataclass(frozen=True)
class Made:
    """What became of a series: its events, and the days on which the clock jumps over its hours."""

    series: EventSeries
    events: list[Event]
    skipped: list[date]


@transaction.atomic
def create_series(*, data: EventData, rhythm: SeriesData, actor: User | None) -> Made:
    """Does: writes a draft for each date, at the same hour whatever the season. Refuses: an unknown rhythm,
    an end before the beginning, one date alone, more than two years of weeks, what `create_event` refuses.
    Leaves behind: the series, its drafts, audit."""
    data = checked(data, actor)
    zone = timezone.get_current_timezone()
    first, _hour = clock_of(data.starts_at, zone)
    dates = _dates(rhythm, first)
    series = EventSeries.objects.create(
        title=data.title,
        rhythm=rhythm.rhythm,
        every=rhythm.every,
        starts_on=first,
        ends_on=rhythm.ends_on,
        created_by=actor,
    )
    audit.record(actor, "coworking.eventseries.create", series, detail={"count": len(dates)})
    made, skipped = [], []
    for day in dates:
        span = _span(data, day)
        if span is None:
            skipped.append(day)
        else:
            made.append(create_event(data=_on(data, span), actor=actor, series=series))
    return Made(series, made, skipped)


@transaction.atomic
def change_following(
    event: Event, *, data: EventData, version: int | None, actor: User | None
) -> list[Event]:
    """Does: changes a date of a series and all those that follow it: hours, place and words; each keeps its
    day, moved by as many days as this one. Dates changed apart, held or cancelled stay as they are. Refuses:
    an event of no series, what `change_event` refuses of any of them. Leaves behind: as `change_event`;
    gives those that changed."""
    if event.series_id is None:
        raise Refused(Code.NOT_ALLOWED, _("Cet événement n’est d’aucune série."))
    zone = timezone.get_current_timezone()
    shift = clock_of(data.starts_at, zone)[0] - clock_of(event.starts_at, zone)[0]
    changed = [change_event(event, data=data, version=version, actor=actor, tells=False)]
    following = Event.objects.filter(
        series=event.series_id,
        starts_at__gt=event.starts_at,
        is_apart=False,
        state__in=(EventState.DRAFT, EventState.PUBLISHED),
    ).exclude(pk=event.pk)
    for other in following.select_related("kind", "place", "territory").order_by("starts_at"):
        day = clock_of(other.starts_at, zone)[0] + shift
        span = _span(data, day)
        if span is None:
            raise Refused(
                Code.DATE_INVALID,
                _("Le %(day)s, cette heure n’existe pas : l’heure d’été commence.")
                % {"day": f"{day:%d/%m/%Y}"},
                field="starts_at",
            )
        changed.append(change_event(other, data=_on(data, span), version=None, actor=actor, tells=False))
    return changed


@transaction.atomic
def publish_series(series: EventSeries, *, now: datetime, actor: Any) -> int:
    """Does: publishes the drafts of a series that are to come. Refuses: nothing to publish. Leaves behind: as
    `publish_event`; gives how many."""
    drafts = list(series.events.filter(state=EventState.DRAFT, ends_at__gt=now))
    if not drafts:
        raise Refused(Code.ALREADY_DONE, _("Toutes les dates à venir sont publiées."))
    for event in drafts:
        publish_event(event, now=now, actor=actor)
    return len(drafts)


@transaction.atomic
def cancel_following(event: Event, *, reason: str, now: datetime, actor: Any) -> int:
    """Does: cancels a date of a series and all those that follow it. Refuses: what `cancel_event` refuses of
    the first. Leaves behind: as `cancel_event`; gives how many."""
    rows = list(
        Event.objects.filter(
            series=event.series_id,
            series__isnull=False,
            starts_at__gt=event.starts_at,
            state__in=(EventState.DRAFT, EventState.PUBLISHED),
        ).exclude(pk=event.pk)
    )
    for one in (event, *rows):
        cancel_event(one, reason=reason, now=now, actor=actor)
    return 1 + len(rows)


def _dates(rhythm: SeriesData, first: date) -> list[date]:
    if rhythm.rhythm not in dict(RHYTHMS):
        raise Refused(Code.VALUE_INVALID, _("Choisissez un rythme."), field="rhythm")
    if not 1 <= rhythm.every <= 12:
        raise Refused(Code.VALUE_INVALID, _("De 1 à 12."), field="every")
    if rhythm.ends_on <= first:
        raise Refused(Code.PERIOD_INVALID, _("La dernière date vient après la première."), field="ends_on")
    dates = Series(first, rhythm.ends_on, Rhythm(rhythm.rhythm), rhythm.every).dates(MOST_DATES + 1)
    if len(dates) > MOST_DATES:
        raise Refused(
            Code.SERIES_INVALID,
            ngettext(
                "Une série compte %(count)d date au plus : rapprochez la dernière.",
                "Une série compte %(count)d dates au plus : rapprochez la dernière.",
                MOST_DATES,
            )
            % {"count": MOST_DATES},
            field="ends_on",
        )
    if len(dates) < 2:
        raise Refused(
            Code.SERIES_INVALID, _("Une seule date jusque-là : repoussez la dernière."), field="ends_on"
        )
    return dates


def _span(data: EventData, day: date) -> Stretch | None:
    """The hours of the event on another day, by the clock of the house; nothing where the clock jumps."""
    zone = timezone.get_current_timezone()
    first, starts = clock_of(data.starts_at, zone)
    last, ends = clock_of(data.ends_at, zone)
    try:
        return Stretch(moment(day, starts, zone), moment(day + (last - first), ends, zone))
    except NoSuchHour:
        return None


def _on(data: EventData, span: Stretch) -> EventData:
    return replace(
        data,
        starts_at=span.starts,
        ends_at=span.ends,
        registers_until=_moved(data.registers_until, data, span),
        questions_until=_moved(data.questions_until, data, span),
    )


def _moved(limit: datetime | None, data: EventData, span: Stretch) -> datetime | None:
    """A limit as many days before the beginning, at the same hour of the clock."""
    if limit is None:
        return None
    zone = timezone.get_current_timezone()
    (first, _starts), (last, hour) = clock_of(data.starts_at, zone), clock_of(limit, zone)
    day = clock_of(span.starts, zone)[0] + (last - first)
    try:
        return moment(day, hour, zone)
    except NoSuchHour:
        return span.starts - (data.starts_at - limit)
