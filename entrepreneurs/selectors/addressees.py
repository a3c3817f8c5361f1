"""Whom letters are made for: people by what they are that day, and people by name (ENT-22)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from people.models import Person
from people.selectors.statuses import holders_on
from people.states.statuses import StatusKind


def groups_of(persons: QuerySet[Person], on: date) -> dict[str, int]:
    """Gives how many of these people hold each status that day; a status that nobody holds is left out."""
    held = holders_on(StatusKind.values, on).filter(person__in=persons.order_by().values("pk"))
    counts = dict(held.order_by().values_list("kind").annotate(Count("person", distinct=True)))
    return {kind: counts[kind] for kind in StatusKind.values if kind in counts}


def addressees(
    persons: QuerySet[Person], kinds: Iterable[str], named: Iterable[Person], on: date
) -> list[Person]:
    """Gives those of these people who hold one of the statuses that day or are named, each once, by name."""
    wanted = Q(pk__in=[person.pk for person in named]) | Q(pk__in=holders_on(kinds, on).values("person"))
    return list(persons.filter(wanted).order_by("sort_name", "pk").distinct())
