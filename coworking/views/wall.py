"""The page that the screen of a place shows, without account, under a secret address (COW-22)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe
from django.views.decorators.vary import vary_on_headers

from cae.core.permissions import public
from coworking.selectors.days import place_with
from coworking.selectors.wall import wall_of


def _mark(request: HttpRequest, key: str) -> str | None:
    """The ETag of the part that polls: what it says, in the language it says it."""
    htmx: Any = getattr(request, "htmx", False)
    place = place_with("wall_key", key) if htmx else None
    if place is None:
        return None
    said = f"{place.name}|{wall_of(place, timezone.now())!r}|{get_language()}"
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


@public
@require_safe
@cache_control(private=True, no_cache=True)
@vary_on_headers("HX-Request", "Accept-Language")
@condition(etag_func=_mark)
def wall(request: HttpRequest, key: str) -> HttpResponse:
    """The whole page, or what changed in it: asked every half minute, answered 304 when nothing did."""
    place = place_with("wall_key", key)
    if place is None:
        raise Http404
    context = {"place": place, "wall": wall_of(place, timezone.now())}
    htmx: Any = getattr(request, "htmx", False)
    return render(request, "coworking/days/wall.html" + ("#live" if htmx else ""), context)
