"""Who works in a place: entered, changed, left (COW-09, COW-13, COW-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import Member, Payer, Place
from coworking.selectors.leaving import leaving_of
from coworking.services.payers import payer_of_activity, payer_of_organisation, payer_of_person
from coworking.states.members import MemberOrigin, SubscriptionState
from entrepreneurs.models import Activity
from people.models import Organisation, Person, PersonScope
from people.services.changes import refuse_long, refuse_stale, write

_RUNNING = (SubscriptionState.ASKED, SubscriptionState.ACTIVE)
_OF_ORGANISATION = (MemberOrigin.ORGANISATION, MemberOrigin.REMOTE)


@dataclass(frozen=True)
class MemberData:
    """What is typed of a member; who pays follows from it: the activity, the organisation, else oneself."""

    origin: str
    activity: Activity | None = None
    organisation: Organisation | None = None
    # A remote worker whom the employer does not pay for.
    pays_alone: bool = False
    leads: bool = False
    trade: str = ""
    is_shown: bool = False
    note: str = ""


@transaction.atomic
def enter_member(
    place: Place,
    *,
    person: Person,
    data: MemberData,
    starts_on: date,
    actor: Any,
    charter_on: date | None = None,
) -> Member:
    """Does: makes somebody a member of a place from a day on. Refuses: an organisation missing where one
    comes for it, an activity that is not theirs, one who is a member on these days already, who cannot be
    invoiced. Leaves behind: the member with whoever pays, audit."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    _check(data)
    again = Member.objects.filter(place=place, person=person).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    )
    if again.exists():
        raise Refused(
            Code.DUPLICATE,
            _("Cette personne est déjà coworker de ce lieu à cette date."),
            field="person",
        )
    member = Member.objects.create(
        place=place,
        person=person,
        origin=data.origin,
        organisation=data.organisation if data.origin in _OF_ORGANISATION else None,
        payer=_payer(place, person, data, starts_on, actor),
        leads=data.leads and data.origin in _OF_ORGANISATION,
        trade=data.trade.strip(),
        is_shown=data.is_shown,
        note=data.note,
        starts_on=starts_on,
        charter_on=charter_on,
    )
    audit.record(actor, "coworking.member.enter", member, detail={"from": starts_on.isoformat()})
    return member


@transaction.atomic
def change_member(member: Member, *, data: MemberData, actor: Any, version: int | None = None) -> Member:
    """Does: changes what is known of a member, and who pays what comes, subscriptions included; what is due
    already stays, and so does a subscription paid by somebody else. Refuses:
    what `enter_member` refuses of it, a form opened before somebody else’s change. Leaves behind: audit with
    the values before and after."""
    row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    refuse_stale(row, version)
    _check(data)
    changed = write(row, _Known(data.origin, data.leads, data.trade.strip(), data.is_shown, data.note))
    row.organisation = data.organisation if data.origin in _OF_ORGANISATION else None
    row.leads = data.leads and row.organisation is not None
    before, row.payer = row.payer, _payer(row.place, row.person, data, timezone.localdate(), actor)
    if row.payer is not None and before is not None and row.payer != before:
        row.subscriptions.filter(state__in=_RUNNING, payer=before).update(payer=row.payer)
    row.version += 1
    row.save()
    audit.record(actor, "coworking.member.change", row, detail=changed)
    return row


@transaction.atomic
def accept_charter(member: Member, *, on: date, actor: Any) -> Member:
    """Does: notes that a member accepted the rules of the place. Refuses: one who did. Leaves behind: the
    day, audit."""
    row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if row.charter_on is not None:
        raise Refused(Code.ALREADY_DONE, _("Les règles du lieu sont déjà acceptées."))
    row.charter_on = on
    row.version += 1
    row.save()
    audit.record(actor, "coworking.member.charter", row, detail={"on": on.isoformat()})
    return row


@transaction.atomic
def end_member(member: Member, *, last_day: date, actor: Any) -> Member:
    """Does: says the last day of a member. Refuses: a day before the first one, one already said, what the
    leaving checklist still holds on that day (subscription, keys, bookings to come), the first thing named.
    Leaves behind: the last day, audit."""
    row = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Le départ est déjà noté."), field="last_day")
    if last_day < row.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("Le départ ne peut pas précéder l’arrivée."), field="last_day")
    left = next((item for item in leaving_of(row, last_day) if item.holds_back and not item.is_done), None)
    if left is not None:
        raise Refused(Code.NOT_ALLOWED, str(left.detail), field="last_day")
    row.ends_on = last_day
    row.version += 1
    row.save()
    audit.record(actor, "coworking.member.end", row, detail={"last_day": last_day.isoformat()})
    return row


@dataclass(frozen=True)
class _Known:
    origin: str
    leads: bool
    trade: str
    is_shown: bool
    note: str


def _payer(place: Place, person: Person, data: MemberData, on: date, actor: Any) -> Payer | None:
    if place.activity_id is None:
        return None
    if data.origin == MemberOrigin.OWN:
        return None if data.activity is None else _of_activity(place, person, data.activity, on, actor)
    if data.organisation is not None and data.origin in _OF_ORGANISATION and not data.pays_alone:
        return payer_of_organisation(place, data.organisation, actor=actor)
    return payer_of_person(place, person, actor=actor)


def _of_activity(place: Place, person: Person, activity: Activity, on: date, actor: Any) -> Payer:
    inside = PersonScope.objects.in_force(on).filter(person=person, scope=activity.scope_id)
    if not inside.exists():
        raise Refused(
            Code.VALUE_INVALID, _("Cette activité n’est pas celle de cette personne."), field="activity"
        )
    return payer_of_activity(place, activity, actor=actor)


def _check(data: MemberData) -> None:
    if data.origin not in MemberOrigin.values:
        raise Refused(Code.VALUE_INVALID, _("Dites d’où vient cette personne."), field="origin")
    if data.origin in _OF_ORGANISATION and data.organisation is None:
        raise Refused(
            Code.VALUE_MISSING, _("Dites pour quel organisme cette personne vient."), field="organisation"
        )
    refuse_long(data.trade, "trade", 120)
    refuse_long(data.note, "note", 2000)
