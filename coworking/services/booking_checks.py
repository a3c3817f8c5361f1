"""What stands in the way of a booking, in one sentence and the nearest free spans (COW-17, COW-18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from cae.core.templatetags.formats import day as said_day
from cae.core.templatetags.formats import money
from coworking.calculations.hours import MIDNIGHT
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import NoSuchHour, Stretch, moment
from coworking.calculations.terms import breach
from coworking.models import Booking, Member, Pass, Resource, Subscription, WaitingPlace
from coworking.selectors.availability import Freedom, freedom_around, range_of
from coworking.selectors.bookers import (
    Allowed,
    Booker,
    allowed,
    gone_words,
    is_cleared,
    minutes_that_week,
)
from coworking.selectors.booking_words import breach_words, span_words
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse, passes_for, subscriptions_for
from coworking.selectors.publics import closed_to, closed_words
from coworking.states.bookings import WaitingState
from coworking.states.places import PlaceState

# What the database says when it has the last word.
_TAKEN = ("booking_unit_once", "booking_desk_of_resident")
_CLOSED = ("booking_within_hours", "booking_outside_closures")


class SlotRefused(Refused):
    """The span is not to be had; `nearest`: those free that begin the nearest to it; `is_taken`: by others,
    who may give it back."""

    def __init__(
        self, message: Any, resource: Resource, nearest: Sequence[Stretch], *, is_taken: bool = False
    ) -> None:
        super().__init__(Code.SLOT_TAKEN, message, field="starts")
        self.resource, self.nearest, self.is_taken = resource, list(nearest), is_taken


class PriceChanged(Refused):
    """The price is no longer what was shown."""

    def __init__(self, message: Any, price: Decimal) -> None:
        super().__init__(Code.STALE_FORM, message, field="shown")
        self.price = price


def lock_for(resources: Iterable[Resource], booker: Booker) -> dict[int, Resource]:
    """The resources by their keys, held until the end of the transaction: places first as their closures do,
    then resources, then what the member holds, each in the order of its keys."""
    keys = sorted({one.pk for one in resources})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM coworking_place WHERE id IN"
            " (SELECT place_id FROM coworking_resource WHERE id = ANY(%s)) ORDER BY id FOR SHARE",
            [keys],
        )
    rows = Resource.objects.filter(pk__in=keys).order_by("pk")
    locked = {
        one.pk: one for one in rows.select_related("place").select_for_update(of=("self",), no_key=True)
    }
    lock_held(booker)
    return locked


def lock_held(booker: Booker) -> None:
    """What a member holds, then the member as it is now, held until the end of the transaction."""
    if booker.member is None:
        return
    held = [one.pk for one in subscriptions_for(booker.member)]
    passes = [one.pk for one in passes_for(booker.member)]
    list(Subscription.objects.filter(pk__in=held).order_by("pk").select_for_update(of=("self",)))
    list(Pass.objects.filter(pk__in=passes).order_by("pk").select_for_update(of=("self",)))
    now = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=booker.member.pk)
    booker.member.ends_on = now.ends_on


def refuse_unbookable(resource: Resource, booker: Booker, *, people: int, on: date) -> None:
    """Raises Refused for a place that is not open, a resource withdrawn, somebody who is a member no more
    that day, too many people, a machine for which one was not trained."""
    if resource.place.state != PlaceState.OPEN:
        raise Refused(Code.PERIOD_CLOSED, _("Ce lieu n’est pas ouvert aux réservations."))
    if resource.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("%(name)s ne se réserve plus.") % {"name": resource})
    if words := gone_words(booker, on):
        raise Refused(Code.DATE_INVALID, words, field="starts")
    if not 1 <= people <= resource.seats:
        raise Refused(
            Code.VALUE_INVALID,
            _("%(name)s accueille %(most)d personnes au plus.") % {"name": resource, "most": resource.seats}
            if people > 1
            else _("Indiquez pour combien de personnes."),
            field="people",
        )
    if not is_cleared(resource, booker.who, on):
        raise Refused(
            Code.NOT_ALLOWED,
            _("%(name)s demande une habilitation : demandez la formation à l’équipe du lieu.")
            % {"name": resource},
        )


def refuse_public(resource: Resource, booker: Booker, on: date) -> None:
    """Raises Refused for what is reserved to others."""
    if closed_to(resource, booker, on):
        raise Refused(Code.NOT_ALLOWED, closed_words(resource), field="resources")


def refuse_terms(
    resource: Resource,
    wanted: Stretch,
    may: Allowed,
    *,
    booker: Booker,
    now: datetime,
    besides: Booking | None = None,
) -> None:
    """Raises SlotRefused for a span that the rules do not allow, with those free near it that they do."""
    week = 0
    if may.terms.weekly is not None:
        week = minutes_that_week(resource, booker, wanted.starts, besides=besides)
    reason = breach(wanted, may.terms, now=now, zone=ZONE, week=week)
    if reason is not None:
        shortest, longest = (timedelta(minutes=one) for one in (may.terms.shortest, may.terms.longest))
        asked = Stretch(wanted.starts, wanted.starts + min(max(wanted.length, shortest), longest))
        free = freedom_around(resource, asked, besides=besides).nearest(asked, after=now)
        near = [one for one in free if breach(one, may.terms, now=now, zone=ZONE, week=week) is None]
        raise SlotRefused(breach_words(resource, reason, may.terms), resource, near)


def taken_sentence(free: Freedom, wanted: Stretch) -> str:
    values = {"name": free.resource, "span": span_words(wanted)}
    if free.is_closed(wanted):
        return _("%(name)s : ces heures ne sont pas ouvertes, %(span)s.") % values
    return _("%(name)s : ces heures sont déjà prises, %(span)s.") % values


def units_left(free: Freedom, wanted: Stretch, booker: Booker, *, now: datetime) -> list[int]:
    """The units that are free over a span, less those offered for a while to others who waited for them."""
    units = free.units_free(wanted)
    offers = WaitingPlace.objects.filter(
        resource=free.resource,
        state=WaitingState.OFFERED,
        offered_until__gte=now,
        during__overlap=range_of(wanted),
    )
    if booker.who is not None:
        offers = offers.exclude(person=booker.who)
    return units[: max(0, len(units) - offers.count())] if units else units


def refusal_of_slot(
    resource: Resource, wanted: Stretch, *, now: datetime, besides: Booking | None = None
) -> SlotRefused:
    return _taken(freedom_around(resource, wanted, besides=besides), wanted, now)


def _taken(free: Freedom, wanted: Stretch, now: datetime) -> SlotRefused:
    near = free.nearest(wanted, after=now)
    closed = free.is_closed(wanted)
    return SlotRefused(taken_sentence(free, wanted), free.resource, near, is_taken=not closed)


def refusal_ahead(
    resource: Resource,
    wanted: Stretch,
    *,
    purse: Purse,
    booker: Booker,
    people: int,
    now: datetime,
    off: bool,
) -> Refused | None:
    """What booking this span would be refused with now, if anything: what a page says before one confirms;
    `off`: by the team, whatever the rules and the hours."""
    on = day_of(wanted)
    try:
        refuse_unbookable(resource, booker, people=people, on=on)
        if not off:
            refuse_terms(resource, wanted, allowed(resource, purse, on), booker=booker, now=now)
    except Refused as refusal:
        return refusal
    free = freedom_around(resource, wanted, any_hour=off)
    return None if units_left(free, wanted, booker, now=now) else _taken(free, wanted, now)


@contextmanager
def last_word(
    resource: Resource, wanted: Stretch, *, now: datetime, besides: Booking | None = None
) -> Iterator[None]:
    """Turns what the database refuses of a booking into the sentence of a person."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diag = getattr(error.__cause__, "diag", None)
        if getattr(diag, "constraint_name", None) not in (*_TAKEN, *_CLOSED):
            raise
        raise refusal_of_slot(resource, wanted, now=now, besides=besides) from error


