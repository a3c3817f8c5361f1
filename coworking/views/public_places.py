"""Places as anybody sees them, without account: their list and map, one page each (COW-01, COW-02)."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cae.core.answers import file_shown
from cae.core.documents import read_document
from cae.core.permissions import can, public
from cae.core.tables import search_words
from coworking.models import Place, PlacePhoto
from coworking.selectors.events import agenda
from coworking.selectors.opening import (
    closures_coming,
    closures_said,
    days_of,
    openings_of,
    today_at,
    week_of,
)
from coworking.selectors.plans import shown_plans
from coworking.selectors.public_places import map_of, public_place, public_places, shown_places
from coworking.selectors.resources import offers_of, resources_of
from coworking.states.places import PlaceKind, PlaceState, ZoneKind


class PublicFilters(forms.Form):
    """What narrows the list, in the address of the page."""

    q = forms.CharField(label=_("Commune ou nom"), max_length=80, required=False)
    nature = forms.ChoiceField(
        label=_("Nature"), choices=[("", _("Toutes")), *PlaceKind.choices], required=False
    )
    zone = forms.ChoiceField(label=_("Zone"), choices=[("", _("Toutes")), *ZoneKind.choices], required=False)


@public
@require_safe
def places_page(request: HttpRequest) -> HttpResponse:
    """The places open to the public, on a map and in a list."""
    bar = PublicFilters(request.GET or None)
    rows = public_places()
    if bar.is_bound and bar.is_valid():
        typed = bar.cleaned_data
        rows = search_words(rows, typed["q"], ("name", "city", "postcode"))
        if typed["nature"]:
            rows = rows.filter(kind=typed["nature"])
        if typed["zone"]:
            rows = rows.filter(zone=typed["zone"])
    places = list(rows)
    context = {
        "bar": bar,
        "is_filtered": any(request.GET.get(name) for name in bar.fields),
        "places": shown_places(places, timezone.now()),
        "map": map_of(places),
    }
    return render(request, "coworking/public/places.html", context)


def _place(request: HttpRequest, slug: str) -> Place:
    """The place of this address; the team sees it before it is open."""
    place = public_place(slug, drafts=can(request.user, "coworking.read_places"))
    if place is None:
        raise Http404
    return place


@public
@require_safe
def place_page(request: HttpRequest, slug: str) -> HttpResponse:
    place, now = _place(request, slug), timezone.now()
    today = timezone.localdate(now)
    context = {
        "place": place,
        "is_seen_by_team_only": place.state != PlaceState.OPEN or not place.is_public,
        "today": today_at(place, now),
        "days": days_of(openings_of(week_of(place, today)), today),
        "closures": closures_said(closures_coming(place, now).filter(resource__isnull=True)[:3]),
        "offers": offers_of(resources_of(place), today),
        "shown": shown_plans(place, today, public=True),
        "events": list(agenda(request.user, now, place=place.slug)[:4]),
        "may_hire": place.state == PlaceState.OPEN and resources_of(place).filter(is_public=True).exists(),
        "photos": place.photos.all(),
        "may_read": can(request.user, "coworking.read_places"),
    }
    return render(request, "coworking/public/place.html", context)


@public
@require_safe
def place_photo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A picture of a place that this visitor sees."""
    photo = get_object_or_404(
        PlacePhoto.objects.select_related("document"), place=_place(request, slug), pk=pk
    )
    answer = file_shown(read_document(photo.document), name=photo.document.name, mime=photo.document.mime)
    # The same bytes for ever under this address.
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
