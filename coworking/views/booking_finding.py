"""« Réserver » : date first, then what is free, then the price before one confirms (COW-16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cae.core.errors import Refused
from cae.core.forms import refuse, refused_above, refused_at
from cae.core.money import ZERO
from cae.core.permissions import can, requires
from coworking.calculations.stretches import Stretch
from coworking.forms.bookings import BookForm, FindForm, SpanForm
from coworking.models import Place, Resource
from coworking.selectors.bookers import Booker, booker_of
from coworking.selectors.booking_words import span_words
from coworking.selectors.finding import (
    Line,
    closed_offers,
    lines_of,
    member_places,
    members_to_book,
    offers,
    places_to_book,
    query_of,
)
from coworking.selectors.opening import next_open_day
from coworking.selectors.pricing import Purse
from coworking.selectors.series import SeriesDate, free_dates, series_dates
from coworking.services.booking_checks import SlotRefused, day_of, refusal_ahead, refuse_public
from coworking.services.booking_series import book_series, refuse_plan
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.waiting import wait_for
from people.requests import SignedIn


@requires("coworking.book")
def book_find(request: SignedIn) -> HttpResponse:
    """What is free on a day; hours, once typed, are checked against it."""
    places = places_to_book(request.user)
    form = FindForm(_asked(request, places), places=places)
    context: dict[str, Any] = {"form": form, "places": places, "offers": None, "wanted": None}
    if form.is_valid():
        try:
            wanted = form.wanted()
        except Refused as refusal:
            refuse(form, refusal)
            wanted = None
        found = form.cleaned_data
        context |= {
            "place": found["place"],
            "day": found["day"],
            "wanted": wanted,
            "span": span_words(wanted) if wanted else "",
            "offers": offers(
                found["place"],
                found["day"],
                user=request.user,
                wanted=wanted,
                people=found["people"] or 1,
                kind=found["kind"],
                now=timezone.now(),
            ),
            "closed": closed_offers(found["place"], found["day"], user=request.user),
        }
    wrong = form.is_bound and bool(form.errors)
    return render(request, "coworking/bookings/find.html", context, status=422 if wrong else 200)


def _asked(request: SignedIn, places: Any) -> Any:
    """What is asked; until one chooses, the place where one works or that one runs, on its next open
    day."""
    typed = request.GET.copy()
    typed.setdefault("people", "1")
    if not typed.get("place"):
        own = member_places(request.user, timezone.localdate())
        mine = places.filter(pk__in=own).first() or next(
            (one for one in places.select_related("scope") if can(request.user, "coworking.run_day", one)),
            places.first(),
        )
        typed["place"] = str(mine.pk) if mine else ""
    if not typed.get("day"):
        place = next((one for one in places if str(one.pk) == typed["place"]), None)
        on = next_open_day(place, timezone.now()) if place else timezone.localdate()
        typed["day"] = on.isoformat()
    return typed


@requires("coworking.book")
def book_check(request: SignedIn) -> HttpResponse:
    """The price, counted here, before one confirms; a rhythm shows each of its dates."""
    form, place = _form(request)
    if form is None or place is None:
        return redirect("coworking:book_find")
    context: dict[str, Any] = {
        "form": form,
        "place": place,
        "lines": [],
        "dates": [],
        "notes": [],
        "nearest": [],
        "free_count": 0,
        "may_send": False,
        "total": ZERO,
        "span": "",
        "find_url": _find_url(form, place),
    }
    booker, wanted = _checked(request, form, place)
    if request.method == "POST" and request.POST.get("do") == "book" and wanted and form.is_valid():
        try:
            return redirect(_booked(request, form, booker, wanted))
        except Refused as refusal:
            refuse(form, refusal)
    if wanted is not None:
        context |= _shown(form, booker, wanted)
    wrong = bool(form.errors) and request.method == "POST"
    return render(request, "coworking/bookings/check.html", context, status=422 if wrong else 200)


def _form(request: SignedIn) -> tuple[BookForm | None, Place | None]:
    """The form on what was chosen, in one place where this person books; nothing chosen: none."""
    typed = (request.POST if request.method == "POST" else request.GET).copy()
    typed.setdefault("form_key", str(uuid4()))
    typed.setdefault("people", "1")
    places = places_to_book(request.user)
    rows = Resource.objects.in_use().filter(place__in=places).select_related("place")
    keys = [one for one in typed.getlist("resources") if one.isdigit()]
    first = rows.filter(pk__in=keys).order_by("pk").first()
    if first is None:
        return None, None
    place = first.place
    team = can(request.user, "coworking.book_for", place)
    form = BookForm(typed, resources=rows, members=members_to_book(place) if team else None)
    return form, place


def _checked(request: SignedIn, form: BookForm, place: Place) -> tuple[Booker, Stretch | None]:
    """For whom, and when; what is wrong stands at its field."""
    booker = Booker(person=request.user.person)
    if not form.is_valid() and "day" not in form.cleaned_data:
        return booker, None
    wanted = None
    try:
        wanted = form.wanted() if not {"day", "starts", "ends"} & form.errors.keys() else None
        plan = form.plan() if form.is_valid() else None
        if plan is not None:
            refuse_plan(plan)
    except Refused as refusal:
        refuse(form, refusal)
    on = day_of(wanted) if wanted else timezone.localdate()
    member = form.cleaned_data.get("member")
    booker = Booker(member=member) if member else booker_of(request.user, place, on)
    # The team chooses for whom: the service says it when it books.
    if not can(request.user, "coworking.book_for", place):
        for one in form.cleaned_data.get("resources") or ():
            with refused_at(form):
                refuse_public(one, booker, on)
    return booker, None if form.has_error("resources") else wanted


def _booked(request: SignedIn, form: BookForm, booker: Booker, wanted: Stretch) -> Any:
    found = form.cleaned_data
    off = found.get("off_rules", False)
    data = BookingData(
        title=found["title"], people=found["people"], guests=form.guests_typed(), off_hours=off, off_rules=off
    )
    options: dict[str, Any] = {
        "booker": booker,
        "data": data,
        "actor": request.user,
        "shown": found["shown"],
        "form_key": found["form_key"],
    }
    plan = form.plan()
    if plan is not None:
        return book_series(found["resources"][0], plan, **options)
    made = book([Ask(one, wanted) for one in found["resources"]], **options)
    return made[0] if len(made) == 1 else made[0].basket


def _shown(form: BookForm, booker: Booker, wanted: Stretch) -> dict[str, Any]:
    """What the page says of it: each line or each date, and the total."""
    now, found = timezone.now(), form.cleaned_data
    rows = list(found.get("resources") or ())
    off = found.get("off_rules", False)
    lines, total = lines_of(rows, wanted, booker=booker, now=now, any_hour=off)
    dates: list[SeriesDate] = []
    plan = form.plan() if form.is_valid() else None
    if plan is not None:
        dates = series_dates(rows[0], plan, booker, now=now, off_rules=off)
        total = sum((one.quote.amount for one in free_dates(dates)), ZERO)
    else:
        purse = Purse(member=booker.member, person=booker.person)
        people = found.get("people") or 1
        ahead: dict[str, Any] = {"booker": booker, "purse": purse, "people": people, "now": now, "off": off}
        lines = [_judged(one, refusal_ahead(one.resource, wanted, **ahead)) for one in lines]
    count = len(free_dates(dates))
    # The dates of a series say themselves what is free.
    near = [] if form.data.get("rhythm") else [span for one in lines for span in one.nearest]
    return {
        "lines": lines,
        "nearest": _nearest(dict.fromkeys(near), form),
        "dates": dates,
        "free_count": count,
        "may_send": count > 0 if plan is not None else all(one.is_free for one in lines),
        "total": total,
        "span": span_words(wanted),
        "notes": list(dict.fromkeys(one.quote.note for one in lines if one.quote.note)),
    }


def _judged(line: Line, refusal: Refused | None) -> Line:
    """The line with why it would be refused, and what is free near it."""
    if refusal is None:
        return replace(line, is_free=not line.quote.refusal, why=line.quote.refusal)
    near = refusal.nearest if isinstance(refusal, SlotRefused) else []
    taken = isinstance(refusal, SlotRefused) and refusal.is_taken
    return replace(line, is_free=False, why=str(refusal), nearest=near, may_wait=taken)


def _find_url(form: BookForm, place: Place) -> str:
    kept = {name: form.data.get(name, "") for name in ("day", "starts", "ends", "last", "people")}
    kept["place"] = str(place.pk)
    return f"{reverse('coworking:book_find')}?{urlencode({k: v for k, v in kept.items() if v})}"


def _nearest(spans: Iterable[Stretch], form: BookForm) -> list[tuple[str, str]]:
    """Free spans, each a link that keeps what was typed."""
    kept = [
        (name, value)
        for name, values in form.data.lists()
        for value in values
        if name not in ("day", "starts", "ends", "last", "shown", "do", "csrfmiddlewaretoken", "form_key")
    ]
    address = reverse("coworking:book_check")
    return [(span_words(one), f"{address}?{urlencode([*query_of(one).items(), *kept])}") for one in spans]


@require_POST
@requires("coworking.book")
def wait_join(request: SignedIn) -> HttpResponse:
    """In the queue of a span that is taken."""
    places = places_to_book(request.user)
    rows = Resource.objects.in_use().filter(place__in=places)
    key = request.POST.get("resource", "")
    resource = get_object_or_404(rows, pk=int(key) if key.isdigit() else 0)
    form = SpanForm(request.POST)
    back = f"{reverse('coworking:book_find')}?place={resource.place_id}"
    with refused_above(request):
        wanted = form.wanted() if form.is_valid() else None
        if wanted is not None and request.user.person is not None:
            waiting = wait_for(
                resource, wanted, person=request.user.person, actor=request.user, now=timezone.now()
            )
            return redirect("coworking:waiting", waiting.pk)
    return redirect(back)
