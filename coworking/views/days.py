"""The day of a place for its team: who is there, bookings, visitors, codes to print (COW-22, COW-23)."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.keys import key_in
from cae.core.permissions import require, requires
from coworking.calculations.stretches import common
from coworking.forms.days import ArrivalForm, AsideForm, VisitForm
from coworking.models import Place, Presence, Visitor
from coworking.selectors.alerts import alerts_of
from coworking.selectors.availability import stretch_of
from coworking.selectors.booking_words import hours_words, unit_words
from coworking.selectors.days import (
    bookings_of_day,
    day_at,
    gone_today,
    here_now,
    visitors_of_day,
    visitors_to_come,
)
from coworking.selectors.opening import today_at
from coworking.selectors.premises import persons_of_place
from coworking.services.alerts import give_alert_back, put_alert_aside, take_alert
from coworking.services.booking_changes import is_arriving
from coworking.services.places import change_key
from coworking.services.presences import arrive, arrive_for, leave
from coworking.services.visitors import announce, call_off, greet, see_off
from coworking.states.bookings import BookingState
from coworking.states.days import ArrivalWay
from coworking.views.event_frame import drawn_code
from coworking.views.place_frame import place_form, place_found, place_page
from people.requests import SignedIn

_A_WEEK = timedelta(days=7)
_RUNS, _KEEPS = "coworking.run_day", "coworking.keep_place"


@requires(_RUNS)
def today(request: SignedIn, pk: int) -> HttpResponse:
    """Who is there, what is booked, who is awaited, what the team should know; a booking’s arrival noted."""
    place, now = place_found(request, pk, _RUNS), timezone.now()
    whole = day_at(now)
    bookings = [
        {
            "booking": one,
            "hours": hours_words(common([stretch_of(one.during)], [whole])[0]),
            "what": unit_words(one),
            "may_arrive": one.state == BookingState.BOOKED and is_arriving(one, now),
        }
        for one in bookings_of_day(place, now)
    ]
    return place_page(
        request,
        place,
        "coworking/days/today.html",
        "coworking:today",
        today=today_at(place, now),
        here=list(here_now(place, now)),
        gone=list(gone_today(place, now)),
        bookings=bookings,
        visitors=list(visitors_of_day(place, now)),
        coming=list(visitors_to_come(place, now)[:10]),
        alerts=alerts_of(place, now),
    )


@require_POST
@requires(_RUNS)
def alert_act(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody sees to what is to be known, or no longer."""
    place, key = place_found(request, pk, _RUNS), request.POST.get("key", "")
    with refused_above(request):
        if request.POST.get("do") == "take":
            take_alert(place, key, actor=request.user, now=timezone.now())
            messages.success(request, _("C’est noté : l’équipe voit que vous vous en occupez."))
        elif request.POST.get("do") == "give_back":
            give_alert_back(place, key, actor=request.user)
            messages.success(request, _("L’alerte est de nouveau à voir."))
    return redirect("coworking:today", place.pk)


@requires(_RUNS)
def alert_aside(request: SignedIn, pk: int, alert: str) -> HttpResponse:
    """What is to be known, hidden until a day."""
    place, now = place_found(request, pk, _RUNS), timezone.now()
    known = next((one for one in alerts_of(place, now).shown if one.key == alert), None)
    if known is None:
        messages.info(request, _("Cette alerte n’a plus lieu d’être."))
        return redirect("coworking:today", place.pk)
    form = AsideForm(request.POST or None, initial={"until": timezone.localdate(now) + _A_WEEK})
    if form.is_valid():
        with refused_at(form):
            until = form.cleaned_data["until"]
            put_alert_aside(place, alert, until=until, actor=request.user, now=now)
            messages.success(request, _("Alerte mise de côté."))
            return redirect("coworking:today", place.pk)
    title = _("Mettre de côté")
    return place_form(request, form, place, title=title, lead=known.words, back=_today(place), submit=title)


