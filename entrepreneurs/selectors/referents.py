"""Who answers to whom in the team."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from entrepreneurs.models import Referent
from entrepreneurs.states.referents import COACH
from people.models import Person, Role, User
from people.selectors.contacts import named_or
from people.selectors.deadlines import nearest_advisors
from people.states import STAFF_KINDS, RoleKind


def referents_of(person: Person, on: date) -> QuerySet[Referent]:
    """Gives the contacts of a person on a day, the coach first."""
    rows = Referent.objects.in_force(on).filter(person=person).select_related("advisor__user")
    return rows.order_by("function", "pk")


def coaches_of(person: Person, on: date) -> list[Person]:
    """Gives whoever coaches a person on a day."""
    rows = Referent.objects.in_force(on).filter(person=person, function=COACH).select_related("advisor")
    return [row.advisor for row in rows]


def contacts_of(persons: Iterable[Person], on: date) -> dict[Person, dict[str, list[User]]]:
    """Gives the accounts named to each person, function by function, in one query, for `core.facts`."""
    found: dict[Person, dict[str, list[User]]] = {person: {} for person in persons}
    rows = Referent.objects.in_force(on).filter(person__in=found, advisor__user__is_active=True)
    for row in rows.select_related("person", "advisor__user").order_by("function", "pk"):
        found[row.person].setdefault(row.function, []).append(row.advisor.user)
    return found


def named_to(users: Iterable[User], on: date) -> dict[User, QuerySet[Person]]:
    """Gives the persons named to each account on a day, unread, for `core.facts`."""
    return {
        user: Person.objects.filter(
            Exists(Referent.objects.in_force(on).filter(person=OuterRef("pk"), advisor=user.person_id))
        )
        for user in users
    }


def followers_of(person: Person, on: date) -> list[User]:
    """Gives the accounts that follow a person: the coach named, else the nearest advisors."""
    return named_or(person, COACH, RoleKind.ADVISOR, on, others=lambda: nearest_advisors(person, None, on))


def team_on(on: date) -> QuerySet[Person]:
    """Gives the people of the team on a day: those who may be named as contacts."""
    held = Role.objects.in_force(on).filter(person=OuterRef("pk"), kind__in=STAFF_KINDS)
    return Person.objects.filter(Exists(held)).order_by("sort_name", "pk")


def advisors_on(on: date) -> QuerySet[Person]:
    """Gives the advisors of a day."""
    held = Role.objects.in_force(on).filter(person=OuterRef("pk"), kind=RoleKind.ADVISOR)
    return Person.objects.filter(Exists(held)).order_by("sort_name", "pk")
