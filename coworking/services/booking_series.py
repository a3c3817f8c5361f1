"""The same hours at a rhythm: the free dates are booked, the others said; a long series is confirmed each
quarter (COW-16, COW-19)."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.periods import after_months
from cae.core.templatetags.formats import day as said_day
from coworking.calculations.rhythms import MOST_DATES
from coworking.models import Basket, BookingSeries, Resource
from coworking.selectors.bookers import Booker, allowed
from coworking.selectors.pricing import Purse
from coworking.selectors.series import SeriesPlan, free_dates, series_dates
from coworking.services.booking_changes import cancel_booking
from coworking.services.booking_checks import (
    lock_for,
    no_such_hour,
    refusal_of_slot,
    refuse_price,
    refuse_terms,
    refuse_unbookable,
)
from coworking.services.bookings import Ask, BookingData, Making, book_one, freedoms_for, settle, tell_booked
from coworking.states.bookings import COMING
from people.models import User

SERIES_CONFIRM = "coworking.series_confirm"
QUARTER = 3
# So long before, the holder is asked.
ASKED_BEFORE = timedelta(days=14)
# A booking under a second name of the same series: never more often than daily.
_MOST_EVERY = 52


def refuse_plan(plan: SeriesPlan) -> None:
    """Raises Refused for a series without dates, or of too many: with the last date possible."""
    if not 1 <= plan.every <= _MOST_EVERY:
        raise Refused(Code.SERIES_INVALID, _("Le rythme va de 1 à 52."), field="every")
    if plan.last < plan.first:
        raise Refused(Code.SERIES_INVALID, _("La série finit avant sa première date."), field="until")
    days = plan.dates(MOST_DATES + 1)
    if len(days) > MOST_DATES:
        raise Refused(
            Code.SERIES_INVALID,
            _("Une série compte %(most)d dates au plus : à ce rythme, elle s’arrête le %(last)s.")
            % {"most": MOST_DATES, "last": said_day(days[MOST_DATES - 1])},
            field="until",
        )


@transaction.atomic
def book_series(
    resource: Resource,
    plan: SeriesPlan,
    *,
    booker: Booker,
    data: BookingData,
    actor: Any,
    shown: Decimal | None = None,
    form_key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> BookingSeries:
    """Does: books the free dates of a series, within what one may book a week, at the same hour of the clock
    whatever the season; sent twice is once. Refuses: more dates than 104 with the last one possible, no free
    date (slot_taken, with the nearest free spans), a total that is not the one shown, what `book` refuses of
    a resource. Leaves behind: the series, its bookings, what is due of them, audit, those told whom `book`
    tells."""
    now = now or timezone.now()
    refuse_plan(plan)
    room = lock_for([resource], booker)[resource.pk]
    if form_key is not None and (known := Basket.objects.filter(form_key=form_key).first()):
        return _sent_before(known)
    dates = free_dates(series_dates(room, plan, booker, now=now, off_rules=data.off_rules))
    if not dates:
        first = plan.on(plan.first)
        if first is None:
            raise no_such_hour(plan.first, plan.starts)
        purse = Purse(member=booker.member, person=booker.person)
        refuse_unbookable(room, booker, people=data.people, on=plan.first)
        if not data.off_rules:
            refuse_terms(room, first, allowed(room, purse, plan.first), booker=booker, now=now)
        raise refusal_of_slot(room, first, now=now)
    series = BookingSeries.objects.create(
        resource=room,
        rhythm=plan.rhythm,
        every=plan.every,
        first=plan.first,
        last=plan.last,
        starts=plan.starts,
        ends=plan.ends,
        confirmed_until=_first_quarter(plan),
        created_by=actor,
    )
    basket = Basket.objects.create(
        place=room.place, created_by=actor, **({"form_key": form_key} if form_key else {})
    )
    asks = [Ask(room, one.wanted) for one in dates if one.wanted is not None]
    purse = Purse(member=booker.member, person=booker.person)
    said = BookingData(**(vars(data) | {"series": series}))
    free = freedoms_for(asks, any_hour=data.off_hours)
    making = Making(booker, said, basket, actor, now, purse, free)
    for ask in asks:
        book_one(making, ask)
    refuse_price(shown, making.total, purse, " ".join(dict.fromkeys(making.notes)))
    settle(making.made, actor=actor)
    tell_booked(making)
    audit.record(actor, "coworking.series.book", series, detail={"count": len(asks)})
    return series


def _sent_before(basket: Basket) -> BookingSeries:
    made = basket.bookings.filter(series__isnull=False).select_related("series").first()
    if made is None or made.series is None:
        raise Refused(
            Code.STALE_FORM, _("Ce formulaire a déjà été envoyé pour autre chose : ouvrez-en un nouveau.")
        )
    return made.series


def _first_quarter(plan: SeriesPlan) -> date | None:
    """A series that lasts longer than a quarter is confirmed."""
    until = after_months(plan.first, QUARTER)
    return until if plan.last > until else None


@transaction.atomic
def confirm_series(series: BookingSeries, *, actor: Any) -> BookingSeries:
    """Does: keeps a long series for one more quarter. Refuses: one that is not to be confirmed. Leaves
    behind: the new day, audit."""
    row = BookingSeries.objects.select_for_update(of=("self",)).get(pk=series.pk)
    if row.confirmed_until is None or row.confirmed_until >= row.last:
        raise Refused(Code.ALREADY_DONE, _("Cette série est déjà confirmée jusqu’à sa fin."))
    row.confirmed_until = min(after_months(row.confirmed_until, QUARTER), row.last)
    row.save(update_fields=["confirmed_until"])
    audit.record(actor, "coworking.series.confirm", row, detail={"last_day": row.confirmed_until.isoformat()})
    return row


@transaction.atomic
def cancel_series(series: BookingSeries, *, actor: Any, now: datetime, reason: str = "") -> int:
    """Does: calls off what is to come of a series, each date by its own rule. Refuses: nothing to come.
    Leaves behind: what `cancel_booking` leaves; gives how many."""
    rows = series.bookings.filter(state__in=COMING, during__startswith__gt=now).order_by("pk")
    if not rows:
        raise Refused(Code.ALREADY_DONE, _("Cette série n’a plus de date à venir."))
    for one in rows:
        cancel_booking(one, actor=actor, now=now, reason=reason)
    return len(rows)


def keep_series(*, now: datetime) -> tuple[int, int]:
    """Does: asks the holders of long series to confirm the next quarter, once each; frees what comes after
    the last day confirmed. Refuses: nothing. Leaves behind: notices, the dates freed; gives how many of both.
    """
    today = timezone.localdate(now)
    asked = freed = 0
    due = BookingSeries.objects.filter(confirmed_until__lte=today + ASKED_BEFORE).order_by("pk")
    for key in due.values_list("pk", flat=True):
        with transaction.atomic():
            row = (
                BookingSeries.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
            )
            if row is None or row.confirmed_until is None or row.confirmed_until >= row.last:
                continue
            if row.confirmed_until < today:
                freed += _free_later(row, now)
            elif row.asked_until != row.confirmed_until:
                row.asked_until = row.confirmed_until
                row.save(update_fields=["asked_until"])
                _ask(row)
                asked += 1
    return asked, freed


def _free_later(row: BookingSeries, now: datetime) -> int:
    rows = row.bookings.filter(state__in=COMING, during__startswith__gt=now).order_by("pk")
    for one in rows:
        cancel_booking(one, actor=None, now=now, reason=_("série non confirmée"), forgiven=True)
    return len(rows)


def _ask(row: BookingSeries) -> None:
    first = row.bookings.select_related("member", "person").first()
    person = first and (first.member.person if first.member else first.person)
    until = row.confirmed_until

    def subject() -> str:
        return _("Gardez-vous « %(name)s » après le %(day)s ?") % {
            "name": row.resource,
            "day": said_day(until),
        }

    notify(
        User.objects.filter(person=person, is_active=True) if person else [],
        SERIES_CONFIRM,
        subject=subject,
        text=_("Sans réponse, les dates suivantes seront libérées."),
        url=row.get_absolute_url(),
        about=row,
    )
