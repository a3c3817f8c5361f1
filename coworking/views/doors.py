"""What the code of a door and its tablet open: « je suis là », a visitor (COW-22, COW-23)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cae.core.errors import Code, Refused
from cae.core.forms import refused_above, refused_at
from cae.core.keys import key_in, text_in
from cae.core.limits import within_limit
from cae.core.permissions import public, signed_in
from coworking.forms.days import WalkInForm
from coworking.models import Place
from coworking.selectors.days import (
    found_at_door,
    host_named,
    own_presence,
    persons_at_door,
    place_with,
    visitors_of_day,
)
from coworking.services.presences import arrive, leave
from coworking.services.visitors import greet, walk_in
from coworking.states.days import ArrivalWay
from people.requests import SignedIn

# What one tablet is asked in an hour: more is somebody who tries names.
MOST, SPAN = 300, 3600


def _place(field: str, key: str) -> Place:
    place = place_with(field, key)
    if place is None:
        raise Http404
    return place


@signed_in
def door(request: SignedIn, key: str) -> HttpResponse:
    """The page of the code at the door: one button; signing in, if need be, comes back to it."""
    place, now, person = _place("door_key", key), timezone.now(), request.user.person
    own = own_presence(place, person, now)
    is_there = own is not None and own.left_at is None
    if request.method == "POST":
        with refused_above(request):
            if person is None:
                raise Refused(
                    Code.NOT_ALLOWED, _("Ce compte n’est celui de personne : demandez à l’équipe du lieu.")
                )
            if request.POST.get("do") == "leave" and own is not None:
                leave(own, actor=request.user, now=now)
                messages.success(request, _("À bientôt !"))
            else:
                arrive(place, person, way=ArrivalWay.DOOR, actor=request.user, now=now)
                messages.success(request, _("Bienvenue ! Votre arrivée est notée."))
        return redirect("coworking:door", key)
    context = {"place": place, "own": own, "is_there": is_there}
    return render(request, "coworking/days/door.html", context)


@never_cache
@public
def kiosk(request: HttpRequest, key: str) -> HttpResponse:
    """The tablet at the door: a few letters of one’s name, one button; or who one comes to see."""
    place, now = _place("kiosk_key", key), timezone.now()
    visit = WalkInForm(has_rules=bool(place.charter))
    typed = text_in(request.GET.get("nom", ""))[:80]
    if (typed or request.method == "POST") and not within_limit(f"kiosk:{key}", most=MOST, seconds=SPAN):
        messages.error(request, _("Trop d’essais : adressez-vous à l’équipe du lieu."))
        return redirect("coworking:kiosk", key)
    if request.method == "POST":
        if request.POST.get("do") == "visit":
            visit = WalkInForm(request.POST, has_rules=bool(place.charter))
            if visit.is_valid():
                with refused_at(visit):
                    host = host_named(place, visit.cleaned_data["asked_for"], now)
                    walk_in(place, data=visit.typed(host), actor=None, now=now)
                    messages.success(request, _("Bienvenue ! La personne que vous venez voir est prévenue."))
                    return redirect("coworking:kiosk", key)
        else:
            with refused_above(request):
                _come(request, place, now)
            return redirect("coworking:kiosk", key)
    context: dict[str, Any] = {
        "place": place,
        "typed": typed,
        "found": found_at_door(place, typed, now),
        "visit": visit,
    }
    status = 422 if visit.is_bound and visit.errors else 200
    return render(request, "coworking/days/kiosk.html", context, status=status)


def _come(request: HttpRequest, place: Place, now: Any) -> None:
    """The button beside a name: of a member, or of somebody awaited."""
    if visitor := key_in(request.POST.get("visitor", "")):
        row = get_object_or_404(visitors_of_day(place, now), pk=visitor)
        greet(row, actor=None, now=now, rules_accepted=request.POST.get("rules") == "on")
        messages.success(request, _("Bienvenue ! La personne que vous venez voir est prévenue."))
    else:
        person = get_object_or_404(
            persons_at_door(place, now), pk=key_in(request.POST.get("person", "")) or 0
        )
        own = own_presence(place, person, now)
        if request.POST.get("do") == "leave" and own is not None:
            leave(own, actor=None, now=now)
            messages.success(request, _("À bientôt !"))
        else:
            arrive(place, person, way=ArrivalWay.KIOSK, actor=None, now=now)
            messages.success(request, _("Bienvenue ! Votre arrivée est notée."))
