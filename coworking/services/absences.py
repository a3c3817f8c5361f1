"""A resident leaves their desk to others for some days, and takes it back (COW-19)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.templatetags.formats import day as said_day
from coworking.calculations.hours import whole_days
from coworking.calculations.stretches import Stretch
from coworking.models import DeskAbsence, Place, Subscription, WaitingPlace
from coworking.selectors.absences import booked_meanwhile, last_day_of
from coworking.selectors.availability import freedom_around, range_of, stretch_of
from coworking.selectors.opening import ZONE
from coworking.services.waiting import offer_freed
from coworking.states.bookings import WaitingState
from coworking.states.members import SubscriptionState

_ONE_DAY = timedelta(days=1)


@transaction.atomic
def free_desk(
    subscription: Subscription, *, starts_on: date, ends_on: date, actor: Any, now: datetime
) -> DeskAbsence:
    """Does: lets others book the desk of a resident from a day to another, both included. Refuses: a
    subscription that does not run or holds no desk, days that are past, an end before the start, days out of
    the subscription, days already left. Leaves behind: the absence, the time offered to those who wait,
    audit."""
    row = _locked(subscription)
    if row.state != SubscriptionState.ACTIVE:
        raise IllegalMove(_("Cet abonnement n’est pas en cours."))
    if row.unit is None:
        raise Refused(Code.NOT_ALLOWED, _("Cet abonnement n’a pas de poste attribué."))
    if ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if starts_on < timezone.localdate(now):
        raise Refused(
            Code.DATE_INVALID, _("Une absence commence aujourd’hui au plus tôt."), field="starts_on"
        )
    if starts_on < row.starts_on or (row.ends_on is not None and ends_on > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("L’absence tient dans les dates de l’abonnement."), field="ends_on"
        )
    if row.absences.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(
            Code.DUPLICATE, _("Une absence couvre déjà une partie de ces jours."), field="starts_on"
        )
    absence = DeskAbsence.objects.create(
        subscription=row, starts_on=starts_on, ends_on=ends_on, created_by=actor
    )
    detail = {"from": starts_on.isoformat(), "last_day": ends_on.isoformat()}
    audit.record(actor, "coworking.desk.free", row, detail=detail)
    freed = whole_days(starts_on, ends_on, ZONE)
    while offer_freed(row.unit.resource, freed, now=now):
        pass
    return absence


@transaction.atomic
def take_desk_back(absence: DeskAbsence, *, on: date, actor: Any, now: datetime) -> None:
    """Does: a resident has their desk again from a day on. Refuses: a day that is past or after the absence,
    a desk that somebody booked from that day on, with the first day possible, or that is offered to somebody
    who waits. Leaves behind: the absence made shorter, or none, audit."""
    held = _locked(absence.subscription)
    row = DeskAbsence.objects.filter(pk=absence.pk).first()
    if row is None or held.unit is None:
        raise Refused(Code.ALREADY_DONE, _("Ce poste est déjà repris."))
    last = last_day_of(row)
    if on < timezone.localdate(now):
        raise Refused(Code.DATE_INVALID, _("Le retour est aujourd’hui au plus tôt."), field="on")
    if on > last:
        raise Refused(
            Code.DATE_INVALID,
            _("Cette absence finit le %(day)s : le poste vous revient le lendemain.")
            % {"day": said_day(last)},
            field="on",
        )
    first = max(on, row.starts_on)
    back = whole_days(first, last, ZONE)
    booked = booked_meanwhile(row, first)
    if booked:
        raise Refused(Code.SLOT_TAKEN, _taken_words(booked, last), field="on")
    _refuse_offered(held, back)
    if first == row.starts_on:
        row.delete()
    else:
        row.ends_on = first - _ONE_DAY
        row.save(update_fields=["ends_on"])
    audit.record(actor, "coworking.desk.take_back", held, detail={"from": first.isoformat()})


def _taken_words(booked: list[date], last: date) -> str:
    if booked[-1] >= last:
        return _("Le poste est réservé par quelqu’un le %(day)s : il vous revient après votre absence.") % {
            "day": said_day(booked[-1])
        }
    return _("Le poste est réservé par quelqu’un le %(day)s : il est libre à partir du %(next)s.") % {
        "day": said_day(booked[-1]),
        "next": said_day(booked[-1] + _ONE_DAY),
    }


def _refuse_offered(held: Subscription, back: Stretch) -> None:
    """Whoever was offered this time may still take it."""
    if held.unit is None:
        return
    rows = WaitingPlace.objects.filter(
        resource=held.unit.resource, state=WaitingState.OFFERED, during__overlap=range_of(back)
    )
    offers = [stretch_of(during) for during in rows.values_list("during", flat=True)]
    for one in offers:
        left = len(freedom_around(held.unit.resource, one).units_free(one)) - 1
        if left < sum(one.meets(other) for other in offers):
            raise Refused(
                Code.SLOT_TAKEN,
                _("Le poste vient d’être proposé à une personne qui attendait : réessayez plus tard."),
                field="on",
            )


def _locked(subscription: Subscription) -> Subscription:
    """Under the lock of its place, as closures are: no booking is made meanwhile."""
    place = Place.objects.filter(members__subscriptions=subscription.pk)
    list(place.select_for_update(of=("self",), no_key=True))
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("unit__resource__place")
    return rows.get(pk=subscription.pk)
