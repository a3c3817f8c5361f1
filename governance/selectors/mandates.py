"""Mandates: who sits in a body on a day, empty seats and overlaps, the calendar of renewals (GOV-13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cae.core.periods import after_months
from cae.core.templatetags.formats import day as shown
from governance.calculations.mandates import Seat, crowded, gaps, overlaps
from governance.models import Associate, Body, Mandate

# How far ahead one looks: an election is prepared in so many months; before, a term that ends is no gap.
AHEAD_MONTHS = 6


def mandates_listed() -> QuerySet[Any]:
    """Gives all mandates with their real last day, as `until`."""
    return (
        Mandate.objects.select_related("body", "person", "resolution__assembly")
        .annotate(until=Coalesce(F("ended_on"), F("ends_on")))
        .order_by("until", "pk")
    )


def mandates_on(day: date) -> QuerySet[Any]:
    """Gives the mandates in force on a day."""
    return mandates_listed().filter(starts_on__lte=day, until__gte=day)


def mandates_of_person(person_id: int) -> QuerySet[Any]:
    return mandates_listed().filter(person=person_id).order_by("-starts_on", "pk")


def bodies_with_mandates(today: date, *, active: bool = True) -> QuerySet[Body]:
    """Gives the bodies, each with those who sit there today as `seated`."""
    rows = Body.objects.filter(is_active=True) if active else Body.objects.all()
    seated = mandates_on(today).order_by("rotation", "person__sort_name", "pk")
    return rows.prefetch_related(Prefetch("mandates", seated, to_attr="seated"))


def seats_of(mandates: Iterable[Mandate]) -> list[Seat]:
    return [Seat(one.pk, one.person_id, one.starts_on, one.last_day) for one in mandates]


def mandate_end(starts_on: date, months: int) -> date:
    """Gives the last day of a term of so many months."""
    return after_months(starts_on, months) - timedelta(days=1)


@dataclass(frozen=True)
class Alert:
    """Something that a body should look at, on its day."""

    body: Body
    on: date
    sentence: str


def left_among(mandates: Iterable[Mandate], today: date) -> dict[int, date]:
    """Gives, of those who sit, who is an associate no more, and since when: what becomes of their mandate is
    for the statutes to say, so for a person to write."""
    people = {one.person_id for one in mandates}
    still = Associate.objects.on(today).filter(person__in=people).order_by().values("person")
    rows = Associate.objects.filter(person__in=people, left_on__lte=today).exclude(person__in=still)
    return {person: left for person, left in rows.values_list("person", "left_on") if person and left}


def alerts_of(body: Body, mandates: Iterable[Mandate], today: date, left: Mapping[int, date]) -> list[Alert]:
    """Gives, of one body, the empty seats and the overlaps from today on, and who sits without being an
    associate any more."""
    seats, last = seats_of(mandates), after_months(today, AHEAD_MONTHS)
    found = [
        Alert(body, gap.first, _gap_words(body, gap.seated, gap.first, gap.last, last))
        for gap in (gaps(seats, least=body.seats_least, first=today, last=last) if seats else ())
    ]
    full = crowded(seats, most=body.seats_most, first=today, last=last)
    if full is not None:
        sentence = _("Le %(day)s, plus de personnes siègent que prévu (%(most)d au plus).")
        found.append(Alert(body, full, sentence % {"day": shown(full), "most": body.seats_most or 0}))
    for one in mandates:
        if one.person_id in left and one.last_day >= today:
            sentence = _("%(name)s n’est plus associé·e depuis le %(day)s : son mandat court encore.")
            facts = {"name": one.person, "day": shown(left[one.person_id])}
            found.append(Alert(body, today, sentence % facts))
    names = {one.person_id: str(one.person) for one in mandates}
    for _one, other in overlaps(seats):
        if other.last_day >= today:
            sentence = _("%(name)s a deux mandats en même temps à partir du %(day)s.")
            facts = {"name": names[other.person], "day": shown(other.starts_on)}
            found.append(Alert(body, other.starts_on, sentence % facts))
    return found


def _gap_words(body: Body, seated: int, first: date, until: date, horizon: date) -> str:
    facts = {"count": seated, "least": body.seats_least, "first": shown(first), "last": shown(until)}
    if until == horizon:
        return _("À partir du %(first)s, sièges pourvus : %(count)d, pour %(least)d au moins.") % facts
    return _("Du %(first)s au %(last)s, sièges pourvus : %(count)d, pour %(least)d au moins.") % facts


def alerts(today: date) -> list[Alert]:
    """Gives the alerts of all bodies in service, the nearest first, in three queries."""
    bodies = Body.objects.filter(is_active=True).prefetch_related(
        Prefetch("mandates", Mandate.objects.select_related("person"))
    )
    left = left_among([one for body in bodies for one in body.mandates.all()], today)
    found = [alert for body in bodies for alert in alerts_of(body, body.mandates.all(), today, left)]
    return sorted(found, key=lambda alert: (alert.on, alert.body.name))


@dataclass(frozen=True)
class HandoverDate:
    """A day of the handover calendar."""

    on: date
    mandate: Mandate
    what: str
    is_end: bool = False


def handover_calendar(today: date, *, body: Body | None = None) -> list[HandoverDate]:
    """Gives what comes for the mandates in force: the handover begins, the seats are handed over, the term
    ends; the nearest first."""
    rows = mandates_listed().filter(until__gte=today, ended_on__isnull=True)
    if body is not None:
        rows = rows.filter(body=body)
    found: list[HandoverDate] = []
    for mandate in rows:
        begins = mandate.ends_on - timedelta(days=mandate.body.handover_days)
        if mandate.body.handover_days:
            found.append(HandoverDate(begins, mandate, _("La passation commence")))
        if mandate.handover_on is not None:
            found.append(HandoverDate(mandate.handover_on, mandate, _("Le siège est transmis")))
        found.append(HandoverDate(mandate.ends_on, mandate, _("Le mandat finit"), is_end=True))
    return sorted(
        (one for one in found if one.on >= today), key=lambda one: (one.on, one.mandate.pk, one.is_end)
    )


def overlapping(body: Body, person_id: int, starts_on: date, ends_on: date) -> Mandate | None:
    """Gives a mandate that the person already has in the body during these days."""
    return (
        mandates_listed()
        .filter(Q(until__gte=starts_on), body=body, person=person_id, starts_on__lte=ends_on)
        .first()
    )
