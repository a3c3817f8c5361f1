"""Opens and writes protected records, purpose by purpose; each opening leaves a line (PEO-40)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import nir

from cae.core import audit, permissions, secrets
from cae.core.errors import Code, Refused
from cae.core.options import options_on
from people.models import Person, SensitiveReading, SensitiveRecord, User
from people.permissions.own_data import RIGHT_OF_PURPOSE
from people.services.deadlines import set_deadline
from people.states.sensitive import (
    FIELD_BY_CODE,
    WORKING_PURPOSES,
    SensitiveField,
    SensitivePurpose,
    fields_of,
)

# What the key of these records is made for.
PURPOSE = "sensitive record"
LONGEST = 300


@transaction.atomic
def read_sensitive(person: Person, *, purpose: str, actor: User) -> dict[str, Any]:
    """Does: gives the fields that a purpose opens, empty ones included. Refuses: a purpose for which the
    actor has no right on this person. Leaves behind: a line that the person reads."""
    permissions.require(actor, RIGHT_OF_PURPOSE[SensitivePurpose(purpose)], person)
    opened = fields_of(purpose)
    SensitiveReading.objects.create(
        person=person, reader=actor, purpose=purpose, fields=[one.code for one in opened]
    )
    kept = _unlocked(SensitiveRecord.objects.filter(person=person).first())
    return {one.code: _read(one, kept.get(one.code)) for one in opened}


@transaction.atomic
def write_sensitive(
    person: Person, *, purpose: str, values: Mapping[str, Any], actor: User
) -> SensitiveRecord:
    """Does: writes fields of one purpose; the others stay as they are, unread. Refuses: a purpose that the
    actor has no right to, a field that it does not open, a wrong value. Leaves behind: the locked record, the
    dates that it sets, audit without any value."""
    if purpose not in WORKING_PURPOSES:
        raise Refused(Code.NOT_ALLOWED, _("On n’écrit pas une fiche protégée pour ce motif."))
    permissions.require(actor, RIGHT_OF_PURPOSE[purpose], person)
    locked_person = Person.objects.select_for_update().get(pk=person.pk)
    allowed = {one.code for one in fields_of(purpose)}
    if not allowed.issuperset(values):
        raise Refused(Code.NOT_ALLOWED, _("Ce motif ne donne pas accès à ce champ."))
    clean = {code: _checked(FIELD_BY_CODE[code], value) for code, value in values.items()}
    record = SensitiveRecord.objects.select_for_update().filter(person=locked_person).first()
    kept = _unlocked(record) | {code: _written(value) for code, value in clean.items()}
    record = record or SensitiveRecord(person=locked_person)
    record.locked = _locked({code: value for code, value in kept.items() if value not in (None, "")})
    record.changed_at = timezone.now()
    record.save()
    for code, value in clean.items():
        if kind := FIELD_BY_CODE[code].deadline:
            set_deadline(about=locked_person, kind=kind, person=locked_person, due_on=value, actor=actor)
    audit.record(actor, "people.sensitive.write", record, detail={"purpose": purpose})
    return record


def _locked(values: Mapping[str, Any]) -> str:
    return secrets.encrypt(json.dumps(values, sort_keys=True), purpose=PURPOSE)


def _unlocked(record: SensitiveRecord | None) -> dict[str, Any]:
    if record is None:
        return {}
    values: dict[str, Any] = json.loads(secrets.decrypt(record.locked, purpose=PURPOSE))
    return values


def _written(value: Any) -> Any:
    """As JSON keeps it: a day and an amount as text."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(one: SensitiveField, value: Any) -> Any:
    if value in (None, ""):
        return None
    if one.kind == "date":
        return date.fromisoformat(value)
    return Decimal(value) if one.kind == "amount" else value


def _checked(one: SensitiveField, value: Any) -> Any:
    """The value as its kind wants it, or Refused at its field."""
    if value in (None, ""):
        return None
    try:
        return _CHECKS[one.kind](one, value)
    except (ValueError, TypeError) as error:
        raise Refused(
            Code.VALUE_INVALID, _("Cette valeur ne convient pas à ce champ."), field=one.code
        ) from error


def _text(one: SensitiveField, value: Any) -> str:
    text = str(value).strip()
    if len(text) > LONGEST:
        raise Refused(
            Code.TEXT_TOO_LONG, _("Pas plus de %(count)d signes.") % {"count": LONGEST}, field=one.code
        )
    return text


def _social_number(one: SensitiveField, value: Any) -> str:
    try:
        number: str = nir.validate(str(value))
    except NumberError as error:
        sentence = _("Ce numéro de sécurité sociale n’est pas valide : 15 chiffres, clé comprise.")
        raise Refused(Code.VALUE_INVALID, sentence, field=one.code) from error
    return number


def _day(_one: SensitiveField, value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _amount(one: SensitiveField, value: Any) -> Decimal:
    amount = Decimal(value) if isinstance(value, int) else value
    if not isinstance(amount, Decimal) or amount < 0:
        raise ValueError(value)
    return amount


def _flag(_one: SensitiveField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _choice(one: SensitiveField, value: Any) -> str:
    if value not in _known(one):
        raise ValueError(value)
    return str(value)


_CHECKS: dict[str, Any] = {
    "text": _text,
    "nir": _social_number,
    "date": _day,
    "amount": _amount,
    "flag": _flag,
    "choice": _choice,
}


def _known(one: SensitiveField) -> set[str]:
    """What a choice may be: the words of its list, whether still offered or not, or those of the table."""
    if one.options:
        return {option.code for option in options_on(one.options, on=timezone.localdate()).every}
    return set(dict(one.choices))
