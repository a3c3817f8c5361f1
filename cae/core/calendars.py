"""What goes into people’s own calendars: an event as a file, a secret feed that calendars read (CAE-21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cae.core import facts
from cae.core.answers import file_saved
from cae.core.facts import Happening
from cae.core.links import create_link, find_link, live_links_of, withdraw_link
from cae.core.models import PersonalLink

PURPOSE = "core.calendar"
# A calendar is not asked to renew its address every year; one withdraws it when one likes.
LASTS = timedelta(days=3650)
# How far back and forward a feed goes.
BACK, FORWARD = timedelta(days=31), timedelta(days=548)
MIME = "text/calendar; charset=utf-8"


def calendar_text(happenings: Sequence[Happening], *, name: str, now: datetime) -> bytes:
    """Gives these events as an iCalendar file (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alveole//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    gone = [one.is_cancelled for one in happenings]
    calendar.add("method", "CANCEL" if gone and all(gone) else "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in happenings:
        calendar.add_component(_event(one, now))
    return bytes(calendar.to_ical())


def _event(one: Happening, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{one.uid}@{_host()}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", one.title)
    event.add("dtstart", _moment(one.starts))
    if one.ends is not None:
        # The end of a whole day is the morning of the next one.
        event.add(
            "dtend", _moment(one.ends) if isinstance(one.ends, datetime) else one.ends + timedelta(days=1)
        )
    event.add("sequence", one.revision)
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    if one.place:
        event.add("location", one.place)
    if one.text:
        event.add("description", one.text)
    if one.url:
        event.add("url", urljoin(settings.SITE_URL, one.url))
    return event


def _moment(when: date | datetime) -> date | datetime:
    return when.astimezone(UTC) if isinstance(when, datetime) else when


def _host() -> str:
    return settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]


def event_file(one: Happening, *, name: str) -> HttpResponse:
    """Answers with one event, to be added to a calendar by hand."""
    content = calendar_text([one], name=one.title, now=timezone.now())
    return file_saved(content, name=f"{name}.ics", mime=MIME)


def open_feed(user: Any, *, actor: Any, at: datetime) -> str:
    """Does: gives a person a secret address for their calendar; the former one, if any, opens no more.
    Refuses: nothing. Leaves behind: the link, audit; gives its secret, shown once."""
    close_feed(user, actor=actor, at=at)
    _link, token = create_link(user, purpose=PURPOSE, ends_at=at + LASTS, actor=actor)
    return token


def close_feed(user: Any, *, actor: Any, at: datetime) -> int:
    """Does: withdraws the secret address of a person's calendar. Refuses: nothing; twice is once.
    Leaves behind: the instant, audit; gives how many were open."""
    links = list(live_links_of(user, PURPOSE))
    for link in links:
        withdraw_link(link, actor=actor, at=at)
    return len(links)


def feed_of(user: Any) -> PersonalLink | None:
    """Gives the live address of a person's calendar, without its secret."""
    return live_links_of(user, PURPOSE).first()


def owner_key(token: str) -> int:
    """Gives the key of the account whose calendar this secret opens. Raises Refused for a dead one."""
    return int(find_link(token, PURPOSE).about_id)


def feed_text(user: Any, *, now: datetime) -> bytes:
    """Gives the calendar of a person, as every room fills it."""
    today = timezone.localdate(now)
    happenings = facts.happenings_of(user, today - BACK, today + FORWARD)
    return calendar_text(happenings, name=_("Alvéole · %(name)s") % {"name": user}, now=now)
