"""Places as anybody sees them: the list with its map, one place with its week and its prices (COW-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from cae.core.charts import spot
from coworking.calculations.france import OUTLINE
from coworking.calculations.maps import Label, frame_of, labels
from coworking.models import Place, PlacePhoto
from coworking.selectors.opening import Today, today_at
from coworking.states.places import PlaceState

WIDTH, HEIGHT = 400, 300


@dataclass(frozen=True)
class Pin:
    """One place on the map, in points of the drawing."""

    place: Place
    x: str
    y: str
    label_y: str
    to_left: bool


@dataclass(frozen=True)
class Map:
    """What `coworking/public/_map.html` draws."""

    pins: Sequence[Pin]
    # The points of the coast and of the borders.
    land: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Shown:
    """A place in the list: its first picture, and what is open now."""

    place: Place
    photo: PlacePhoto | None
    today: Today


def public_places() -> QuerySet[Place]:
    """Those that anybody may see, with their pictures."""
    photos = PlacePhoto.objects.order_by("position", "pk")
    return Place.objects.public().select_related("host").prefetch_related(Prefetch("photos", photos))


def shown_places(places: Sequence[Place], now: datetime) -> list[Shown]:
    return [Shown(place, next(iter(place.photos.all()), None), today_at(place, now)) for place in places]


def public_place(slug: str, *, drafts: bool = False) -> Place | None:
    """One place by its address: an open one that has a page; for the team, any of them."""
    rows = Place.objects.select_related("host", "scope__territory")
    if not drafts:
        rows = rows.filter(state=PlaceState.OPEN, is_public=True)
    return rows.filter(slug=slug).first()


def map_of(places: Sequence[Place]) -> Map | None:
    """The places that have coordinates, as they stand to one another; none: no map."""
    known = [
        (place, (place.latitude, place.longitude))
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]
    if len(known) < 2:
        return None
    frame = frame_of([point for _place, point in known], WIDTH, HEIGHT)
    spots = [frame.at(*point) for _place, point in known]
    names = labels(spots, [len(place.city) for place, _at in known], WIDTH)
    land = " ".join(f"{spot(x)},{spot(y)}" for x, y in (frame.at(*point) for point in OUTLINE))
    pins = [_pin(place, *at, label) for (place, _), at, label in zip(known, spots, names, strict=True)]
    return Map(pins, land)


def _pin(place: Any, x: Decimal, y: Decimal, name: Label) -> Pin:
    return Pin(place, spot(x), spot(y), spot(name.y + 5), name.to_left)