def refuse_price(shown: Decimal | None, found: Decimal, purse: Purse, note: str = "") -> None:
    """Raises PriceChanged when the price shown is not the one counted now, with both figures."""
    if shown is not None and shown != found:
        said = _("Le prix a changé : %(shown)s affiché, %(found)s maintenant.") % {
            "shown": money(shown or ZERO),
            "found": money(found),
        }
        raise PriceChanged(f"{said} {note}".strip(), found)


def day_of(wanted: Stretch) -> date:
    return clock_of(wanted.starts, ZONE)[0]


def no_such_hour(day: date, at: time) -> Refused:
    return Refused(
        Code.PERIOD_INVALID,
        _("Le %(day)s, %(hour)s n’existe pas : l’heure d’été commence cette nuit-là.")
        % {"day": said_day(day), "hour": f"{at:%H:%M}"},
        field="starts",
    )


def stretch_on(day: date, starts: time, ends: time, last: date | None = None) -> Stretch:
    """From an hour of a day to an hour of the same or of another; midnight as an end is that of the day’s
    end.
    Raises Refused for an hour that does not exist, an end that does not come after the beginning."""
    last = last or day
    end_day = last + timedelta(days=ends == MIDNIGHT)
    for on, at in ((day, starts), (end_day, ends)):
        try:
            moment(on, at, ZONE)
        except NoSuchHour:
            raise no_such_hour(on, at) from None
    first, second = moment(day, starts, ZONE), moment(end_day, ends, ZONE)
    if second <= first:
        raise Refused(Code.PERIOD_INVALID, _("La fin vient avant le début."), field="ends")
    return Stretch(first, second)
