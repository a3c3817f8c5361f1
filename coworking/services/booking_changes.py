"""What becomes of a booking: approved, moved, called off, honoured or not (COW-16, COW-19)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.workflow import performs
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Resource
from coworking.selectors.availability import freedom_around, gaps_of, range_of, stretch_of
from coworking.selectors.bookers import Allowed, Booker, allowed
from coworking.selectors.booking_words import span_words
from coworking.selectors.hires import awaits_answer, hire_of, is_accepted, quote_of
from coworking.selectors.pricing import Purse, Quote
from coworking.services.booking_checks import (
    SlotRefused,
    day_of,
    last_word,
    lock_for,
    lock_held,
    refuse_price,
    refuse_public,
    refuse_terms,
    refuse_unbookable,
    taken_sentence,
    units_left,
)
from coworking.services.booking_mails import tell_holder
from coworking.services.bookings import give_back_covers, settle, write_covers
from coworking.services.charges import waive_charge
from coworking.services.crediting import owe_back
from coworking.services.guests import call_off_guests, move_guests
from coworking.services.hire_quotes import part_with_quote
from coworking.services.waiting import offer_freed
from coworking.states.bookings import BOOKING_FLOW, COMING, BookingState
from coworking.states.members import ChargeState
from people.services.changes import one_line, refuse_stale

# How early one comes.
_EARLY = timedelta(hours=2)


def booker_of_row(booking: Booking) -> Booker:
    return Booker(booking.member, booking.person, booking.name, booking.email, booking.phone)


def is_arriving(booking: Booking, now: datetime) -> bool:
    """One may come: it runs, or begins within two hours."""
    span = stretch_of(booking.during)
    return span.starts - _EARLY <= now < span.ends


def is_late(booking: Booking, now: datetime) -> bool:
    """Past the delay within which it is called off for nothing."""
    return now > stretch_of(booking.during).starts - timedelta(minutes=booking.resource.cut_off)


def stays_due(booking: Booking, now: datetime) -> bool:
    """Called off now, it is due all the same: late, and the team had said yes."""
    return is_late(booking, now) and booking.state != BookingState.ASKED


@performs(BOOKING_FLOW, "approve")
def approve_booking(booking: Booking, *, actor: Any, agreed: bool = False) -> None:
    """Does: the team says yes, or the customer did by taking its quote (`agreed`). Refuses: nobody whom the
    place may invoice, a hire whose quote waits for its answer. Leaves behind: what is due, audit, the holder
    told."""
    if not agreed and booking.name and awaits_answer(quote_of(hire_of(booking))):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Un devis attend la réponse de cette personne : notez-y son accord, ou retirez-le d’abord."),
        )
    booking.state = BookingState.BOOKED
    settle([booking], actor=actor)
    tell_holder(booking, "approved", actor=actor)


@performs(BOOKING_FLOW, "refuse")
def refuse_booking(booking: Booking, *, reason: str, actor: Any, now: datetime) -> None:
    """Does: the team says no; what it took is given back. Refuses: no reason. Leaves behind: the reason,
    audit, the holder told, the time offered to who waits."""
    booking.reason = one_line(reason, "reason", _("Dites pourquoi cette demande est refusée."), most=300)
    give_back_covers(booking, now=now)
    call_off_guests(booking, now=now)
    booking.state = BookingState.REFUSED
    booking.save(update_fields=["state", "reason"])
    part_with_quote(booking)
    tell_holder(booking, "refused", actor=actor)
    offer_freed(booking.resource, stretch_of(booking.during), now=now)


@performs(BOOKING_FLOW, "cancel")
def cancel_booking(
    booking: Booking, *, actor: Any, now: datetime, reason: str = "", forgiven: bool = False
) -> None:
    """Does: calls a booking off. Within its delay, still unanswered, or when the team forgives, what it took
    is given back and what was due is given up, or to be given back when it is billed; late, it stays due.
    Refuses: one that has begun. Leaves behind: audit, the holder told when another did it, the time offered
    to who waits."""
    if booking.during.lower <= now:
        raise Refused(Code.NOT_ALLOWED, _("Cette réservation a commencé : elle ne s’annule plus."))
    late = stays_due(booking, now) and not forgiven
    booking.reason = " ".join(reason.split())[:300]
    if not late:
        give_back_covers(booking, now=now)
        _give_up_charge(booking, actor=actor)
    call_off_guests(booking, now=now)
    booking.version += 1
    booking.state = BookingState.CANCELLED
    booking.save(update_fields=["state", "reason", "version"])
    part_with_quote(booking, is_due=late)
    tell_holder(booking, "cancelled", actor=actor)
    offer_freed(booking.resource, stretch_of(booking.during), now=now)


def move_booking(
    booking: Booking,
    *,
    resource: Resource,
    wanted: Stretch,
    actor: Any,
    now: datetime,
    shown: Decimal | None = None,
    version: int | None = None,
    by_team: bool = False,
) -> Booking:
    """Does: moves a booking to another time, or to another resource of its place; its price is counted anew.
    Refuses: what `book` refuses, one that has begun or is past its delay unless the team does it, one that is
    sure to what needs approval, hours out of those of the place unless the team does it, one already billed
    whose price changes, a form opened before somebody else’s change. Leaves behind: the booking, its
    guests at the new hour, what is due anew, audit with the old time, the holder told when another did it,
    the former time offered to who waits."""
    booker = booker_of_row(booking)
    with transaction.atomic():
        room = lock_for([resource], Booker())[resource.pk]
        row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
        # After the booking, as whoever cancels it and gives its passes back.
        lock_held(booker)
        refuse_stale(row, version)
        _refuse_unmovable(row, room, now, by_team=by_team)
        before = stretch_of(row.during)
        refuse_unbookable(room, booker, people=row.people, on=day_of(wanted))
        purse = Purse(member=booker.member, person=booker.person, besides=row)
        may = allowed(room, purse, day_of(wanted))
        if not by_team:
            refuse_public(room, booker, day_of(wanted))
            refuse_terms(room, wanted, may, booker=booker, now=now, besides=row)
            _refuse_unapproved(row, room, may)
            row.off_hours = False
        quote = _as_agreed(row, room, wanted, purse.quote(room, wanted))
        if quote.refusal:
            raise Refused(Code.NOT_ALLOWED, quote.refusal, field="starts")
        refuse_price(shown, quote.amount, purse, quote.note)
        _refuse_billed(row, quote.price)
        free = freedom_around(room, wanted, besides=row, any_hour=row.off_hours)
        units = units_left(free, wanted, booker, now=now)
        if not units:
            raise SlotRefused(taken_sentence(free, wanted), room, free.nearest(wanted, after=now))
        row.resource, row.unit_id = room, row.unit_id if row.unit_id in units else units[0]
        row.during, row.taken = range_of(wanted), range_of(gaps_of(room).around(wanted))
        row.version += 1
        with last_word(room, wanted, now=now, besides=row):
            row.save()
        count_anew(row, quote, actor=actor, now=now)
        move_guests(row)
        detail = {"before": span_words(before), "after": span_words(wanted)}
        audit.record(actor, "coworking.booking.move", row, detail=detail)
        tell_holder(row, "moved", actor=actor, before=before)
        offer_freed(booking.resource, before, now=now)
        return row


def count_anew(row: Booking, quote: Quote, *, actor: Any, now: datetime) -> None:
    """Does: has a booking, held under lock, take and cost what is quoted now. Refuses: nobody to pay. Leaves
    behind: what it took before given back, its covers, its price, what is due of it."""
    give_back_covers(row, now=now)
    # At the same price too: its line says the hours, and its month bills it.
    if row.charge is not None and (quote.price != row.price or row.charge.state == ChargeState.DUE):
        _give_up_charge(row, actor=actor)
    row.price, row.working = quote.price, quote.working[:300]
    row.save(update_fields=["price", "working", "charge"])
    write_covers(row, quote)
    settle([row], actor=actor)


@performs(BOOKING_FLOW, "arrive")
def arrive_booking(booking: Booking, *, actor: Any, now: datetime) -> None:
    """Does: somebody came for this booking. Refuses: a day that is not its own. Leaves behind: audit."""
    if not is_arriving(booking, now):
        raise Refused(
            Code.DATE_INVALID,
            _("Cette réservation est %(span)s : l’arrivée se note ce jour-là.")
            % {"span": span_words(booking.during)},
        )


@performs(BOOKING_FLOW, "end")
def end_booking(booking: Booking, *, actor: Any, now: datetime) -> None:
    """Does: a booking is over; who left early frees the rest. Refuses: one that has not begun. Leaves behind:
    audit, the time left offered to who waits."""
    if booking.during.lower > now:
        raise Refused(Code.DATE_INVALID, _("Cette réservation n’a pas commencé."))
    if now < booking.during.upper:
        left = Stretch(now, booking.during.upper)
        booking.freed_from = now
        booking.during = range_of(Stretch(booking.during.lower, now))
        booking.taken = range_of(Stretch(booking.taken.lower, now))
        booking.state = BookingState.DONE
        booking.save()
        offer_freed(booking.resource, left, now=now)


@performs(BOOKING_FLOW, "miss")
def miss_booking(booking: Booking, *, actor: Any, now: datetime) -> None:
    """Does: nobody came: the unit is free again, what is due stays due. Refuses: one that has not begun.
    Leaves behind: the instant, audit, the holder told, the time left offered to who waits."""
    if booking.during.lower > now:
        raise Refused(Code.DATE_INVALID, _("Cette réservation n’a pas commencé."))
    booking.freed_from = now
    booking.state = BookingState.MISSED
    booking.save(update_fields=["state", "freed_from"])
    call_off_guests(booking, now=now)
    tell_holder(booking, "missed", actor=actor)
    if now < booking.during.upper:
        offer_freed(booking.resource, Stretch(now, booking.during.upper), now=now)


def _refuse_unmovable(row: Booking, room: Resource, now: datetime, *, by_team: bool) -> None:
    if row.state not in COMING or row.during.lower <= now:
        raise IllegalMove(_("Cette réservation ne se déplace plus : elle a commencé, ou elle est annulée."))
    if room.place_id != row.place_id:
        raise Refused(Code.VALUE_INVALID, _("Cette ressource n’est pas de ce lieu."), field="resource")
    if is_late(row, now) and not by_team:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le délai pour changer cette réservation est passé : demandez à l’équipe du lieu."),
        )


def _refuse_unapproved(row: Booking, room: Resource, may: Allowed) -> None:
    """What the team has to approve is not reached by moving what it did not, or did at another time."""
    if may.needs_approval and row.state == BookingState.BOOKED:
        raise Refused(
            Code.NOT_ALLOWED,
            _("%(name)s demande une validation : demandez à l’équipe du lieu de déplacer la réservation.")
            % {"name": room},
            field="resource",
        )


def _as_agreed(row: Booking, room: Resource, wanted: Stretch, found: Quote) -> Quote:
    """The price of a hire that its quote says stays as it is, for the same room and as long. Raises Refused
    for another, and while the customer reads the quote."""
    quote = quote_of(hire_of(row)) if row.name else None
    if awaits_answer(quote):
        raise Refused(
            Code.NOT_ALLOWED,
            _("Un devis attend la réponse de cette personne : retirez-le avant de déplacer la réservation."),
        )
    if not is_accepted(quote):
        return found
    if room.pk != row.resource_id or wanted.length != stretch_of(row.during).length:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Le devis %(number)s dit cette salle et cette durée : annulez, puis faites-en un autre.")
            % {"number": quote},
            field="starts",
        )
    return replace(found, price=row.price, working=row.working)


def _refuse_billed(row: Booking, price: Decimal | None) -> None:
    billed = row.charge is not None and row.charge.state == ChargeState.BILLED
    if billed and price != row.price:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Cette réservation est déjà facturée et son prix changerait : passez par un avoir."),
        )


def _give_up_charge(booking: Booking, *, actor: Any) -> None:
    """What is billed is to be given back: the credit note is for whoever bills."""
    charge = booking.charge
    if charge is None or charge.state == ChargeState.WAIVED:
        return
    if charge.state == ChargeState.BILLED:
        owe_back(charge, reason=_("réservation annulée"), actor=actor)
        return
    waive_charge(charge, reason=_("réservation annulée ou déplacée"), actor=actor)
    booking.charge = None
