"""Writes the civil status of a person (PEO-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from people.models import CivilRecord, Person, User
from people.services.changes import refuse_stale, write

OLDEST = 120


@dataclass(frozen=True)
class CivilData:
    """What the form holds."""

    civility: str = ""
    birth_date: date | None = None
    birth_place: str = ""
    birth_country: str = ""
    nationality: str = ""
    second_email: str = ""
    mobile: str = ""
    emergency_name: str = ""
    emergency_link: str = ""
    emergency_phone: str = ""


@transaction.atomic
def save_civil_record(
    person: Person, *, data: CivilData, actor: User | None, on: date, version: int | None = None
) -> CivilRecord:
    """Does: writes the civil status of a person. Refuses: a birth to come or too old, somebody to warn
    without a name, a second address that is the first, a form opened before another change.
    Leaves behind: audit that names the fields changed, never their values."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    _check(locked, data, on)
    row = CivilRecord.objects.filter(person=locked).first() or CivilRecord(person=locked)
    if row.pk:
        refuse_stale(row, version)
        row.version += 1
    changed = write(row, data)
    if not changed:
        return row
    row.save()
    audit.record(actor, "people.civil.change", locked, detail={"fields": sorted(changed)})
    return row


def _check(person: Person, data: CivilData, on: date) -> None:
    if data.birth_date is not None and not on.year - OLDEST <= data.birth_date.year <= on.year:
        raise Refused(Code.DATE_INVALID, _("Cette date de naissance n’est pas possible."), field="birth_date")
    if data.birth_date is not None and data.birth_date > on:
        raise Refused(Code.DATE_INVALID, _("Cette date de naissance n’est pas passée."), field="birth_date")
    if data.emergency_phone and not data.emergency_name.strip():
        raise Refused(Code.VALUE_MISSING, _("Qui faut-il prévenir à ce numéro ?"), field="emergency_name")
    if data.second_email and data.second_email.casefold() == person.email.casefold():
        raise Refused(
            Code.DUPLICATE, _("C’est déjà l’adresse principale de cette personne."), field="second_email"
        )
