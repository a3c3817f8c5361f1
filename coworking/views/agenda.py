"""The agenda, for anybody: what comes, month by month, as a calendar that others read; one event (COW-28)."""

from __future__ import annotations

from calendar import Calendar
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cae.core import calendars
from cae.core.keys import text_in
from cae.core.periods import Month
from cae.core.permissions import can, public
from coworking.calculations.seats import Door, door_of
from coworking.models import Place
from coworking.selectors.event_papers import papers_opened_by
from coworking.selectors.event_registrations import own_at, questions_shown, shown_guests
from coworking.selectors.events import (
    agenda,
    events_of_month,
    events_read_by,
    happening_of,
    kinds_offered,
    may_come,
    narrowed,
    room_of,
    seen_by,
)
from coworking.services.event_questions import takes_questions
from coworking.views.event_frame import account_of, draw, event_read

PER_PAGE = 30
KIND, PLACE = "genre", "lieu"


@public
@require_safe
def agenda_list(request: HttpRequest) -> HttpResponse:
    """What comes, the next first."""
    now = timezone.now()
    rows = agenda(request.user, now, **_asked(request))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = _around(request) | {"rows": seen_by(page.object_list, now), "page": page, "now": now}
    return draw(request, "coworking/events/agenda.html", context)


@public
@require_safe
def agenda_month(request: HttpRequest, month: str) -> HttpResponse:
    """A month as a grid of days."""
    try:
        shown = Month.parse(month)
    except ValueError:
        raise Http404 from None
    rows = narrowed(events_read_by(request.user), **_asked(request))
    found = events_of_month(rows, shown)
    weeks = [
        [(day, found.get(day, []) if day in shown else None) for day in week]
        for week in Calendar().monthdatescalendar(shown.year, shown.month)
    ]
    context = _around(request) | {
        "month": shown,
        "weeks": weeks,
        "days": sorted(found.items()),
        "today": timezone.localdate(),
        "previous": str(shown.previous()),
        "next": str(shown.next()),
    }
    return draw(request, "coworking/events/month.html", context)


@public
@require_safe
def agenda_feed(request: HttpRequest) -> HttpResponse:
    """What anybody may come to, as calendars subscribe to it: by kind and place."""
    now = timezone.now()
    rows = narrowed(
        events_read_by(None).filter(
            ends_at__gte=now - calendars.BACK, starts_at__lte=now + calendars.FORWARD
        ),
        **_asked(request),
    )
    content = calendars.calendar_text(
        [happening_of(event) for event in rows.order_by("starts_at", "pk")], name=_("Agenda"), now=now
    )
    response = HttpResponse(content, content_type=calendars.MIME)
    response["Cache-Control"] = "public, max-age=900"
    return response


@public
@require_safe
def agenda_event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: what, when, where, for whom, and the way in."""
    event, now = event_read(request, slug), timezone.now()
    room = room_of(event)
    own = own_at(event, account_of(request))
    context = {
        "event": event,
        "room": room,
        "door": door_of(room, now),
        "Door": Door,
        "own": own,
        "may_come": may_come(event, account_of(request)),
        "source": text_in(request.GET.get("de", ""))[:40],
        "parts": list(event.parts.select_related("room", "territory")),
        "reads_results": request.user.is_authenticated
        and event.parts.exclude(results="").exists()
        and can(request.user, "coworking.read_results", event),
        "papers": papers_opened_by(account_of(request), event),
        "prices": list(event.prices.all()),
        "options": list(event.options.all()),
        "guests": list(shown_guests(event)) if event.shows_names and own is not None else [],
        "questions": list(questions_shown(event)) if event.kind.takes_questions else [],
        "takes_questions": takes_questions(event, now),
        "may_keep": request.user.is_authenticated and can(request.user, "coworking.keep_event", event),
        "others": [
            seen
            for seen in seen_by(agenda(request.user, now, kind=event.kind.code)[:4], now)
            if seen.event.pk != event.pk
        ][:3],
    }
    return draw(request, "coworking/events/event_public.html", context)


@public
@require_safe
def agenda_event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The event, to be added to a calendar by hand."""
    event = event_read(request, slug)
    return calendars.event_file(happening_of(event), name=event.slug)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {
        "kind": text_in(request.GET.get(KIND, ""))[:60],
        "place": text_in(request.GET.get(PLACE, ""))[:80],
    }


def _around(request: HttpRequest) -> dict[str, Any]:
    """What one narrows the agenda by, and the address of its calendar."""
    asked = _asked(request)
    return {
        "kinds": kinds_offered(),
        "places": Place.objects.public(),
        "asked": asked,
        "this_month": str(Month.of(timezone.localdate())),
        "query": request.GET.urlencode(),
        "may_write": request.user.is_authenticated and can(request.user, "coworking.keep_event"),
    }
