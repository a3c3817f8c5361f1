"""Creates and changes a person's file."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit, links
from people.models import Person, Territory, User
from people.services.changes import refuse_stale, require_text, write
from people.states import INVITATION


@dataclass(frozen=True)
class PersonData:
    """What a file holds, as read from a form or a file."""

    first_name: str
    last_name: str
    usual_name: str = ""
    email: str = ""
    phone: str = ""
    address_line: str = ""
    address_line2: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"
    territory: Territory | None = None


@transaction.atomic
def create_person(data: PersonData, *, actor: User | None, form_key: uuid.UUID | None = None) -> Person:
    """Does: opens a file. Refuses: no first or last name.
    Leaves behind: the person, audit; the same form sent twice gives the same person."""
    _check(data)
    key = form_key or uuid.uuid4()
    person, created = Person.objects.get_or_create(form_key=key, defaults=vars(data))
    if created:
        audit.record(actor, "people.person.create", person)
    return person


@transaction.atomic
def save_person(
    person: Person, *, data: PersonData, actor: User | None, now: datetime, version: int | None = None
) -> Person:
    """Does: changes a file. Refuses: no first or last name, a form opened before another change.
    Leaves behind: audit with values before and after; an invitation sent to a former address is withdrawn."""
    _check(data)
    row = Person.objects.select_for_update().get(pk=person.pk)
    refuse_stale(row, version)
    changed = write(row, data)
    if not changed:
        return row
    row.version += 1
    row.save()
    if "email" in changed:
        for link in links.live_links_of(row, INVITATION):
            links.withdraw_link(link, actor=actor, at=now)
    audit.record(actor, "people.person.change", row, detail=changed)
    return row


def _check(data: PersonData) -> None:
    require_text(data.first_name, "first_name", _("Indiquez le prénom."))
    require_text(data.last_name, "last_name", _("Indiquez le nom."))
