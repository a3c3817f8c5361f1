"""The book of decisions, and what a person may see of it (GOV-16)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from governance.models import Associate, Body, Decision
from governance.models.associates import reads_register
from people.models import Person
from people.selectors.persons import persons_offered


def decisions_visible_to(user: Any) -> QuerySet[Decision]:
    """Gives the whole book to associates and to those who keep or check it; to others what they are in charge
    of."""
    rows = Decision.objects.select_related("body", "owner", "assembly", "resolution", "created_by__person")
    person, today = getattr(user, "person_id", None), timezone.localdate()
    if reads_register(user) or Associate.objects.acted_by(person, today).on(today).exists():
        return rows
    return rows.filter(owner=person) if person else rows.none()


def latest_decisions(user: Any, count: int) -> list[Decision]:
    return list(decisions_visible_to(user)[:count])


def bodies_offered() -> QuerySet[Body]:
    """Gives the bodies in service: those that decide, and to which one elects."""
    return Body.objects.filter(is_active=True).order_by("name")


def persons_in_charge(user: Any) -> QuerySet[Person]:
    """Gives those among whom one chooses who sits or who does: associates of the day, and persons in
    sight."""
    today = timezone.localdate()
    members = Associate.objects.on(today).filter(person__isnull=False).order_by().values("person")
    seen = persons_offered(user).order_by().values("pk")
    found = Person.objects.filter(pk__in=members) | Person.objects.filter(pk__in=seen)
    return found.filter(merged_into__isnull=True, erased_at__isnull=True).order_by("sort_name", "pk")
