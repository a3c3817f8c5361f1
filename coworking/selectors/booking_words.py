"""Spans and numbers of bookings as pages, mails and refusals say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Happening
from cae.core.templatetags.formats import day as said_day
from coworking.calculations.hours import MIDNIGHT
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch
from coworking.calculations.terms import DAY, Breach, Terms
from coworking.models import Booking
from coworking.selectors.availability import stretch_of
from coworking.selectors.opening import ZONE
from coworking.states.bookings import BookingState


def span_words(span: Stretch | DateTimeTZRange) -> str:
    """« le 12/03/2026 de 9:00 à 11:00 », « du 12/03/2026 au 14/03/2026 »."""
    one = span if isinstance(span, Stretch) else stretch_of(span)
    first, starts = clock_of(one.starts, ZONE)
    last, ends = clock_of(one.ends, ZONE)
    if starts == ends == MIDNIGHT:
        last -= timedelta(days=1)
        if last == first:
            return _("le %(day)s, toute la journée") % {"day": said_day(first)}
        return _("du %(first)s au %(last)s") % {"first": said_day(first), "last": said_day(last)}
    values = {
        "day": said_day(first),
        "from": f"{starts:%H:%M}",
        "to": f"{ends:%H:%M}",
        "last": said_day(last),
    }
    if last == first or (ends == MIDNIGHT and (last - first).days == 1):
        return _("le %(day)s de %(from)s à %(to)s") % values
    return _("du %(day)s à %(from)s au %(last)s à %(to)s") % values


def hours_words(span: Stretch) -> str:
    """« 9:00–12:00 »; nothing for a whole day."""
    starts, ends = clock_of(span.starts, ZONE)[1], clock_of(span.ends, ZONE)[1]
    return "" if starts == ends == MIDNIGHT else f"{starts:%H:%M}–{ends:%H:%M}"


def length_words(minutes: int) -> str:
    """« 1 h 30 », « 45 min », « 3 jours »."""
    if minutes >= 24 * 60 and minutes % (24 * 60) == 0:
        days = minutes // (24 * 60)
        return ngettext("%(count)d jour", "%(count)d jours", days) % {"count": days}
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": rest}
    return _("%(n)d h %(rest)02d") % {"n": hours, "rest": rest} if rest else _("%(n)d h") % {"n": hours}


def breach_words(name: Any, reason: Breach, terms: Terms) -> str:
    """The rule of a resource that a span does not keep, in one sentence."""
    values = {
        "name": name,
        "step": length_words(min(terms.step, 60)),
        "shortest": length_words(terms.shortest),
        "longest": length_words(terms.longest),
        "notice": length_words(terms.notice),
        "weekly": length_words(terms.weekly or 0),
        "days": terms.opens_days,
        "from": f"{terms.from_hour or MIDNIGHT:%H:%M}",
        "to": f"{terms.until_hour:%H:%M}" if terms.until_hour else "24:00",
    }
    step = (
        _("%(name)s se réserve par jours entiers, de minuit à minuit.")
        if terms.step >= DAY
        else _("%(name)s se réserve par pas de %(step)s.")
    )
    said = {
        Breach.PAST: _("%(name)s : ces heures sont déjà passées."),
        Breach.STEP: step,
        Breach.SHORT: _("%(name)s se réserve pour %(shortest)s au moins."),
        Breach.LONG: _("%(name)s se réserve pour %(longest)s au plus."),
        Breach.LATE: _("%(name)s se réserve %(notice)s avant au plus tard."),
        Breach.EARLY: _("%(name)s se réserve %(days)s jours avant au plus tôt."),
        Breach.HOURS: _("%(name)s se réserve de %(from)s à %(to)s."),
        Breach.WEEK: _("%(name)s se réserve pour %(weekly)s par semaine au plus : vous y seriez au-delà."),
    }
    return said[reason] % values


def title_of(booking: Booking) -> str:
    return booking.title or str(booking.resource)


def happening_of(booking: Booking) -> Happening:
    """A booking as calendars keep it."""
    return Happening(
        uid=f"booking-{booking.pk}",
        title=f"{title_of(booking)} · {booking.place}",
        starts=booking.during.lower,
        ends=booking.during.upper,
        place=", ".join(filter(None, (str(booking.resource), str(booking.place), booking.place.city))),
        url=booking.get_absolute_url(),
        revision=booking.version,
        is_cancelled=booking.state in (BookingState.CANCELLED, BookingState.REFUSED, BookingState.MISSED),
    )


def nearest_words(nearest: Sequence[Stretch]) -> str:
    """« Libre : le 12/03/2026 de 9:00 à 11:00 ; … »."""
    if not nearest:
        return ""
    return _("Libre : %(spans)s.") % {"spans": " ; ".join(map(span_words, nearest))}


def unit_words(booking: Any) -> str:
    """« Poste 3 » where there are several, the resource alone otherwise."""
    several = getattr(booking, "unit_count", 2) > 1
    return f"{booking.resource} · {booking.unit}" if several else str(booking.resource)


def joined_words(words: Iterable[str]) -> str:
    return " ; ".join(filter(None, words))
