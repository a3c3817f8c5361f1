"""Forgets what was typed to join a place or to hire a room, once it serves nothing more (PEO-38)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from cae.core.models import OutgoingEmail, PersonalLink
from cae.core.periods import after_months
from cae.core.permanence import ERASED, erase_words
from cae.core.personal_data import forget_told
from cae.core.settings import value_of
from coworking.calculations.hours import whole_days
from coworking.models import Booking, Hire, SignUp
from coworking.selectors.opening import ZONE
from coworking.services.erasing_events import AT_ONCE, KEPT_MONTHS, NOWHERE
from coworking.states.bookings import BookingState
from coworking.states.members import ChargeState
from people.selectors.merging import file_keys

# What came to nothing: neither lived nor due.
_NOTHING = (BookingState.REFUSED, BookingState.CANCELLED)
_TYPED = ("phone", "address_line", "postcode", "city", "siren", "message")


def erase_signups(person: Any, _on: date) -> int:
    """Does: empties the requests to join that a person made, by account or not. Refuses: nothing. Leaves
    behind: the place, the plan, the day and the answer; gives how many."""
    files = file_keys(person)
    rows = SignUp.objects.filter(Q(person__in=files) | Q(member__person__in=files)).exclude(last_name=ERASED)
    keys = list(rows.values_list("pk", flat=True))
    forget_told(SignUp, keys)
    held = SignUp.objects.filter(pk__in=keys)
    erase_words(held, "reason", "organisation_name", "trade")
    blank = dict.fromkeys(_TYPED, "")
    return held.update(first_name=ERASED, last_name=ERASED, email=NOWHERE.format(key=0), **blank)


@transaction.atomic
def forget_hires(*, on: date) -> int:
    """Does: empties the hires without account that came to nothing, so many months after their day. Refuses:
    nothing. Leaves behind: the booking without name nor word; gives how many."""
    last = after_months(on, -value_of(KEPT_MONTHS, on=on))
    rows = Booking.objects.filter(
        Q(charge=None) | Q(charge__state=ChargeState.WAIVED),
        hire__isnull=False,
        hire__quote=None,
        state__in=_NOTHING,
        during__endswith__lt=whole_days(last, last, ZONE).starts,
    )
    keys = list(rows.exclude(name=ERASED).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    forget_told(Booking, keys)
    about = {"about_type": Booking._meta.label_lower, "about_id__in": [str(key) for key in keys]}
    OutgoingEmail.objects.filter(**about).update(to=NOWHERE.format(key=0))
    PersonalLink.objects.filter(**about).delete()
    hires = Hire.objects.filter(booking__in=keys)
    erase_words(hires, "firm")
    blank = ("address_line", "address_line2", "postcode", "city", "siren", "message", "words")
    hires.update(**dict.fromkeys(blank, ""))
    held = Booking.objects.filter(pk__in=keys)
    erase_words(held, "title", "reason")
    return held.update(name=ERASED, email="", phone="")
