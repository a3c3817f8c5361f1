"""Who answers to whom in the team."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from entrepreneurs.models import Referent
from entrepreneurs.states.referents import COACH
from people.models import Person, Role
from people.states import STAFF_KINDS, RoleKind


def referents_of(person: Person, on: date) -> QuerySet[Referent]:
    """Gives the contacts of a person on a day, the coach first."""
    rows = Referent.objects.in_force(on).filter(person=person).select_related("advisor__user")
    return rows.order_by("function", "pk")


def coaches_of(person: Person, on: date) -> list[Person]:
    """Gives whoever coaches a person on a day."""
    rows = Referent.objects.in_force(on).filter(person=person, function=COACH).select_related("advisor")
    return [row.advisor for row in rows]


def team_on(on: date) -> QuerySet[Person]:
    """Gives the people of the team on a day: those who may be named as contacts."""
    held = Role.objects.in_force(on).filter(person=OuterRef("pk"), kind__in=STAFF_KINDS)
    return Person.objects.filter(Exists(held)).order_by("sort_name", "pk")


def advisors_on(on: date) -> QuerySet[Person]:
    """Gives the advisors of a day."""
    held = Role.objects.in_force(on).filter(person=OuterRef("pk"), kind=RoleKind.ADVISOR)
    return Person.objects.filter(Exists(held)).order_by("sort_name", "pk")
