"""What a place was used for under an agreement: who came, and who had booked (COW-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coworking.calculations.agreement_use import AgreementUse, Terms, use_of
from coworking.calculations.hours import whole_days
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Place, PlaceAgreement, Presence
from coworking.selectors.availability import range_of, stretch_of
from coworking.selectors.opening import ZONE
from coworking.states.bookings import BookingState
from people.models import Person


@dataclass(frozen=True)
class Statement:
    """The use of an agreement from a day to another, with the names of those who came."""

    agreement: PlaceAgreement
    first: date
    last: date
    use: AgreementUse
    names: dict[int, str]

    @property
    def persons(self) -> list[tuple[str, int, str]]:
        """A name, days, how long in all."""
        return [(self.names.get(one.who, ""), one.days, spent_words(one.minutes)) for one in self.use.persons]


def statement_of(agreement: PlaceAgreement, first: date, last: date, *, now: datetime) -> Statement:
    """The people who came to the place, or had booked and are over: whoever they pay, they are known persons;
    a hire from outside, a guest, count for nobody."""
    terms = Terms(agreement.starts_on, agreement.ends_on, agreement.days_a_month, agreement.price_excl_tax)
    use = use_of(_stays(agreement.place, first, last, now), terms, first, last, ZONE)
    people = Person.objects.filter(pk__in=[one.who for one in use.persons])
    return Statement(agreement, first, last, use, {one.pk: str(one) for one in people})


def _stays(place: Place, first: date, last: date, now: datetime) -> dict[int, list[Stretch]]:
    window = whole_days(first, last, ZONE)
    found: dict[int, list[Stretch]] = {}
    there = Presence.objects.filter(
        Q(left_at__isnull=True) | Q(left_at__gt=window.starts), place=place, arrived_at__lt=window.ends
    )
    for who, arrived, left in there.values_list("person", "arrived_at", "left_at"):
        end = left or now
        if end > arrived:
            found.setdefault(who, []).append(Stretch(arrived, end))
    booked: Any = Booking.objects.filter(
        Q(member__isnull=False) | Q(person__isnull=False),
        place=place,
        during__overlap=range_of(window),
        state__in=[BookingState.PRESENT, BookingState.DONE],
    )
    for member, person, during in booked.order_by().values_list("member__person", "person", "during"):
        span = stretch_of(during)
        if span.starts < now:
            found.setdefault(member or person, []).append(Stretch(span.starts, min(span.ends, now)))
    return found


def spent_words(minutes: int) -> str:
    """« 37 h 30 », « 24 h »: never days, which are counted beside."""
    hours, rest = divmod(minutes, 60)
    return _("%(n)d h %(rest)02d") % {"n": hours, "rest": rest} if rest else _("%(n)d h") % {"n": hours}


@dataclass(frozen=True)
class UseLine:
    """A month, or the sum, as pages and papers show it."""

    label: str
    days: int
    length: str
    people: int | None
    quota: int | None
    left: int | None
    over: int
    price: Decimal | None


def lines_of_use(use: AgreementUse) -> list[UseLine]:
    """A line a month."""
    return [
        UseLine(
            date_format(one.month.first, "F Y"),
            one.days,
            spent_words(one.minutes),
            one.people,
            one.quota,
            one.left,
            one.over,
            one.price,
        )
        for one in use.months
    ]


def total_of_use(use: AgreementUse) -> UseLine:
    """The sum; people of several months are not added up, nor what is left of each."""
    return UseLine(_("Total"), use.days, spent_words(use.minutes), None, use.quota, None, use.over, use.price)
