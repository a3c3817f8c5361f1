"""What the team of a place should know today, each taken by somebody or put aside until a day (COW-26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.templatetags.formats import day as said_day
from coworking.calculations.hours import whole_days
from coworking.models import AccessLoan, AlertMark, Member, Place, Presence, Subscription
from coworking.selectors.absences import absences_at
from coworking.selectors.opening import ZONE
from coworking.selectors.places import faults_waiting
from coworking.states.members import SubscriptionState
from coworking.states.places import LoanState

_NOT_SEEN, _ENDING = 30, 30


@dataclass(frozen=True)
class Notable:
    """One thing that the team of a place should know today: `key` tells it from any other, and from the next
    time that the same happens; `mark`: who sees to it, or until when it is put aside."""

    key: str
    tone: str
    words: str
    url: str
    mark: AlertMark | None = None


@dataclass(frozen=True)
class Alerts:
    """What is shown, and what is put aside for a while."""

    shown: list[Notable]
    aside: list[Notable]


def alerts_of(place: Place, now: datetime) -> Alerts:
    """What to know, those that nobody sees to first; what is put aside comes back by itself on its day."""
    today = timezone.localdate(now)
    rows = AlertMark.objects.filter(place=place).select_related("taken_by__person")
    marks = {one.key: one for one in rows if one.is_alive(today)}
    found = [replace(one, mark=marks.get(one.key)) for one in notable(place, now)]
    shown = [one for one in found if one.mark is None or not one.mark.is_aside]
    return Alerts(
        sorted(shown, key=lambda one: one.mark is not None),
        [one for one in found if one.mark is not None and one.mark.is_aside],
    )


def notable(place: Place, now: datetime) -> list[Notable]:
    """What does not work, what should be back, members to see to: each with its page."""
    today = timezone.localdate(now)
    return [*_of_things(place, today), *_of_members(place, today)]


def _of_things(place: Place, today: date) -> Iterator[Notable]:
    for fault in faults_waiting(place):
        said = {"resource": fault.resource, "text": fault.text}
        words = _("Panne : %(resource)s, %(text)s") % said
        yield Notable(f"fault-{fault.pk}", "warning", words, fault.resource.get_absolute_url())
    keys = reverse("coworking:keys", args=[place.pk])
    late = AccessLoan.objects.filter(item__place=place, state=LoanState.LENT, due_on__lt=today)
    for loan in late.select_related("item", "person").order_by("due_on", "pk"):
        words = _("%(item)s devait revenir le %(day)s : %(person)s") % {
            "item": loan.item,
            "day": said_day(loan.due_on),
            "person": loan.person,
        }
        yield Notable(f"loan-{loan.pk}", "warning", words, keys)
    for away in absences_at(place, today, today):
        held = away.subscription
        words = _("%(name)s est absent·e jusqu’au %(day)s : %(desk)s se réserve") % {
            "name": held.member,
            "day": said_day(away.ends_on),
            "desk": held.unit,
        }
        yield Notable(f"away-{away.pk}", "info", words, held.get_absolute_url())


def _of_members(place: Place, today: date) -> Iterator[Notable]:
    rows = Member.objects.in_force(today).filter(place=place).select_related("person")
    for one in rows.order_by("person__sort_name", "pk"):
        yield from _said_of(one, place, today)
    ending = Subscription.objects.filter(
        member__place=place,
        state=SubscriptionState.ACTIVE,
        ends_on__gte=today,
        ends_on__lte=today + timedelta(days=_ENDING),
    )
    for held in ending.select_related("plan", "member__person").order_by("ends_on", "pk"):
        words = _("%(plan)s de %(name)s finit le %(day)s") % {
            "plan": held.plan,
            "name": held.member,
            "day": said_day(held.ends_on),
        }
        yield Notable(f"ending-{held.pk}-{held.ends_on}", "info", words, held.get_absolute_url())
    gone = Presence.objects.filter(place=place, member__isnull=False)
    recent = gone.filter(arrived_at__gte=day_before(today, _NOT_SEEN)).values("member")
    missed = (
        rows.filter(pk__in=gone.values("member"), starts_on__lte=today - timedelta(days=_NOT_SEEN))
        .exclude(pk__in=recent)
        .annotate(seen_at=Max("presences__arrived_at"))
    )
    for one in missed.order_by("person__sort_name", "pk"):
        words = _("%(name)s n’est pas venu·e depuis %(days)d jours") % {"name": one, "days": _NOT_SEEN}
        seen_on = timezone.localdate(one.seen_at)
        yield Notable(f"unseen-{one.pk}-{seen_on}", "info", words, one.get_absolute_url())


def day_before(today: date, days: int) -> datetime:
    """The midnight that begins the day so many days ago."""
    day = today - timedelta(days=days)
    return whole_days(day, day, ZONE).starts


def _said_of(member: Member, place: Place, today: date) -> Iterator[Notable]:
    url = member.get_absolute_url()
    if place.charter and member.charter_on is None:
        words = _("%(name)s n’a pas encore accepté les règles du lieu") % {"name": member}
        yield Notable(f"charter-{member.pk}", "warning", words, url)
    if member.starts_on == today:
        words = _("Premier jour de %(name)s : bienvenue !") % {"name": member}
        yield Notable(f"first-{member.pk}", "success", words, url)
    years = today.year - member.starts_on.year
    if years and (member.starts_on.month, member.starts_on.day) == (today.month, today.day):
        words = _("%(name)s est là depuis %(years)d an(s) aujourd’hui") % {"name": member, "years": years}
        yield Notable(f"years-{member.pk}-{years}", "success", words, url)
