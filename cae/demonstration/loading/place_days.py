"""Who came to the places in a month, who is there today, who is awaited (COW-22, COW-23)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.demonstration.loading.days import days_ahead
from cae.demonstration.loading.people import Population
from coworking.calculations.stretches import moment
from coworking.models import Booking, Member, Place
from coworking.selectors.alerts import day_before, notable
from coworking.selectors.opening import ZONE, openings_by_day
from coworking.services.alerts import take_alert
from coworking.services.presences import arrive, close_forgotten, leave
from coworking.services.visitors import VISITOR_HERE, VisitorData, announce, greet
from coworking.states.bookings import BookingState
from coworking.states.days import ArrivalWay
from people.models import Person, User

_WAYS = (ArrivalWay.DOOR, ArrivalWay.DOOR, ArrivalWay.KIOSK, ArrivalWay.TEAM)
_VISITORS = (
    ("Solène Aubert", "Mairie de Hagetmau", time(10)),
    ("Mickaël Darrigade", "Chambre d’agriculture", time(14, 30)),
    ("Ana Ruiz", "", time(16)),
)


def come_and_go(population: Population, *, today: date, now: datetime) -> None:
    """Does: notes who came for what was booked in the month, leaves one departure in five unsaid, awaits
    three visitors on the next open day of each of the first two places, where the first
    thing to know is seen to. Refuses: nothing. Leaves behind:
    presences, visitors, their notices read."""
    team = population.accounts["places"]
    _come(today, now, team)
    for place in Place.objects.open().order_by("pk")[:2]:
        _await(place, today, now, team)
        for one in notable(place, now)[:1]:
            take_alert(place, one.key, actor=team, now=now)
    read_notices(Notice.objects.filter(kind=VISITOR_HERE), at=now)


def _come(today: date, now: datetime, team: User) -> None:
    """A day of somebody in a place goes from the first booking to the last one."""
    rows = Booking.objects.filter(
        state__in=[BookingState.DONE, BookingState.PRESENT],
        during__startswith__gte=day_before(today, 30),
        during__startswith__lte=now,
    ).select_related("place", "member__person", "person")
    spans: dict[tuple[int, int, date], tuple[Booking, Person, datetime]] = {}
    for one in rows.order_by("during", "pk"):
        person = one.member.person if one.member else one.person
        if person is not None:
            key = (one.place_id, person.pk, timezone.localdate(one.during.lower))
            first = spans.get(key, (one, person, one.during.upper))
            spans[key] = (first[0], person, max(first[2], one.during.upper))
    for rank, (booking, person, until) in enumerate(spans.values()):
        way, at = _WAYS[rank % len(_WAYS)], booking.during.lower + timedelta(minutes=rank * 7 % 12)
        actor = team if way == ArrivalWay.TEAM else None
        if at > now:
            continue
        presence = arrive(booking.place, person, way=way, actor=actor, now=at)
        if until <= now and rank % 5 != 0:
            leave(presence, actor=None, now=until)
    close_forgotten(now=now)


def _await(place: Place, today: date, now: datetime, team: User) -> None:
    opened = openings_by_day(place, today, days_ahead(today, 10))
    day = timezone.localdate(opened[0].starts) if opened else today
    hosts = list(Member.objects.in_force(today).filter(place=place).select_related("person").order_by("pk"))
    early = moment(day, time(7), ZONE)
    for rank, (name, firm, hour) in enumerate(_VISITORS):
        at = moment(day, hour, ZONE)
        host = hosts[rank % len(hosts)].person if hosts else None
        data = VisitorData(name, firm, host=host, rules_accepted=True)
        visitor = announce(place, data=data, expected_at=at, actor=team, now=early)
        if at <= now:
            greet(visitor, actor=team, now=at)
