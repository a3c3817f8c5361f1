"""Rooms to book and bookings made through the services, on days that come."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from cae.core.models import OutgoingEmail
from coworking.calculations.rhythms import Rhythm
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Member, Place, Resource
from coworking.selectors.bookers import Booker
from coworking.selectors.series import SeriesPlan
from coworking.services.booking_changes import cancel_booking
from coworking.services.booking_checks import stretch_on
from coworking.services.booking_rules import RuleData, set_rule
from coworking.services.booking_series import book_series
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.guests import Guest
from coworking.services.hiring import HireData, ask_to_hire
from coworking.services.waiting import wait_for
from people.models import Person
from tests.factories.coworking import make_hours, make_resource
from tests.factories.coworking_members import make_member, place_that_sells


def next_monday() -> date:
    """At least a week ahead: within every delay."""
    today = timezone.localdate()
    return today + timedelta(days=14 - today.weekday())


def hours(starts: str, ends: str, day: date | None = None) -> Stretch:
    """« 9:00 » to « 11:00 » of the next Monday, or of a day."""
    return stretch_on(day or next_monday(), _time(starts), _time(ends))


def _time(typed: str) -> time:
    hour, minute = typed.split(":")
    return time(int(hour), int(minute))


def make_room(place: Place | None = None, **facts: Any) -> Resource:
    """A room at 10 € an hour for members and 20 € for others, of a place that sells, open on weekdays from
    nine to six."""
    if place is None:
        place = place_that_sells()
        make_hours(place)
    prices = {"hour": "10", "other_hour": "20"}
    return make_resource(place, prices=prices, **{"seats": 8} | facts)


def book_at(
    resource: Resource, wanted: Stretch, *, of: Member | Person | None = None, **options: Any
) -> Booking:
    """One booking of a member, or of a person who is none."""
    booker = Booker(member=of) if isinstance(of, Member) else Booker(person=of)
    data = BookingData(**{name: options.pop(name) for name in list(options) if name in _SAID})
    return book([Ask(resource, wanted)], booker=booker, data=data, **{"actor": None} | options)[0]


_SAID = frozenset(BookingData.__dataclass_fields__)


def booked_by(person: Person, *, place: Place | None = None) -> dict[str, Any]:
    """A room of a place and what somebody holds there: a booking to come with a guest, one asked, a basket, a
    long series, a queue of which the place is offered, a rule; a hire from outside and its link."""
    room = make_room(place, name="Grande salle du Haut-Pays", is_public=True, cut_off=0)
    asking = make_resource(room.place, name="Salle à valider", needs_approval=True, seats=4)
    member = make_member(room.place, person)
    other = make_member(room.place)
    guests = (Guest("Ana Ruiz", "ana@exemple.fr"),)
    coming = book_at(room, hours("9:00", "10:00"), of=member, people=3, guests=guests, title="Atelier")
    asked = book_at(asking, hours("9:00", "10:00"), of=member)
    both = [Ask(room, hours("10:00", "11:00")), Ask(asking, hours("10:00", "11:00"))]
    basket = book(both, booker=Booker(member=member), data=BookingData(), actor=None)[0].basket
    first = next_monday()
    plan = SeriesPlan(Rhythm.WEEKLY, first, first + timedelta(weeks=20), time(16), time(17))
    series = book_series(room, plan, booker=Booker(member=member), data=BookingData(), actor=None)
    taken = book_at(room, hours("14:00", "15:00"), of=other)
    now = timezone.now()
    waiting = wait_for(room, hours("14:00", "15:00"), person=member.person, actor=None, now=now)
    cancel_booking(taken, actor=None, now=now)
    rule = set_rule(room, None, data=RuleData(longest=240), actor=None)
    hired = _hired(room, now)
    mail = OutgoingEmail.objects.filter(to="lea@exemple.fr").latest("pk")
    return {
        "place": room.place,
        "room": room,
        "member": member,
        "coming": coming,
        "asked": asked,
        "basket": basket,
        "series": series,
        "waiting": waiting,
        "rule": rule,
        "hired": hired,
        "link": mail.secret.rstrip("/").rpartition("/")[2],
    }


def _hired(room: Resource, now: Any) -> Booking:
    data = HireData(
        name="Léa Marchand",
        email="lea@exemple.fr",
        address_line="1 rue du Port",
        postcode="33190",
        city="La Réole",
    )
    return ask_to_hire(room, hours("11:00", "12:00"), data=data, shown=None, form_key=None, now=now)
