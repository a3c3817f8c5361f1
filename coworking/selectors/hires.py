"""A room hired from outside, and the quote by which the team answered (COW-20)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.permissions import can
from coworking.calculations.hours import whole_days
from coworking.models import Booking, Hire, Place
from coworking.selectors.availability import range_of
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import tariff_on
from coworking.selectors.resources import rates_on, taxed
from coworking.states.bookings import BookingState
from invoicing.models import Quote
from invoicing.states.sales import NUMBERED_QUOTES, QuoteState

# Written, and not answered yet.
WAITING_QUOTES: tuple[str, ...] = (
    QuoteState.DRAFT,
    QuoteState.SUBMITTED,
    QuoteState.APPROVED,
    QuoteState.SENT,
)
_CURRENT = tuple(state for state in NUMBERED_QUOTES if state != QuoteState.REPLACED)
# A hire is agreed: its agreement may be printed.
AGREED: tuple[str, ...] = (BookingState.BOOKED, BookingState.PRESENT, BookingState.DONE)


def hire_of(booking: Booking) -> Hire | None:
    """Who hired, of a booking made without account."""
    return Hire.objects.filter(booking=booking).select_related("quote").first()


def quote_of(hire: Hire | None) -> Quote | None:
    """The quote by which the team answered, in its version of today."""
    first = hire.quote if hire is not None else None
    if first is None or first.state != QuoteState.REPLACED:
        return first
    versions = Quote.objects.filter(number=first.number, state__in=_CURRENT)
    return versions.order_by("-revision").first() or first


def awaits_answer(quote: Quote | None) -> bool:
    """The customer has not answered it yet, or has not received it."""
    return quote is not None and quote.state in WAITING_QUOTES


def is_accepted(quote: Quote | None) -> bool:
    return quote is not None and quote.state == QuoteState.ACCEPTED


def is_on_quote(booking: Booking) -> bool:
    """What it costs is billed from its quote: no charge of the place is made of it."""
    quote = quote_of(hire_of(booking)) if booking.name else None
    return awaits_answer(quote) or is_accepted(quote)


def hire_on_quote(number: str) -> Hire | None:
    """The hire that a quote answers, whichever its version."""
    if not number:
        return None
    rows = Hire.objects.filter(quote__number=number).select_related("booking", "quote")
    return rows.first()


def hires_to_lapse(on: date) -> QuerySet[Hire]:
    """Those asked whose quote was sent, and whose last day passed without answer."""
    over = Quote.objects.filter(state=QuoteState.SENT, valid_until__lt=on).values("number")
    rows = Hire.objects.filter(booking__state=BookingState.ASKED, quote__number__in=over)
    return rows.select_related("booking").order_by("booking")


def price_with_tax(booking: Booking) -> Decimal | None:
    """What a hire costs with tax, as whoever is no company reads prices; none where its rate is not known."""
    day = timezone.localdate(booking.during.lower)
    tariff = tariff_on(booking.resource, day)
    return taxed(booking.price, rates_on(day).get(tariff.vat_code)) if tariff else None


def sold_on_quotes(place: Place, month: Month) -> Decimal:
    """What the hires of a month are worth that their quotes bill, excl. tax: no charge says it."""
    span = range_of(whole_days(month.first, month.last, ZONE))
    rows = Booking.objects.filter(
        place=place, state__in=AGREED, during__startswith__gte=span.lower, during__startswith__lt=span.upper
    )
    rows = rows.filter(hire__quote__state=QuoteState.ACCEPTED)
    found: Decimal | None = rows.aggregate(sum=Sum("price"))["sum"]
    return found or ZERO


def hire_facts(user: Any, booking: Booking) -> dict[str, Any]:
    """What the page of a booking says of who hired, for the team; of any other booking: nothing."""
    hire = hire_of(booking) if booking.name and can(user, "coworking.run_day", booking) else None
    if hire is None:
        return {}
    quote = quote_of(hire)
    may_answer = booking.state == BookingState.ASKED and can(user, "coworking.approve_booking", booking)
    return {
        "hire": hire,
        "quote": quote,
        "sees_quote": quote is not None and can(user, "invoicing.view_quote", quote),
        "waits_for_quote": awaits_answer(quote),
        "is_quote_accepted": is_accepted(quote),
        "may_quote": may_answer and bool(booking.price) and not awaits_answer(quote),
        "may_send_quote": may_answer and quote is not None and quote.state == QuoteState.APPROVED,
        "has_agreement": booking.state in AGREED,
    }
