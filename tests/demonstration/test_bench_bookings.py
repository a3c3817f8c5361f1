"""The measure of what is free looks at the same month, whatever is booked elsewhere."""

from __future__ import annotations

import pytest

from cae.demonstration.bench import bookings
from coworking.models import Booking


@pytest.mark.django_db
def test_what_is_free_is_measured_among_few_then_many() -> None:
    found = bookings.measure_availability(seconds=0, few=80, many=400)
    assert found.name == "free of 40 resources over a month, 400 bookings against 80"
    assert min(found.ours, found.bare) > 0
    assert Booking.objects.count() == 400
    assert Booking.objects.filter(place__name="Banc voisin").count() == 160


@pytest.mark.django_db
def test_a_month_that_cannot_hold_them_is_said() -> None:
    with pytest.raises(RuntimeError, match="no hour is left"):
        bookings.measure_availability(seconds=0, few=100_000, many=100_001)
