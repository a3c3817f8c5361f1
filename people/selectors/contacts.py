"""Whom the house tells about a person: the contact named for a function, else who holds the role (ENT-51)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cae.core.facts import facts
from people.models import Person, Role, User
from people.states import RoleKind

# Given by the room that names contacts: the accounts of each person, function by function; and the persons
# named to each account.
CONTACTS = "person.contacts"
NAMED_TO = "advisor.named_persons"
# The function that follows the path (entrepreneurs.referent_function).
COACH = "coach"


def named_or(
    person: Person | None, function: str, kind: str, on: date, *, others: Callable[[], Iterable[User]]
) -> list[User]:
    """Gives the accounts of the contacts named to a person for a function, while they hold the role that
    answers there; else the others."""
    named = facts(CONTACTS, [person], on=on).get(person, {}).get(function, ()) if person else ()
    holding = Role.objects.in_force(on).filter(
        person__in=[user.person_id for user in named], kind__in=(kind, RoleKind.CO_MANAGER)
    )
    kept = set(holding.values_list("person", flat=True)) if named else set()
    return [user for user in named if user.person_id in kept] or list(others())


def persons_named_to(user: Any, on: date) -> QuerySet[Person]:
    """Gives the persons to whom this account is named as a contact, for a condition of a query."""
    found: QuerySet[Person] = facts(NAMED_TO, [user], on=on)[user]
    return found
