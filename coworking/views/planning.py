"""The planning of a place, its secret feeds, those who wait (COW-19, COW-21, COW-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import calendars
from cae.core.errors import Refused
from cae.core.forms import refused_above
from cae.core.permissions import can, public, require, requires, signed_in
from coworking.models import Place, Resource, WaitingPlace
from coworking.selectors.availability import stretch_of
from coworking.selectors.bookers import booker_of
from coworking.selectors.booking_words import span_words
from coworking.selectors.place_bar import place_tabs
from coworking.selectors.planning import (
    VIEWS,
    bookings_between,
    days_shown,
    happenings_between,
    month_weeks,
    planning_rows,
    stepped,
)
from coworking.selectors.planning_drawing import drawn_day, gathered, grid_of, listed_days
from coworking.selectors.pricing import Purse
from coworking.services.booking_checks import day_of
from coworking.services.feeds import close_feed, feed_of, feed_target, open_feed
from coworking.services.waiting import leave_queue, take_offer
from coworking.states.bookings import WaitingState
from people.requests import SignedIn

_WORDS = {
    "jour": lambda: _("Jour"),
    "semaine": lambda: _("Semaine"),
    "mois": lambda: _("Mois"),
    "tableau": lambda: _("Tableau"),
}


def _place(request: SignedIn, pk: int, right: str) -> Place:
    place = get_object_or_404(Place.objects.select_related("scope__territory"), pk=pk)
    require(request.user, right, place)
    return place


@requires("coworking.read_planning")
def planning(request: SignedIn, pk: int) -> HttpResponse:
    """By day, week, month, or as a table: the same bookings."""
    place = _place(request, pk, "coworking.read_planning")
    view = request.GET.get("vue", "semaine")
    view = view if view in VIEWS else "semaine"
    day = _day(request.GET.get("jour", ""))
    first, last = days_shown(view, day)
    bookings = bookings_between(place, first, last)
    team = can(request.user, "coworking.book_for", place)
    context: dict[str, Any] = {
        "place": place,
        "tabs": place_tabs(request.user, place, "coworking:planning"),
        "view": view,
        "views": [(one, _WORDS[one](), one == view) for one in VIEWS],
        "day": day,
        "first": first,
        "last": last,
        "before": stepped(view, day, back=True),
        "after": stepped(view, day, back=False),
        "today": timezone.localdate(),
        "is_team": team,
        "may_book": can(request.user, "coworking.book"),
    }

    def shows(one: Any) -> bool:
        return team or can(request.user, "coworking.view_booking", one)

    if view == "mois":
        context["weeks"] = month_weeks(bookings, first, last)
    elif view == "tableau":
        context["rows"] = [(one, span_words(one.during), shows(one)) for one in bookings]
    else:
        names = can(request.user, "coworking.read_members", place)
        rows = planning_rows(place, bookings, first, last, shows=shows, names=names)
        context["listed"] = listed_days(rows)
        context["rows"] = rows = gathered(rows)
        if view == "jour":
            context["drawing"] = drawn_day(place, day, rows)
        else:
            context["grid"] = grid_of(place, rows, first, last)
    return render(request, "coworking/bookings/planning.html", context)


def _day(typed: str) -> date:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()
    return found if 1990 <= found.year <= 2190 else timezone.localdate()


def _shown(typed: str) -> Decimal | None:
    """The price that the page showed, to compare with the one counted now."""
    try:
        found: Decimal | None = forms.DecimalField(required=False, max_digits=12, decimal_places=2).clean(
            typed
        )
    except forms.ValidationError:
        return None
    return found


@requires("coworking.run_day")
def feeds(request: SignedIn, pk: int) -> HttpResponse:
    """The secret addresses of a place and of its resources; each withdrawn in one click."""
    place = _place(request, pk, "coworking.run_day")
    rows: list[Place | Resource] = [place, *place.resources.in_use()]
    fresh: tuple[Any, str] | None = None
    if request.method == "POST":
        key = request.POST.get("resource", "")
        of: Place | Resource = next((one for one in rows[1:] if str(one.pk) == key), place) if key else place
        now = timezone.now()
        if request.POST.get("do") == "open":
            token = open_feed(of, actor=request.user, at=now)
            fresh = (of, settings.SITE_URL + reverse("coworking:feed", args=[token]))
        else:
            close_feed(of, actor=request.user, at=now)
            messages.success(request, _("L’adresse est retirée : elle n’ouvre plus rien."))
            return redirect("coworking:feeds", place.pk)
    context = {
        "place": place,
        "fresh": fresh,
        "rows": [(one, "" if one is place else one.pk, feed_of(one)) for one in rows],
    }
    return render(request, "coworking/bookings/feeds.html", context)


@public
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The bookings of a place or of a resource, for whoever holds its secret."""
    try:
        of: Place | Resource = feed_target(token)
    except Refused as refusal:
        raise Http404 from refusal
    now = timezone.now()
    today = timezone.localdate(now)
    rows = happenings_between(of, today - calendars.BACK, today + calendars.FORWARD)
    response = HttpResponse(calendars.calendar_text(rows, name=str(of), now=now), content_type=calendars.MIME)
    response["Cache-Control"] = "private, no-store"
    return response


@signed_in
def waiting(request: SignedIn, pk: int) -> HttpResponse:
    """A place in a queue: what was offered is taken, or left to the next."""
    rows = WaitingPlace.objects.select_related("resource__place", "booking", "person")
    row = get_object_or_404(rows, pk=pk)
    if row.person_id != request.user.person_id:
        raise Http404
    now, span = timezone.now(), stretch_of(row.during)
    booker = booker_of(request.user, row.resource.place, day_of(span))
    quote = Purse(member=booker.member, person=booker.person).asked(row.resource, span)
    if request.method == "POST":
        with refused_above(request):
            if request.POST.get("do") == "take":
                shown = _shown(request.POST.get("shown", ""))
                made = take_offer(row, booker=booker, shown=shown, actor=request.user, now=now)
                messages.success(request, _("C’est réservé."))
                return redirect(made)
            if request.POST.get("do") == "leave":
                leave_queue(row, actor=request.user, now=now)
                messages.success(request, _("Vous n’attendez plus cette place."))
                return redirect("coworking:own_booking_list")
        return redirect("coworking:waiting", row.pk)
    before = WaitingPlace.objects.filter(
        resource=row.resource, state=WaitingState.WAITING, during=row.during, created_at__lt=row.created_at
    )
    context = {
        "waiting": row,
        "span": span_words(span),
        "price": quote.amount,
        "before": before.count(),
        "is_offered": row.state == WaitingState.OFFERED and row.offered_until and row.offered_until >= now,
        "is_alive": row.state in (WaitingState.WAITING, WaitingState.OFFERED),
    }
    return render(request, "coworking/bookings/waiting.html", context)
