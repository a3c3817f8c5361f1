"""Places, what is booked there, who runs them: made through the services of the room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from coworking.calculations.hours import Opening
from coworking.models import Booking, Place, Resource, Tariff, Week
from coworking.services.hours import set_week
from coworking.services.places import PlaceData, enter_place, open_place
from coworking.services.resources import ResourceData, TariffData, add_resource, set_tariff
from coworking.states.places import ResourceKind, ZoneKind
from people.models import Scope, Territory, User
from people.states import RoleKind
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user

_serial = count(1)
WEEKDAYS = range(5)
MORNING, EVENING = time(9), time(18)


def make_place(
    name: str = "",
    *,
    opened_on: date | None = BEGINNING,
    territory: Territory | None = None,
    scope: Scope | None = None,
    hours: bool = True,
    **facts: Any,
) -> Place:
    """A place open since then, Monday to Friday from nine to six; without `opened_on` it stays a draft,
    without `hours` it has none."""
    typed = {"city": "Hagetmau", "postcode": "40700", "zone": ZoneKind.RURAL} | facts
    data = PlaceData(name=name or f"Lieu {next(_serial)}", **typed)
    place = enter_place(data=data, territory=territory, scope=scope, actor=None)
    if hours:
        make_hours(place)
    return open_place(place, on=opened_on, actor=None) if opened_on else place


def make_hours(
    place: Place,
    *,
    on: date = BEGINNING,
    days: Iterable[int] = WEEKDAYS,
    opens: time = MORNING,
    closes: time = EVENING,
) -> Week:
    """The hours of a place from a day on: the same each of these days (0: Monday). In the past only as its
    first ones, or while it is a draft."""
    return set_week(place, starts_on=on, openings=[Opening(day, opens, closes) for day in days], actor=None)


def make_resource(
    place: Place,
    kind: str = ResourceKind.ROOM,
    name: str = "",
    *,
    units: int = 1,
    prices: dict[str, str] | None = None,
    **facts: Any,
) -> Resource:
    """A resource of a place; `prices`, if any, are those of its tariff since the beginning."""
    data = ResourceData(name=name or f"Ressource {next(_serial)}", **facts)
    resource = add_resource(place, kind=kind, data=data, units=units, actor=None)
    if prices:
        make_tariff(resource, **prices)
    return resource


def make_tariff(
    resource: Resource, *, on: date = BEGINNING, vat_code: str = "normal", **prices: str
) -> Tariff:
    """Prices excl. tax from a day on: `hour="10"`, `other_day="40"`…"""
    amounts = {name: Decimal(price) for name, price in prices.items()}
    return set_tariff(resource, data=TariffData(starts_on=on, vat_code=vat_code, **amounts), actor=None)


def make_facilitator(place: Place) -> User:
    """Who runs this place, and no other."""
    return make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope)


def take(resource: Resource, starts: datetime, ends: datetime, **facts: Any) -> Booking:
    """A booking of its first unit, put there as it is, without the services of bookings."""
    during = DateTimeTZRange(starts, ends)
    unit = resource.units.order_by("position").first()
    return Booking.objects.create(
        place=resource.place, resource=resource, unit=unit, during=during, taken=during, **facts
    )
