"""Who books: members of a place, people of the cooperative, and by what rule of it (COW-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cae.core.questions import Given
from cae.core.templatetags.formats import day as said_day
from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch
from coworking.calculations.terms import Terms
from coworking.models import Booking, BookingRule, Clearance, Member, Place, Resource
from coworking.selectors.availability import range_of
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse
from coworking.states.bookings import COMING, HOLDING
from people.models import Person, User

# Of those who work in a place today.
COWORKER = "coworking.coworker"
# Of those who have booked something to come, members or not.
BOOKS = "coworking.books"


def coworkers_of_person() -> QuerySet[Member]:
    return Member.objects.in_force(Given("on")).filter(person=Given("person"))


def bookings_of_person() -> QuerySet[Booking]:
    return Booking.objects.filter(person=Given("person"), state__in=COMING)


@dataclass(frozen=True)
class Booker:
    """For whom a booking is made: a member of the place, a person who is none, or somebody by name only."""

    member: Member | None = None
    person: Person | None = None
    name: str = ""
    email: str = ""
    phone: str = ""

    @property
    def who(self) -> Person | None:
        return self.member.person if self.member else self.person


def member_at(person: Person | None, place: Place, on: date) -> Member | None:
    if person is None:
        return None
    rows = Member.objects.in_force(on).filter(person=person, place=place)
    return rows.select_related("person", "payer", "organisation").first()


def booker_of(user: User, place: Place, on: date) -> Booker:
    """Oneself, as a member of the place if one is."""
    member = member_at(user.person, place, on)
    return Booker(member=member) if member else Booker(person=user.person)


def gone_words(booker: Booker, on: date) -> str:
    """Why a member who leaves does not book that day as one any more; else nothing."""
    member = booker.member
    if member is None or member.ends_on is None or on <= member.ends_on:
        return ""
    values = {"who": member, "day": said_day(member.ends_on)}
    return _("%(who)s n’est plus coworker de ce lieu après le %(day)s.") % values


@dataclass(frozen=True)
class Allowed:
    """The terms of a resource for somebody, and whether the team says yes first."""

    terms: Terms
    needs_approval: bool


def allowed(resource: Resource, purse: Purse, on: date) -> Allowed:
    """By the rule of a plan held that day, else by the rule for anybody else, else by the resource alone."""
    plans = {one.plan_id for one in purse.subscriptions if one.is_in_force(on)}
    rules = list(BookingRule.objects.filter(resource=resource))
    mine = [one for one in rules if one.plan_id in plans] or [one for one in rules if one.plan_id is None]
    rule = mine[0] if mine else BookingRule(resource=resource)
    terms = Terms(
        step=resource.step,
        shortest=resource.shortest,
        longest=min(resource.longest, rule.longest or resource.longest),
        notice=rule.notice,
        opens_days=rule.opens_days,
        weekly=rule.weekly,
        from_hour=rule.from_hour,
        until_hour=rule.until_hour,
    )
    return Allowed(terms, resource.needs_approval or rule.needs_approval)


def is_cleared(resource: Resource, person: Person | None, on: date) -> bool:
    """Trained for this machine; what asks no training is everybody’s."""
    if not resource.needs_training:
        return True
    return Clearance.objects.in_force(on).filter(resource=resource, person=person).exists()


def week_of(at: datetime) -> Stretch:
    """The week of an instant, Monday to Sunday."""
    day, _hour = clock_of(at, ZONE)
    monday = day - timedelta(days=day.weekday())
    return whole_days(monday, monday + timedelta(days=6), ZONE)


def spans_booked(
    resource: Resource, booker: Booker, window: Stretch, *, besides: Booking | None = None
) -> list[Stretch]:
    """When one holds a resource by bookings that meet a window."""
    rows = Booking.objects.filter(resource=resource, during__overlap=range_of(window), state__in=HOLDING)
    rows = rows.filter(member=booker.member) if booker.member else rows.filter(person=booker.person)
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    return [Stretch(one.lower, one.upper) for one in rows.order_by().values_list("during", flat=True)]


def minutes_that_week(
    resource: Resource, booker: Booker, at: datetime, *, besides: Booking | None = None
) -> int:
    """What one has booked of a resource in the week of an instant."""
    return sum(one.minutes for one in spans_booked(resource, booker, week_of(at), besides=besides))
