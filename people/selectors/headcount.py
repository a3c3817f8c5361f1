"""How many people are what on a day: as it is known now, or as it was known on a past day (PEO-08).

Statuses keep each of their versions, so a figure read « as known on » a day never changes. Memberships of
activities are read as they are written today: the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Person, PersonScope, StatusPeriod
from people.selectors.statuses import holders_as_known, holders_on
from people.states import ScopeKind
from people.states.statuses import ENTREPRENEURIAL, StatusKind

PATH, BOTH, MEMBERS, TOGETHER = "parcours", "equipe-et-activite", "activites", "ensemble"
_LINKED = tuple(kind for kind in StatusKind.values if kind != StatusKind.LEAVER)


@dataclass(frozen=True)
class Reading:
    """The day that is counted, and the instant whose knowledge is read; without one, today's."""

    on: date
    known_at: datetime | None = None

    @classmethod
    def of(cls, on: date, known_on: date | None, today: date) -> Reading:
        """As known at the end of a day; today, or later, is what is known now."""
        if known_on is None or known_on >= today:
            return cls(on)
        return cls(on, timezone.make_aware(datetime.combine(known_on, time.max)))

    def holders(self, kinds: Iterable[str]) -> QuerySet[StatusPeriod]:
        if self.known_at is None:
            return holders_on(kinds, self.on)
        return holders_as_known(kinds, self.on, known_at=self.known_at)


@dataclass(frozen=True)
class Figure:
    """What is counted, under the name of its list."""

    code: str
    label: Any
    count: int = 0


# Beside one figure a status.
SUMS: dict[str, Any] = {
    PATH: _("Entrepreneur·es : en test ou en CESA"),
    BOTH: _("Équipe d’appui et entrepreneur·e à la fois"),
    MEMBERS: _("Membres d’une activité"),
    TOGETHER: _("Ensemble, sans compter deux fois"),
}


def label_of(code: str) -> Any:
    """Gives the words of a figure. Raises KeyError when there is none of this name."""
    return SUMS[code] if code in SUMS else _KINDS[code].label


_KINDS = {kind.value: kind for kind in StatusKind}


def counted(code: str, reading: Reading) -> QuerySet[Person]:
    """Whom a figure counts, each once. Raises KeyError for an unknown figure."""
    if code == MEMBERS:
        inside = PersonScope.objects.in_force(reading.on).filter(scope__kind=ScopeKind.ACTIVITY)
        return _among(inside)
    if code == BOTH:
        return _among(reading.holders([StatusKind.STAFF])) & _among(reading.holders(ENTREPRENEURIAL))
    kinds = {PATH: tuple(ENTREPRENEURIAL), TOGETHER: _LINKED}.get(code) or (_KINDS[code].value,)
    return _among(reading.holders(kinds))


def listed(code: str, reading: Reading) -> QuerySet[Person]:
    """The same, with what each is that day."""
    held = reading.holders(StatusKind.values).filter(person=OuterRef("pk")).order_by("kind")
    return (
        counted(code, reading)
        .select_related("territory")
        .annotate(status_kinds=ArraySubquery(held.values("kind")))
    )


def headcount(reading: Reading) -> tuple[list[Figure], list[Figure]]:
    """The figures by status, then the sums."""
    rows = (
        reading.holders(StatusKind.values)
        .order_by()
        .values_list("kind")
        .annotate(Count("person", distinct=True))
    )
    found = dict(rows)
    by_status = [Figure(kind.value, kind.label, found.get(kind.value, 0)) for kind in StatusKind]
    return by_status, [Figure(code, label, counted(code, reading).count()) for code, label in SUMS.items()]


def _among(rows: QuerySet[Any]) -> QuerySet[Person]:
    return Person.objects.filter(Exists(rows.filter(person=OuterRef("pk")))).order_by("sort_name", "pk")
