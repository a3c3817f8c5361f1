"""Days on which a subscription is neither used nor due (COW-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from coworking.models import Charge, Pause, Subscription
from coworking.services.billing import follow_dates
from coworking.services.recounting import bookings_follow
from coworking.states.members import ChargeKind, ChargeState, SubscriptionState
from people.services.changes import refuse_long


@transaction.atomic
def pause_subscription(
    subscription: Subscription, *, starts_on: date, ends_on: date, actor: Any, reason: str = ""
) -> Pause:
    """Does: pauses a subscription, both days included. Refuses: one that does not run, an end before the
    start, days out of the subscription, days paused already, a month already billed. Leaves behind: the
    pause, audit; what its months are due and the bookings to come on its days follow."""
    with bookings_follow(subscription, since=starts_on, until=ends_on, actor=actor):
        pause = _pause(subscription, starts_on, ends_on, reason, actor)
        follow_dates(subscription, since=starts_on, actor=actor)
    return pause


def _pause(subscription: Subscription, starts_on: date, ends_on: date, reason: str, actor: Any) -> Pause:
    row = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if row.state != SubscriptionState.ACTIVE:
        raise IllegalMove(_("Cet abonnement n’est pas en cours."))
    refuse_long(reason, "reason", 200)
    if ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if starts_on < row.starts_on or (row.ends_on is not None and ends_on > row.ends_on):
        raise Refused(
            Code.PERIOD_INVALID, _("La pause tient dans les dates de l’abonnement."), field="starts_on"
        )
    if row.pauses.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused(Code.DUPLICATE, _("Une pause couvre déjà ces jours."), field="starts_on")
    _refuse_billed(row, starts_on, ends_on)
    pause = Pause.objects.create(
        subscription=row, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()
    )
    detail = {"from": starts_on.isoformat(), "last_day": ends_on.isoformat()}
    audit.record(actor, "coworking.subscription.pause", row, detail=detail)
    return pause


@transaction.atomic
def lift_pause(pause: Pause, *, actor: Any) -> None:
    """Does: takes a pause back. Refuses: a month already billed. Leaves behind: audit; months and bookings
    follow."""
    held, since = pause.subscription, pause.starts_on
    with bookings_follow(held, since=since, until=pause.ends_on, actor=actor):
        row = Subscription.objects.select_for_update(of=("self",)).get(pk=held.pk)
        _refuse_billed(row, since, pause.ends_on or since)
        audit.record(actor, "coworking.subscription.lift_pause", row, detail={"from": since.isoformat()})
        pause.delete()
        follow_dates(row, since=since, actor=actor)


def _refuse_billed(row: Subscription, starts_on: date, ends_on: date) -> None:
    billed = Charge.objects.filter(
        subscription=row,
        kind=ChargeKind.SUBSCRIPTION,
        state=ChargeState.BILLED,
        day__gte=starts_on.replace(day=1),
        day__lte=ends_on,
    )
    if billed.exists():
        raise Refused(
            Code.PERIOD_CLOSED,
            _("Un mois de ces dates est déjà facturé : faites plutôt un avoir."),
            field="starts_on",
        )
