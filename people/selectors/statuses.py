"""Who is what on a day, as it is known today or as it was known on an earlier day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from people.models import Person, StatusPeriod, StatusVersion


def statuses_on(person: Person, day: date) -> QuerySet[StatusPeriod]:
    """What the person is that day, the path first."""
    return StatusPeriod.objects.in_force(day).filter(person=person).order_by("kind")


def status_history(person: Person) -> QuerySet[StatusPeriod]:
    """Every status of the person, the latest first; those withdrawn before their first day are left out."""
    kept = Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    return StatusPeriod.objects.filter(kept, person=person).select_related(
        "author__person", "changed_by__person", "person"
    )


def holders_on(kinds: Iterable[str], day: date) -> QuerySet[StatusPeriod]:
    """The statuses of these kinds in force that day, of everybody."""
    return StatusPeriod.objects.in_force(day).filter(kind__in=list(kinds))


def holders_as_known(kinds: Iterable[str], day: date, *, known_at: datetime) -> QuerySet[StatusPeriod]:
    """The same as it was known at an instant: what was written afterwards changes nothing."""
    known = StatusVersion.objects.filter(status=OuterRef("pk"), known_at__lte=known_at).order_by(
        "-known_at", "-pk"
    )
    starts_on, ends_on = (Subquery(known.values(name)[:1]) for name in ("starts_on", "ends_on"))
    return (
        StatusPeriod.objects.filter(kind__in=list(kinds))
        .alias(known_start=starts_on, known_end=ends_on)
        .filter(Q(known_end__isnull=True) | Q(known_end__gte=day), known_start__lte=day)
    )
