"""Vehicles, trips and checked claims, built by the services."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import MileageTrip, Vehicle
from invoicing.services.mileage import TripContent, record_trip
from invoicing.services.vehicles import PaperContent, VehicleContent, add_vehicle, bring_paper
from invoicing.states.claims import VehicleKind, VehiclePaperKind
from people.models import Person, User
from tests.factories.invoicing_expenses import DAY, picture

AT = datetime(2026, 1, 5, 9, tzinfo=timezone.get_default_timezone())


def car(user: User, *, papers: bool = True, **details: Any) -> Vehicle:
    """A car of 4 CV, with papers that cover the year."""
    values: dict[str, Any] = {"label": "Kangoo", "kind": VehicleKind.CAR, "plate": "AB-123-CD", "power": 4}
    said = VehicleContent(**values | details)
    vehicle = add_vehicle(_person(user), content=said, today=DAY, actor=user)
    if papers:
        registration(vehicle, user)
        insurance(vehicle, user)
    return vehicle


def registration(vehicle: Vehicle, user: User) -> None:
    paper = PaperContent(VehiclePaperKind.REGISTRATION, picture(1), "carte-grise.jpg")
    bring_paper(vehicle, paper=paper, at=AT, actor=user)


def insurance(
    vehicle: Vehicle, user: User, start: date = date(2025, 1, 1), end: date = date(2027, 12, 31)
) -> None:
    paper = PaperContent(VehiclePaperKind.INSURANCE, picture(2), "assurance.jpg", start, end, True)
    bring_paper(vehicle, paper=paper, at=AT, actor=user)


def drive(vehicle: Vehicle, km: str = "30", **details: Any) -> TripContent:
    values: dict[str, Any] = {
        "on": DAY,
        "start": "Lyon",
        "arrival": "Vienne",
        "purpose": "Chantier Martin",
    }
    return TripContent(vehicle=vehicle, km=Decimal(km), **values | details)


def trip(
    user: User,
    activity: Activity,
    vehicle: Vehicle,
    km: str = "30",
    *,
    today: date | None = None,
    **details: Any,
) -> MileageTrip:
    said = drive(vehicle, km, **details)
    return record_trip(
        _person(user),
        activity,
        content=said,
        form_key=uuid.uuid4(),
        today=today or max(DAY, said.on),
        actor=user,
    )


def _person(user: User) -> Person:
    assert user.person is not None
    return user.person
