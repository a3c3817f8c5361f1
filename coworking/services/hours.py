"""When a place opens: a week from a day on, closures of the place or of one resource (COW-01)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import day as said_day
from coworking.calculations.hours import Opening, clashing, open_time, whole_days
from coworking.calculations.slots import is_free
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Closure, EventRoom, OpeningHours, Place, Resource, Week
from coworking.selectors.held_time import held_over
from coworking.selectors.opening import ZONE
from coworking.services.waiting import stop_waiting
from coworking.states.bookings import BookingState
from coworking.states.events import EventState
from coworking.states.places import PlaceState
from people.models import User
from people.services.changes import one_line


@transaction.atomic
def set_week(
    place: Place,
    *,
    starts_on: date,
    openings: Sequence[Opening],
    actor: User | None,
    keeps_booked: bool = True,
) -> Week:
    """Does: writes the hours of a place from a day on, until the next ones; those of the same first day are
    replaced; no opening at all: closed every day. Refuses: an hour that ends before it begins, two hours of
    one day that meet, a day that has passed for a place that is open (what was booked then had its hours), a
    closed place; unless it `keeps_booked` what stands outside the new hours, such bookings, with their
    number. Leaves behind: the week, those bookings out of hours, audit."""
    row = Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    _refuse_closed(row)
    for one in openings:
        if not one.is_whole:
            raise Refused(
                Code.PERIOD_INVALID,
                _("%(day)s : la fermeture vient avant l’ouverture.") % {"day": WEEKDAYS[one.weekday]},
                field=f"day_{one.weekday}",
            )
    if clash := clashing(openings):
        first, second = clash
        raise Refused(
            Code.PERIOD_INVALID,
            _("%(day)s : les plages %(first)s et %(second)s se chevauchent.")
            % {"day": WEEKDAYS[first.weekday], "first": said_opening(first), "second": said_opening(second)},
            field=f"day_{first.weekday}",
        )
    if row.state == PlaceState.OPEN and row.weeks.exists() and starts_on < timezone.localdate():
        raise Refused(
            Code.DATE_INVALID,
            _("De nouveaux horaires commencent aujourd’hui au plus tôt."),
            field="starts_on",
        )
    outside = _outside(row, starts_on, openings)
    if outside and not keeps_booked:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Des réservations tombent hors de ces horaires (%(count)d) : cochez la case pour les garder.")
            % {"count": len(outside)},
            field="keeps_booked",
        )
    Booking.objects.filter(pk__in=outside).update(off_hours=True)
    week, made = Week.objects.get_or_create(place=row, starts_on=starts_on, defaults={"created_by": actor})
    if not made:
        week.hours.all().delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(week=week, weekday=one.weekday, opens=one.opens, closes=one.closes) for one in openings
    )
    audit.record(actor, "coworking.week.set", week, detail={"from": starts_on.isoformat()})
    return week


def _outside(place: Place, starts_on: date, openings: Sequence[Opening]) -> list[int]:
    """The bookings to come that these hours no longer hold, until the week that follows."""
    later = place.weeks.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    now, starts = timezone.now(), whole_days(starts_on, starts_on, ZONE).starts
    rows = Booking.objects.filter(
        place=place,
        state__in=[BookingState.ASKED, BookingState.BOOKED],
        during__startswith__gte=max(now, starts),
        off_hours=False,
        resource__any_hour=False,
    )
    if later is not None:
        until = whole_days(later.starts_on, later.starts_on, ZONE).starts
        rows = rows.filter(during__startswith__lt=until)
    found = []
    for key, during in rows.order_by("pk").values_list("pk", "during"):
        span = Stretch(during.lower, during.upper)
        days = [timezone.localdate(at, ZONE) for at in (span.starts, span.ends)]
        if not is_free(open_time(openings, days[0], days[1], ZONE), span):
            found.append(key)
    return found


def said_opening(opening: Opening) -> str:
    return f"{opening.opens:%H:%M}–{opening.closes:%H:%M}"


@dataclass(frozen=True)
class ClosureData:
    """From an instant to another; no resource: the whole place."""

    starts: datetime
    ends: datetime
    reason: str
    resource: Resource | None = None


# Gives back one booking over which a place closes, its person told why; bookings do it.
Cancel = Callable[[Booking, str, "User | None"], Any]


@transaction.atomic
def close_over(
    place: Place, *, data: ClosureData, actor: User | None, cancel: Cancel | None = None
) -> Closure:
    """Does: closes a place, or one of its resources, over a stretch of time. Refuses: no reason, an end
    before the beginning, one already over, a resource of elsewhere, the same time closed already, bookings
    there, with their number, unless `cancel` gives them back; the room of an event, which its team moves or
    calls off. Leaves behind: the closure, audit."""
    row = Place.objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    _refuse_closed(row)
    reason = one_line(data.reason, "reason", _("Dites pourquoi : c’est affiché."), most=160)
    if data.ends <= data.starts:
        raise Refused(
            Code.PERIOD_INVALID, _("La fin de la fermeture vient avant son début."), field="last_day"
        )
    if data.ends <= timezone.now():
        raise Refused(Code.DATE_INVALID, _("Cette fermeture est déjà passée."), field="last_day")
    if data.resource is not None and data.resource.place_id != row.pk:
        raise Refused(Code.VALUE_INVALID, _("Cette ressource n’est pas de ce lieu."), field="resource")
    held = list(held_over(data.starts, data.ends, place=row, resource=data.resource))
    if held and cancel is None:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Des réservations y sont prises (%(count)d) : cochez la case pour les annuler et prévenir.")
            % {"count": len(held)},
            field="cancel",
        )
    _refuse_events(held)
    # Nobody is offered what is about to close.
    closed = Stretch(data.starts, data.ends)
    stop_waiting(row, closed, resource=data.resource, now=timezone.now(), reason=reason)
    if cancel is not None:
        for booking in held:
            cancel(booking, reason, actor)
    closure = _closed(row, data, reason, actor)
    audit.record(actor, "coworking.closure.set", closure, detail={"count": len(held), "reason": reason})
    return closure


def _refuse_events(held: Sequence[Booking]) -> None:
    """Raises Refused for the room of an event: those who come to it would find a closed door, and no mail."""
    rooms = EventRoom.objects.filter(booking__in=held).exclude(event__state=EventState.CANCELLED)
    room = rooms.select_related("event").order_by("booking__during", "pk").first()
    if room is not None:
        raise Refused(
            Code.SLOT_TAKEN,
            _("« %(event)s » s’y tient : déplacez-le, annulez-le ou rendez d’abord sa salle.")
            % {"event": room.event},
            field="cancel",
        )


def _closed(place: Place, data: ClosureData, reason: str, actor: User | None) -> Closure:
    try:
        with transaction.atomic():
            return Closure.objects.create(
                place=place,
                resource=data.resource,
                during=(data.starts, data.ends),
                reason=reason,
                created_by=actor,
            )
    except IntegrityError:
        raise Refused(
            Code.PERIOD_INVALID, _("Une fermeture couvre déjà une partie de ce temps."), field="first_day"
        ) from None


@transaction.atomic
def lift_closure(closure: Closure, *, actor: User | None) -> None:
    """Does: takes a closure away: what it closed is booked again. Refuses: one that is over: it was so.
    Leaves behind: audit."""
    row = Closure.objects.select_for_update(of=("self",)).get(pk=closure.pk)
    if row.during.upper <= timezone.now():
        raise Refused(Code.PERIOD_CLOSED, _("Cette fermeture est passée : elle reste écrite."))
    said = {"from": said_day(timezone.localdate(row.during.lower)), "reason": row.reason}
    audit.record(actor, "coworking.closure.lift", row, detail=said)
    row.delete()


def _refuse_closed(place: Place) -> None:
    if place.state == PlaceState.CLOSED:
        raise Refused(Code.PERIOD_CLOSED, _("Ce lieu est fermé : rouvrez-le d’abord."))
