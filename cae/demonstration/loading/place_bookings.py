"""A month of life in the places: desks and rooms booked, a series, a request, a hire, a queue (COW-16 to
21)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from django.utils import timezone

from cae.core.models import Notice
from cae.core.notices import read_notices
from cae.demonstration.loading.days import days_ago, days_ahead
from cae.demonstration.loading.people import Population
from cae.demonstration.loading.place_plans import HAGETMAU
from coworking.calculations.rhythms import Rhythm
from coworking.calculations.stretches import NoSuchHour, Stretch, moment
from coworking.models import Booking, Member, Place, Resource
from coworking.selectors.availability import Freedom, freedom
from coworking.selectors.bookers import Booker
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse
from coworking.selectors.series import SeriesPlan, free_dates, series_dates
from coworking.services.booking_changes import (
    approve_booking,
    cancel_booking,
    end_booking,
    miss_booking,
    refuse_booking,
)
from coworking.services.booking_mails import BOOKING_ASKED, BOOKING_TOLD
from coworking.services.booking_rules import RuleData, set_rule
from coworking.services.booking_series import book_series
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.guests import Guest
from coworking.services.hire_quotes import QuoteTerms, answer_by_quote
from coworking.services.hiring import HireData, ask_to_hire
from coworking.services.waiting import wait_for
from coworking.states.places import ResourceKind
from invoicing.services.answering import Reply, accept_quote
from people.models import User

BACK, AHEAD = 24, 12
# When each kind is taken, from the first to the second hour.
_HOURS: dict[str, tuple[tuple[time, time], ...]] = {
    ResourceKind.DESK: ((time(9), time(12, 30)), (time(13, 30), time(17, 30)), (time(14), time(18))),
    ResourceKind.ROOM: ((time(9, 30), time(11)), (time(14), time(16)), (time(16, 30), time(17, 30))),
    ResourceKind.MACHINE: ((time(10), time(12)), (time(14), time(17))),
}
_TITLES = (
    "Rendez-vous avec une cliente",
    "Atelier de facturation",
    "",
    "Comité de lecture",
    "Entretien de recrutement",
    "",
    "Réunion d’équipe",
)
_LEA = HireData(
    name="Léa Marchand",
    email="lea.marchand@exemple.example",
    phone="05 36 49 00 77",
    address_line="1 rue du Port",
    postcode="40700",
    city="Hagetmau",
    title="Réunion de copropriété",
    people=9,
    message="Nous serons neuf, avec un ordinateur.",
    rules_accepted=True,
)
_GUESTS = (Guest("Inès Daudet", "ines.daudet@exemple.example"), Guest("Paul Etcheverry"))


def book_month(population: Population, *, today: date, now: datetime) -> None:
    """Does: books three weeks past and two to come in each place, by those who work there and some of the
    cooperative. Refuses: nothing: what is not free, or not sold to somebody, is left. Leaves behind: bookings
    over, come, called off, asked; a series, a queue, hires, two on a quote; the team’s notices read."""
    team = population.accounts["places"]
    for rank, place in enumerate(Place.objects.open().order_by("slug")):
        bookers = _bookers(place, population, today)
        _fill(place, rank, bookers, today, now)
        if place.slug == HAGETMAU.data.slug:
            _odd_ones(place, bookers, team, today, now)
            _quoted(place, population.accounts["accountant"], days_ahead(today, AHEAD + 9), now)
    read_notices(Notice.objects.filter(kind__in=[BOOKING_ASKED, BOOKING_TOLD]), at=now)


def _bookers(place: Place, population: Population, today: date) -> list[Booker]:
    members = Member.objects.in_force(today).filter(place=place).select_related("person", "payer")
    found = [Booker(member=one) for one in members.order_by("pk")[:8]]
    held = {one.who.pk for one in found if one.who}
    accounts: Sequence[User] = [
        population.accounts[name] for name in ("entrepreneur", "associate", "trusted")
    ]
    return found + [Booker(person=one.person) for one in accounts if one.person and one.person_id not in held]


def _fill(place: Place, rank: int, bookers: list[Booker], today: date, now: datetime) -> None:
    """More in the first places than in the last, and never the same two days."""
    rows = list(place.resources.in_use().filter(kind__in=_HOURS).order_by("position", "name"))
    first, last = today - timedelta(days=BACK), today + timedelta(days=AHEAD)
    free = freedom(rows, first, last)
    turn = count(rank)
    for offset in range(-BACK, AHEAD + 1):
        day = today + timedelta(days=offset)
        for place_in, resource in enumerate(rows):
            for hour, (starts, ends) in enumerate(_HOURS[resource.kind]):
                if (offset + BACK + 2 * place_in + 3 * hour + rank) % (3 + rank % 2) == 0:
                    wanted = _span(day, starts, ends)
                    if wanted is not None:
                        number = next(turn)
                        _book(free[resource.pk], wanted, bookers[number % len(bookers)], number, now)


def _span(day: date, starts: time, ends: time) -> Stretch | None:
    try:
        return Stretch(moment(day, starts, ZONE), moment(day, ends, ZONE))
    except NoSuchHour:
        return None


def _book(free: Freedom, wanted: Stretch, booker: Booker, number: int, now: datetime) -> None:
    """Booked some days before; over, most were honoured."""
    resource = free.resource
    if resource.needs_training or not free.units_free(wanted):
        return
    if Purse(member=booker.member, person=booker.person).asked(resource, wanted).refusal:
        return
    before = min(now, wanted.starts - timedelta(days=2 + number % 9))
    several = resource.kind == ResourceKind.ROOM
    data = BookingData(
        title=_TITLES[number % len(_TITLES)] if several else "",
        people=min(resource.seats, 2 + number % 5) if several else 1,
        guests=_GUESTS[: 1 + number % 2] if several and number % 4 == 0 else (),
        off_rules=True,
    )
    actor = getattr(booker.who, "user", None)
    row = book([Ask(resource, wanted)], booker=booker, data=data, actor=actor, now=before)[0]
    free.taken[row.unit_id].append(Stretch(row.taken.lower, row.taken.upper))
    if number % 11 == 5:
        cancel_booking(row, actor=actor, now=min(now, before + timedelta(hours=3)), reason="Empêchement")
    elif wanted.ends <= now and number % 13 == 7:
        miss_booking(row, actor=None, now=wanted.ends)
    elif wanted.ends <= now:
        end_booking(row, actor=None, now=wanted.ends)


def _odd_ones(place: Place, bookers: list[Booker], team: User, today: date, now: datetime) -> None:
    """What happens now and then: a series, a rule, requests, a hire from outside, somebody who waits."""
    room = place.resources.in_use().filter(kind=ResourceKind.ROOM).order_by("position", "name").first()
    if room is None:
        return
    set_rule(room, None, data=RuleData(opens_days=90, longest=600), actor=team)
    first = days_ahead(today, AHEAD + 2)
    plan = SeriesPlan(Rhythm.WEEKLY, first, first + timedelta(weeks=11), time(9, 30), time(11))
    holder = bookers[0]
    if free_dates(series_dates(room, plan, holder, now=now, off_rules=True)):
        data = BookingData(title="Groupe d’écriture", people=6, off_rules=True)
        book_series(room, plan, booker=holder, data=data, actor=team, now=now)
    _asked(room, bookers, team, days_ahead(today, AHEAD + 3), now)
    _wait(room, bookers, days_ahead(today, AHEAD + 5), now)


def _asked(room: Resource, bookers: list[Booker], team: User, day: date, now: datetime) -> None:
    """One to answer, one said yes to, one refused, and a stranger who hires."""
    data = BookingData(title="Assemblée d’une association", people=12, needs_approval=True, off_rules=True)
    rows: list[Booking] = []
    for rank, (starts, ends) in enumerate(((time(14), time(15)), (time(15, 30), time(16, 30)))):
        wanted = _span(day, starts, ends)
        if wanted is not None:
            booker = bookers[(rank + 1) % len(bookers)]
            rows += book([Ask(room, wanted)], booker=booker, data=data, actor=None, now=now)
    other = _span(days_ago(day, 0) + timedelta(days=7), time(14), time(15))
    if other is not None:
        refused = book([Ask(room, other)], booker=bookers[0], data=data, actor=None, now=now)[0]
        refuse_booking(refused, reason="Salle réservée à une formation", actor=team, now=now)
    if len(rows) > 1:
        approve_booking(rows[1], actor=team)
    wanted = _span(day, time(17), time(18))
    if wanted is not None and room.is_public:
        ask_to_hire(room, wanted, data=_LEA, shown=None, form_key=None, now=now)


def _quoted(place: Place, seller: User, day: date, now: datetime) -> None:
    """Two hires answered by a quote: one taken, with a deposit; one that its customer reads."""
    room = (
        place.resources.in_use().filter(kind=ResourceKind.ROOM, is_public=True).order_by("position").first()
    )
    if room is None:
        return
    free = freedom([room], day, days_ahead(day, 30))[room.pk]
    days = (day + timedelta(days=offset) for offset in range(30))
    spans = [one for one in (_span(on, time(9), time(12)) for on in days) if one is not None]
    wanted = [one for one in spans if free.units_free(one)]
    terms = QuoteTerms(deposit=Decimal("0.3"), words="Merci de votre demande : la salle vous est gardée.")
    on = timezone.localdate(now)
    for rank, span in enumerate(wanted[:2]):
        data = replace(_LEA, title=("Journée d’étude", "Atelier de quartier")[rank])
        booking = ask_to_hire(room, span, data=data, shown=None, form_key=None, now=now)
        quote = answer_by_quote(booking, terms=terms, actor=seller, on=on)
        if rank == 0:
            accept_quote(quote, reply=Reply(name=data.name, note="Par téléphone"), actor=seller, at=now)


def _wait(room: Resource, bookers: list[Booker], day: date, now: datetime) -> None:
    wanted = _span(day, time(14), time(16))
    waiting = bookers[-1].who
    if wanted is None or waiting is None:
        return
    data = BookingData(title="Conseil d’administration", people=8, off_rules=True)
    book([Ask(room, wanted)], booker=bookers[0], data=data, actor=None, now=now)
    wait_for(room, wanted, person=waiting, actor=None, now=now)
