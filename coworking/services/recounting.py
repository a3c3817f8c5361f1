"""Bookings to come, counted anew when what covers them is paused, ends or comes back (COW-11, COW-14)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cae.core import audit
from coworking.calculations.hours import whole_days
from coworking.models import Booking, Member, Place, Subscription
from coworking.selectors.availability import stretch_of
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse, Quote
from coworking.services.booking_changes import count_anew
from coworking.services.booking_mails import tell_holder
from coworking.states.bookings import COMING
from coworking.states.members import ChargeState


@contextmanager
def bookings_follow(
    subscription: Subscription, *, since: date, until: date | None = None, actor: Any
) -> Iterator[None]:
    """Does: around a change of a subscription, inside a transaction: the bookings to come from a day on (to
    another) whose cover it changes take what is theirs now, at the price of the rest; the others keep their
    price. Refuses: nothing; what is billed already, or no longer sold so, stays. Leaves behind: covers,
    charges, audit, the holders told. The place first, so that nobody books nor computes the month meanwhile,
    then the bookings, then the subscription: as whoever moves them."""
    now = timezone.now()
    Place.objects.select_for_update(of=("self",), no_key=True).get(pk=subscription.member.place_id)
    rows = _coming(subscription, since, until, now)
    before = {row.pk: _asked(row) for row in rows}
    yield
    for row in rows:
        found = _asked(row)
        if _said(found) != _said(before[row.pk]) and not found.refusal:
            count_anew(row, found, actor=actor, now=now)
            row.save()
            audit.record(actor, "coworking.booking.recount", row, detail={"amount": str(found.amount)})
            tell_holder(row, "recounted", actor=actor)


def _coming(held: Subscription, since: date, until: date | None, now: datetime) -> list[Booking]:
    """Those of its member, or of the members of its organisation when it is for several."""
    whose = Q(member=held.member_id)
    if held.plan.users > 1 and held.member.organisation_id is not None:
        mates = Member.objects.filter(organisation=held.member.organisation_id, place=held.member.place_id)
        whose |= Q(member__in=mates.values("pk"))
    rows = Booking.objects.filter(
        whose,
        state__in=COMING,
        during__startswith__gt=now,
        during__endswith__gt=whole_days(since, since, ZONE).starts,
    ).exclude(charge__state=ChargeState.BILLED)
    if until is not None:
        rows = rows.filter(during__startswith__lt=whole_days(until, until, ZONE).ends)
    return list(
        rows.select_related("resource__place", "member__person")
        .select_for_update(of=("self",))
        .order_by("pk")
    )


def _asked(row: Booking) -> Quote:
    return Purse(member=row.member, besides=row).asked(row.resource, stretch_of(row.during))


def _said(quote: Quote) -> tuple[Any, ...]:
    return quote.amount, [(one.source.key, one.units) for one in quote.taken]
