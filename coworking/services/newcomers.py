"""The file of somebody who comes to a place for the first time (COW-09, COW-10)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cae.core.search import plain
from people.models import Person, in_use
from people.services.persons import PersonData, create_person


@dataclass(frozen=True)
class NewcomerData:
    """What a newcomer says of oneself."""

    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    address_line: str = ""
    postcode: str = ""
    city: str = ""


def file_of(data: NewcomerData, *, form_key: UUID, actor: Any) -> Person:
    """Does: gives the file of a newcomer: the one of the same names and address if there is one, else a new
    one, once for a form sent twice. Refuses: no first or last name. Leaves behind: the file, audit."""
    if data.email:
        same = in_use(Person.objects.filter(email__iexact=data.email.strip()))
        wanted = plain(f"{data.first_name} {data.last_name}")
        found = [one for one in same if plain(f"{one.first_name} {one.shown_last_name}") == wanted]
        if len(found) == 1:
            return found[0]
    return create_person(PersonData(**vars(data)), actor=actor, form_key=form_key)
