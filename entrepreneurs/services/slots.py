"""Writes when an advisor receives, and the days when nobody does (ENT-52)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.validating import refuse_invalid
from entrepreneurs.models import Availability, ClosedDays
from entrepreneurs.models.slots import LONGEST, SHORTEST
from people.models import Person
from people.services.changes import require_text


@dataclass(frozen=True)
class Offer:
    """What an advisor offers: a weekday from a day on, or one day alone (`weekday` is None)."""

    weekday: int | None
    starts_on: date
    opens_at: time
    closes_at: time
    slot_minutes: int
    purposes: Sequence[str]
    ends_on: date | None = None
    place: str = ""
    link: str = ""
    by_phone: bool = False


@transaction.atomic
def offer_slots(advisor: Person, *, offer: Offer, actor: Any) -> Availability:
    """Does: opens a range of slots. Refuses: an end before the start, a range that holds no slot, no way to
    meet, no purpose, a length out of bounds. Leaves behind: the range, audit."""
    row = Availability(advisor=advisor, **vars(offer) | {"purposes": [str(one) for one in offer.purposes]})
    if row.weekday is None:
        row.ends_on = row.starts_on
    _check(row)
    refuse_invalid(row)
    row.save()
    audit.record(actor, "entrepreneurs.slots.offer", row)
    return row


@transaction.atomic
def stop_slots(availability: Availability, *, last_day: date, actor: Any) -> Availability:
    """Does: offers no slot of this range after a day; what is booked stays. Refuses: a range already over by
    then. Leaves behind: the range, ended, audit."""
    row = Availability.objects.select_for_update().get(pk=availability.pk)
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Cette plage est déjà terminée."), field="last_day")
    row.ends_on = max(last_day, row.starts_on - timedelta(days=1))
    row.save(update_fields=["ends_on"])
    audit.record(actor, "entrepreneurs.slots.stop", row, detail={"last_day": row.ends_on.isoformat()})
    return row


@transaction.atomic
def close_days(
    advisor: Person | None, *, starts_on: date, ends_on: date, label: str, actor: Any
) -> ClosedDays:
    """Does: offers no slot on these days, of one advisor or of the whole team. Refuses: an end before the
    start, no word. Leaves behind: the row, audit; the meetings already booked stay, told by the page."""
    if ends_on < starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    require_text(label, "label", _("Dites pourquoi : congés, formation…"))
    row = ClosedDays.objects.create(
        advisor=advisor, starts_on=starts_on, ends_on=ends_on, label=label.strip()[:120]
    )
    detail = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    audit.record(actor, "entrepreneurs.slots.close", row, detail=detail)
    return row


@transaction.atomic
def reopen_days(closed: ClosedDays, *, actor: Any) -> None:
    """Does: offers slots again on days that were closed by mistake. Refuses: nothing.
    Leaves behind: nothing of the row but its audit."""
    row = ClosedDays.objects.select_for_update().get(pk=closed.pk)
    audit.record(actor, "entrepreneurs.slots.reopen", row)
    row.delete()


def _check(row: Availability) -> None:
    if row.closes_at <= row.opens_at:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="closes_at")
    if not SHORTEST <= row.slot_minutes <= LONGEST:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un rendez-vous dure de %(least)d à %(most)d minutes.") % {"least": SHORTEST, "most": LONGEST},
            field="slot_minutes",
        )
    if row.ends_on is not None and row.ends_on < row.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    if not row.modes:
        raise Refused(
            Code.VALUE_MISSING,
            _("Dites comment on se rencontre : un lieu, un lien de visioconférence ou le téléphone."),
            field="place",
        )
    if not row.purposes:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins un motif."), field="purposes")
    minutes = (row.closes_at.hour - row.opens_at.hour) * 60 + row.closes_at.minute - row.opens_at.minute
    if minutes < row.slot_minutes:
        raise Refused(
            Code.PERIOD_INVALID, _("Cette plage est plus courte qu’un rendez-vous."), field="closes_at"
        )
