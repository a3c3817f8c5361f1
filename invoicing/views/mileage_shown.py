"""What the pages of trips, vehicles and advances have in common."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest

from invoicing.calculations.mileage import travelled
from invoicing.models import MileageTrip, Vehicle
from invoicing.selectors.mileage import papers_missing, scale_of, step_of
from people.models import Person


def own_person(request: HttpRequest) -> Person:
    """Whom the account is of. Raises Http404 for an account without a file."""
    user: Any = request.user
    if user.person is None:
        raise Http404
    found: Person = user.person
    return found


def allowance_facts(
    vehicle: Vehicle | None, on: date | None, km: Decimal | None, *, returns: bool, but: MileageTrip | None
) -> dict[str, Any]:
    """The rate, the band, the kilometres and the amount of the year that a trip would reach."""
    if vehicle is None or on is None:
        return {}
    facts: dict[str, Any] = {"vehicle": vehicle, "missing": papers_missing(vehicle, on)}
    try:
        facts["scale"] = scale_of(on.year)
        if km is not None and km > 0:
            facts["step"] = step_of(vehicle, on=on, km=travelled(km, returns=returns), but=but)
    except LookupError:
        facts["unknown"] = True
    return facts
