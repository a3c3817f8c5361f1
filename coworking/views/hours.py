"""Hours and closures of a place (COW-01)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cae.core.forms import refused_above, refused_at
from cae.core.permissions import require, requires
from coworking.forms.places import ClosureForm, WeekForm
from coworking.models import Booking, Closure, Place
from coworking.selectors.opening import (
    closures_coming,
    closures_said,
    days_of,
    openings_of,
    today_at,
    week_of,
    weeks_listed,
)
from coworking.services import hours as verbs
from coworking.services.booking_changes import cancel_booking
from coworking.views.place_frame import place_form, place_found, place_page
from people.models import User
from people.requests import SignedIn


@requires("coworking.read_places")
def hours(request: SignedIn, pk: int) -> HttpResponse:
    """The weeks of a place, the one in force first, and what comes to close it."""
    place, now = place_found(request, pk, "coworking.read_places"), timezone.now()
    today = timezone.localdate(now)
    current = week_of(place, today)
    weeks = [
        {"week": week, "days": days_of(openings_of(week)), "is_current": week == current}
        for week in weeks_listed(place)
        if current is None or week.starts_on >= current.starts_on
    ]
    return place_page(
        request,
        place,
        "coworking/places/hours.html",
        "coworking:hours",
        today=today_at(place, now),
        weeks=weeks,
        closures=closures_said(closures_coming(place, now)),
    )


@requires("coworking.keep_place")
def week_set(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, "coworking.keep_place")
    form = WeekForm(request.POST or None, week=week_of(place, timezone.localdate()))
    if form.is_valid():
        with refused_at(form):
            starts_on = form.cleaned_data["starts_on"]
            verbs.set_week(
                place,
                starts_on=starts_on,
                openings=form.openings,
                keeps_booked=form.cleaned_data["keeps_booked"],
                actor=request.user,
            )
            messages.success(request, _("Horaires enregistrés."))
            return redirect("coworking:hours", place.pk)
    return place_form(request, form, place, title=_("Fixer les horaires"), back=_back(place))


@requires("coworking.keep_place")
def closure_set(request: SignedIn, pk: int) -> HttpResponse:
    place = place_found(request, pk, "coworking.keep_place")
    form = ClosureForm(request.POST or None, place=place)
    if form.is_valid():
        with refused_at(form):
            cancel = _give_back if form.cleaned_data["cancel"] else None
            verbs.close_over(place, data=form.typed(), cancel=cancel, actor=request.user)
            messages.success(request, _("Fermeture inscrite."))
            return redirect("coworking:hours", place.pk)
    return place_form(request, form, place, title=_("Inscrire une fermeture"), back=_back(place))


@require_POST
@requires("coworking.keep_place")
def closure_lift(request: SignedIn, pk: int) -> HttpResponse:
    closure = get_object_or_404(Closure.objects.select_related("place"), pk=pk)
    require(request.user, "coworking.keep_place", closure)
    with refused_above(request):
        verbs.lift_closure(closure, actor=request.user)
        messages.success(request, _("Fermeture levée."))
    return redirect("coworking:hours", closure.place_id)


def _give_back(booking: Booking, reason: str, actor: User | None) -> None:
    """Nothing is due of what the place itself calls off."""
    cancel_booking(booking, actor=actor, now=timezone.now(), reason=reason, forgiven=True)


def _back(place: Place) -> tuple[str, str]:
    return _("Horaires"), reverse("coworking:hours", args=[place.pk])