@requires(_RUNS)
def arrival(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody has come: chosen by name, or by the button of their booking."""
    place, now = place_found(request, pk, _RUNS), timezone.now()
    if request.method == "POST" and (key := key_in(request.POST.get("booking", ""))):
        booking = get_object_or_404(bookings_of_day(place, now), pk=key)
        with refused_above(request):
            arrive_for(booking, way=ArrivalWay.TEAM, actor=request.user, now=now)
            messages.success(request, _("Arrivée notée."))
        return redirect("coworking:today", place.pk)
    form = ArrivalForm(request.POST or None, persons=persons_of_place(request.user, place))
    if form.is_valid():
        with refused_at(form):
            person = form.cleaned_data["person"]
            arrive(place, person, way=ArrivalWay.TEAM, actor=request.user, now=now)
            messages.success(request, _("%(name)s est là.") % {"name": person})
            return redirect("coworking:today", place.pk)
    return place_form(request, form, place, title=_("Noter une arrivée"), back=_today(place))


@require_POST
@requires(_RUNS)
def presence_act(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody left."""
    row = get_object_or_404(Presence.objects.select_related("place__scope", "person"), pk=pk)
    require(request.user, _RUNS, row)
    with refused_above(request):
        leave(row, actor=request.user, now=timezone.now())
        messages.success(request, _("Départ de %(name)s noté.") % {"name": row.person})
    return redirect("coworking:today", row.place_id)


@requires(_RUNS)
def visitor_announce(request: SignedIn, pk: int) -> HttpResponse:
    place, now = place_found(request, pk, _RUNS), timezone.now()
    form = VisitForm(request.POST or None, persons=persons_of_place(request.user, place))
    if form.is_valid():
        with refused_at(form):
            expected_at = form.cleaned_data["expected_at"]
            announce(place, data=form.typed(), expected_at=expected_at, actor=request.user, now=now)
            messages.success(request, _("Visite annoncée."))
            return redirect("coworking:today", place.pk)
    return place_form(request, form, place, title=_("Annoncer une visite"), back=_today(place))


@require_POST
@requires(_RUNS)
def visitor_act(request: SignedIn, pk: int) -> HttpResponse:
    """A visitor has come, has left, comes no more."""
    row = get_object_or_404(Visitor.objects.select_related("place__scope"), pk=pk)
    require(request.user, _RUNS, row.place)
    do, now = request.POST.get("do", ""), timezone.now()
    with refused_above(request):
        if do == "greet":
            greet(row, actor=request.user, now=now)
            messages.success(request, _("Arrivée notée : la personne visitée est prévenue."))
        elif do == "leave":
            see_off(row, actor=request.user, now=now)
            messages.success(request, _("Départ de %(name)s noté.") % {"name": row.name})
        elif do == "cancel":
            call_off(row, actor=request.user, now=now)
            messages.success(request, _("Visite annulée."))
    return redirect("coworking:today", row.place_id)


@requires(_KEEPS)
def codes(request: SignedIn, pk: int) -> HttpResponse:
    """The codes to print for the door and the machines, the addresses of the tablet and of the screen; each
    withdrawn by a new one."""
    place = place_found(request, pk, _KEEPS)
    if request.method == "POST":
        with refused_above(request):
            change_key(place, which=request.POST.get("which", ""), actor=request.user)
            messages.success(request, _("Nouveau code : l’ancien n’ouvre plus rien."))
        return redirect("coworking:place_codes", place.pk)

    def address(name: str, key: str) -> str:
        return request.build_absolute_uri(reverse(f"coworking:{name}", args=[key]))

    at_door = address("door", place.door_key)
    return place_page(
        request,
        place,
        "coworking/days/codes.html",
        "coworking:today",
        at_door=at_door,
        drawing=drawn_code(at_door),
        at_kiosk=address("kiosk", place.kiosk_key),
        on_wall=address("wall", place.wall_key),
        machines=[
            (one, drawn_code(address("fault_tell", one.fault_key)))
            for one in place.resources.in_use().order_by("position", "name", "pk")
        ],
    )


def _today(place: Place) -> tuple[str, str]:
    return _("Aujourd’hui"), reverse("coworking:today", args=[place.pk])
