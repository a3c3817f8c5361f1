"""What the clock does to bookings: freed when nobody comes, over when their time is (COW-19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cae.core.errors import Refused
from coworking.calculations.hours import whole_days
from coworking.models import Booking
from coworking.selectors.opening import ZONE
from coworking.services.booking_changes import end_booking, miss_booking
from coworking.services.booking_mails import tell_holder
from coworking.states.bookings import BookingState


def release_missed(*, now: datetime) -> int:
    """Does: frees the units for which nobody came within the arrival window of their resource. Refuses:
    nothing. Leaves behind: what `miss_booking` leaves; gives how many."""
    rows = Booking.objects.filter(
        state=BookingState.BOOKED,
        during__startswith__lt=now,
        during__endswith__gt=now - timedelta(days=1),
        resource__arrival_window__isnull=False,
        presence__isnull=True,
    ).annotate(window=F("resource__arrival_window"))
    late = [one.pk for one in rows if one.during.lower + timedelta(minutes=one.window) < now]
    return _each(Booking.objects.filter(pk__in=late), miss_booking, now)


def end_past(*, now: datetime) -> int:
    """Does: ends the bookings whose time is over. Refuses: nothing. Leaves behind: their state; gives how
    many."""
    rows = Booking.objects.filter(
        state__in=[BookingState.BOOKED, BookingState.PRESENT], during__endswith__lte=now
    )
    return _each(rows, end_booking, now)


def remind_of_bookings(*, now: datetime) -> int:
    """Does: reminds the holders of tomorrow’s bookings, each once. Refuses: nothing. Leaves behind: the day
    on each booking, notices and mails; gives how many."""
    day = timezone.localdate(now) + timedelta(days=1)
    morrow = whole_days(day, day, ZONE)
    rows = Booking.objects.filter(
        state=BookingState.BOOKED,
        during__startswith__gte=morrow.starts,
        during__startswith__lt=morrow.ends,
        reminded_on__isnull=True,
        created_at__lt=now - timedelta(hours=12),
    )
    count = 0
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            held = Booking.objects.select_for_update(of=("self",), skip_locked=True)
            row = held.filter(pk=key, reminded_on__isnull=True, state=BookingState.BOOKED).first()
            if row is not None:
                row.reminded_on = day
                row.save(update_fields=["reminded_on"])
                tell_holder(row, "reminder", actor=None)
                count += 1
    return count


def _each(rows: QuerySet[Booking], act: Any, now: datetime) -> int:
    count = 0
    for one in rows.order_by("pk").iterator():
        try:
            act(one, actor=None, now=now)
        except Refused:  # somebody was faster, or moved it to later
            continue
        count += 1
    return count
