"""Who is in a place: come by the code of the door, the kiosk or the team; gone, said or not (COW-22)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.turns import take_turn
from coworking.calculations.hours import whole_days
from coworking.models import Booking, Place, Presence
from coworking.selectors.bookers import member_at
from coworking.selectors.opening import ZONE, openings_by_day
from coworking.services.booking_changes import arrive_booking, is_arriving
from coworking.states.bookings import BookingState
from coworking.states.days import ArrivalWay
from coworking.states.places import PlaceState
from people.models import Person


@transaction.atomic
def arrive(place: Place, person: Person, *, way: str, actor: Any, now: datetime) -> Presence:
    """Does: notes that somebody is there, and for the bookings of theirs that begin; a second time the same
    day is the same presence, gone on after a departure. Refuses: a place that is not open, an unknown way.
    Leaves behind: the presence, their bookings begun, audit for what is new."""
    if way not in ArrivalWay.values:
        raise Refused(Code.VALUE_INVALID, _("Dites comment l’arrivée est notée."), field="way")
    if place.state != PlaceState.OPEN:
        raise Refused(Code.NOT_ALLOWED, _("Ce lieu n’est pas ouvert : personne n’y arrive."))
    take_turn(f"coworking.presence.{place.pk}.{person.pk}")
    row, made = _of_today(place, person, now), False
    if row is None:
        _close(Presence.objects.filter(place=place, person=person, left_at__isnull=True), now)
        member = member_at(person, place, timezone.localdate(now))
        row = Presence(place=place, person=person, member=member, way=way, arrived_at=now, created_by=actor)
        made = True
    begun = _begin(place, person, actor, now)
    if begun and row.booking_id is None:
        row.booking = begun[0]
    back = row.left_at is not None
    row.left_at, row.left_unsaid = None, False
    row.save()
    if made or back:
        audit.record(actor, "coworking.presence.arrive" if made else "coworking.presence.back", row)
    return row


@transaction.atomic
def arrive_for(booking: Booking, *, way: str, actor: Any, now: datetime) -> Booking:
    """Does: notes that somebody came for this booking; its holder, when that is somebody known here, is
    there. Refuses: what `arrive_booking` refuses. Leaves behind: the booking begun, the presence, audit."""
    row: Booking = arrive_booking(booking, actor=actor, now=now)
    person = row.member.person if row.member else row.person
    if person is not None and row.place.state == PlaceState.OPEN:
        presence = arrive(row.place, person, way=way, actor=actor, now=now)
        if presence.booking_id is None:
            presence.booking = row
            presence.save(update_fields=["booking"])
    return row


@transaction.atomic
def leave(presence: Presence, *, actor: Any, now: datetime) -> Presence:
    """Does: notes that somebody left. Refuses: one who left already. Leaves behind: the instant, audit; what
    is booked goes on: one frees it oneself."""
    row = Presence.objects.select_for_update(of=("self",)).get(pk=presence.pk)
    if row.left_at is not None:
        raise IllegalMove(_("Ce départ est déjà noté."))
    row.left_at = max(now, row.arrived_at)
    row.save(update_fields=["left_at"])
    audit.record(actor, "coworking.presence.leave", row)
    return row


def begin_for_those_there(*, now: datetime) -> int:
    """Does: begins the bookings whose hour came and whose holder is already in the place: they need not say
    it again. Refuses: nothing. Leaves behind: the bookings begun, audit; gives how many."""
    held = Booking.objects.filter(
        Q(member__person__presences__in=_open(now)) | Q(person__presences__in=_open(now)),
        state=BookingState.BOOKED,
        during__contains=now,
    ).select_related("member__person", "person")
    count = 0
    for one in held.distinct().order_by("pk"):
        there = Presence.objects.filter(
            place=one.place_id, person=one.member.person if one.member else one.person, left_at__isnull=True
        )
        if there.exists():
            try:
                arrive_booking(one, actor=None, now=now)
            except IllegalMove:  # somebody was faster
                continue
            count += 1
    return count


def close_forgotten(*, now: datetime) -> int:
    """Does: ends the presences of the days before whose departure nobody said, at the end of the hours of
    their day, else when they came. Refuses: nothing. Leaves behind: the instant, said to be unsaid; gives how
    many."""
    today = whole_days(timezone.localdate(now), timezone.localdate(now), ZONE)
    return _close(Presence.objects.filter(left_at__isnull=True, arrived_at__lt=today.starts), now)


def _close(rows: QuerySet[Presence], now: datetime) -> int:
    count = 0
    for key in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            held = Presence.objects.select_for_update(of=("self",), skip_locked=True)
            row = held.filter(pk=key, left_at__isnull=True).select_related("place").first()
            if row is None:
                continue
            row.left_at, row.left_unsaid = max(row.arrived_at, min(_end_of_hours(row), now)), True
            row.save(update_fields=["left_at", "left_unsaid"])
            count += 1
    return count


def _end_of_hours(presence: Presence) -> datetime:
    """When the place closed that day; when they came, if it did not open."""
    day = timezone.localdate(presence.arrived_at)
    midnight = whole_days(day, day, ZONE).ends
    ends = [min(one.ends, midnight) for one in openings_by_day(presence.place, day, day)]
    return max(ends, default=presence.arrived_at)


def _of_today(place: Place, person: Person, now: datetime) -> Presence | None:
    day = timezone.localdate(now)
    today = whole_days(day, day, ZONE)
    rows = Presence.objects.select_for_update(of=("self",)).filter(
        place=place, person=person, arrived_at__gte=today.starts, arrived_at__lt=today.ends
    )
    return rows.order_by("-arrived_at").first()


def _open(now: datetime) -> QuerySet[Presence]:
    return Presence.objects.filter(left_at__isnull=True, arrived_at__gte=now - timedelta(days=1))


def _begin(place: Place, person: Person, actor: Any, now: datetime) -> list[Booking]:
    """Those that run or begin soon, the first one first."""
    rows = Booking.objects.filter(
        Q(member__person=person) | Q(person=person),
        place=place,
        state__in=[BookingState.BOOKED, BookingState.PRESENT],
        during__endswith__gt=now,
        during__startswith__lt=now + timedelta(days=1),
    )
    found = []
    for one in rows.order_by("during", "pk"):
        if one.state == BookingState.PRESENT:
            if not Presence.objects.filter(booking=one).exists():
                found.append(one)
        elif is_arriving(one, now):
            found.append(arrive_booking(one, actor=actor, now=now))
    return found
