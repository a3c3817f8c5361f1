"""What a person may book, where, and what is free there: the page « Réserver » (COW-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.permissions import can
from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch, common
from coworking.calculations.terms import Terms, breach
from coworking.models import Booking, Member, Place, Resource
from coworking.selectors.availability import Freedom, freedom, resources_to_book
from coworking.selectors.bookers import Booker, booker_of
from coworking.selectors.booking_words import breach_words, hours_words, span_words
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse, Quote, is_inside
from coworking.selectors.publics import closed_words, is_open_to, publics_of, tenancies_of_person
from coworking.states.places import ResourceKind
from people.models import User


@dataclass(frozen=True)
class Block:
    """A part of the drawing of a day, in minutes from its midnight."""

    x: int
    width: int
    tone: str


@dataclass
class Offer:
    """One resource on a day: when it is free, its drawing, what is asked of it, what it costs."""

    resource: Resource
    free: list[Stretch]
    units: int
    blocks: list[Block] = field(default_factory=list)
    count: int = 0
    nearest: list[Stretch] = field(default_factory=list)
    quote: Quote | None = None
    # Why it is not booked for so long, or at such hours, were it free.
    why: str = ""

    @property
    def hours(self) -> str:
        return ", ".join(hours_words(one) or _("toute la journée") for one in self.free)

    @property
    def chosen(self) -> list[tuple[str, dict[str, str]]]:
        """Each free span, to choose by a link: as much of it as this resource is booked for at once."""
        longest, shortest = (
            timedelta(minutes=one) for one in (self.resource.longest, self.resource.shortest)
        )
        rows = [one for one in self.free if one.length >= shortest]
        return [
            (hours_words(one), query_of(Stretch(one.starts, min(one.ends, one.starts + longest))))
            for one in rows
        ]

    @property
    def is_free(self) -> bool:
        return self.count > 0

    @property
    def steps(self) -> list[tuple[str, dict[str, str]]]:
        return [(span_words(one), query_of(one)) for one in self.nearest]


def query_of(span: Stretch) -> dict[str, str]:
    """The fields of a form that hold a span."""
    (day, starts), (last, ends) = clock_of(span.starts, ZONE), clock_of(span.ends, ZONE)
    if ends == datetime.min.time():
        last -= timedelta(days=1)
    found = {"day": day.isoformat(), "starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}"}
    return found | ({"last": last.isoformat()} if last > day else {})


def places_to_book(user: User) -> QuerySet[Place]:
    """The open places where this person books: for the cooperative’s own, all of them; else those where one
    works, or rents a part of the premises."""
    today = timezone.localdate()
    rows = Place.objects.open()
    if can(user, "coworking.book_for") or is_inside(user.person, today):
        return rows
    rents = tenancies_of_person(user.person_id, today).values("place")
    return rows.filter(Q(pk__in=member_places(user, today)) | Q(pk__in=rents))


def member_places(user: User, on: date) -> QuerySet[Any, Any]:
    """The keys of the places where one works that day."""
    return Member.objects.in_force(on).filter(person=user.person_id).values("place")


def offers(
    place: Place, day: date, *, user: User, wanted: Stretch | None, people: int, kind: str, now: datetime
) -> list[Offer]:
    """What may be booked there that day, what is free first."""
    rows = resources_to_book(place, people=people)
    if kind in ResourceKind.values:
        rows = rows.filter(kind=kind)
    first, last = day - timedelta(days=1), day + timedelta(days=1)
    if wanted is not None:
        first = min(first, clock_of(wanted.starts, ZONE)[0] - timedelta(days=7))
        last = max(last, clock_of(wanted.ends, ZONE)[0] + timedelta(days=7))
    booker = booker_of(user, place, day)
    shown = _sorted_by_public(rows, user, place, day)[0]
    freedoms = freedom(shown, first, last)
    purse = Purse(member=booker.member, person=booker.person)
    found = [_offer(one, day, wanted, purse, now) for one in freedoms.values()]
    return sorted(found, key=lambda one: not (one.is_free if wanted else one.free))


def closed_offers(place: Place, day: date, *, user: User) -> list[str]:
    """Why one is not offered what others book there that day, a sentence each."""
    return [closed_words(one) for one in _sorted_by_public(resources_to_book(place), user, place, day)[1]]


def _sorted_by_public(
    resources: Iterable[Resource], user: User, place: Place, on: date
) -> tuple[list[Resource], list[Resource]]:
    """What is open to somebody, what is reserved to others; the team books all of it for anybody."""
    rows = list(resources)
    if user.person is None or can(user, "coworking.book_for", place):
        return rows, []
    publics = publics_of(user.person, place, on)
    return (
        [one for one in rows if is_open_to(one, publics)],
        [one for one in rows if not is_open_to(one, publics)],
    )


def _offer(free: Freedom, day: date, wanted: Stretch | None, purse: Purse, now: datetime) -> Offer:
    whole = whole_days(day, day, ZONE)
    today = common(free.free_since(_on_the_clock(now, free.resource.step)), [whole])
    found = Offer(free.resource, today, len(free.taken), blocks_of(free, whole, wanted))
    if wanted is not None:
        resource = free.resource
        terms = Terms(resource.step, resource.shortest, resource.longest)
        reason = breach(wanted, terms, now=now, zone=ZONE)
        found.why = breach_words(resource, reason, terms) if reason else ""
        found.count = 0 if reason else len(free.units_free(wanted))
        if reason:
            return found
        if found.count:
            found.quote = purse.asked(free.resource, wanted)
        else:
            found.nearest = free.nearest(wanted, after=now)
    return found


def _on_the_clock(now: datetime, step: int) -> datetime:
    """The next instant at which a booking of this step begins."""
    day, _hour = clock_of(now, ZONE)
    midnight = whole_days(day, day, ZONE).starts
    return midnight + -(-(now - midnight) // timedelta(minutes=step)) * timedelta(minutes=step)


def blocks_of(free: Freedom, whole: Stretch, wanted: Stretch | None) -> list[Block]:
    """The drawing of a day: open, then free, then what is wanted over them."""
    rows = [("open", common(free.opened, [whole])), ("free", common(free.free, [whole]))]
    if wanted is not None:
        rows.append(("wanted", common([wanted], [whole])))
    return [
        Block(int((one.starts - whole.starts).total_seconds()) // 60, one.minutes, tone)
        for tone, spans in rows
        for one in spans
    ]


@dataclass(frozen=True)
class Line:
    """One resource of a basket as it is checked: free or not, its price; `why` it is refused, and whether one
    may wait for it."""

    resource: Resource
    is_free: bool
    quote: Quote
    nearest: Sequence[Stretch] = ()
    why: str = ""
    may_wait: bool = False

    @property
    def steps(self) -> list[tuple[str, dict[str, str]]]:
        return [(span_words(one), query_of(one)) for one in self.nearest]


def lines_of(
    resources: Sequence[Resource], wanted: Stretch, *, booker: Booker, now: datetime, any_hour: bool = False
) -> tuple[list[Line], Decimal]:
    """What each resource costs, one after the other, and their sum."""
    first, last = (clock_of(one, ZONE)[0] for one in (wanted.starts, wanted.ends))
    around = timedelta(days=14)
    free = freedom(resources, first - around, last + around, any_hour=any_hour)
    purse = Purse(member=booker.member, person=booker.person)
    found = []
    for resource in resources:
        one = free[resource.pk]
        is_free = bool(one.units_free(wanted))
        near = () if is_free else one.nearest(wanted, after=now)
        found.append(Line(resource, is_free, purse.quote(resource, wanted), near))
    return found, sum((one.quote.amount for one in found), Decimal(0))


def own_bookings(user: User) -> QuerySet[Booking]:
    """One’s own, and those of an organisation whose others one leads."""
    person = user.person_id
    led = Member.objects.in_force(timezone.localdate()).filter(
        person=person, leads=True, organisation__isnull=False
    )
    mine = Q(member__person=person) | Q(person=person)
    for place, organisation in led.values_list("place", "organisation"):
        mine |= Q(member__place=place, member__organisation=organisation)
    rows = Booking.objects.filter(mine) if person is not None else Booking.objects.none()
    return rows.select_related("place", "resource", "unit", "member__person", "person").order_by("during")


def members_to_book(place: Place) -> QuerySet[Any]:
    """For whom the team books there."""
    rows = Member.objects.in_force(timezone.localdate()).filter(place=place).select_related("person")
    return rows.order_by("person__last_name", "person__first_name", "pk")
