"""Legal situations of own data: protected records, proposals, made through services."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from people.models import Person, RetentionProposal, User
from people.services.retention import propose_erasures
from people.services.sensitive import write_sensitive
from people.states import RoleKind
from people.states.sensitive import SensitivePurpose
from tests.factories.people import make_person, make_user

LONG_AGO = datetime(2020, 1, 15, 12, tzinfo=timezone.get_default_timezone())


def make_officer() -> User:
    return make_user(RoleKind.DATA_OFFICER)


def protect(person: Person, *, limits: str = "pas de charge lourde") -> Person:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    write_sensitive(person, purpose=SensitivePurpose.HEALTH, values={"medical_limits": limits}, actor=hr)
    return person


def forgotten_candidate(**fields: Any) -> Person:
    """Somebody who wrote in 2020 and never came."""
    return make_person(created_at=LONG_AGO, **fields)


def proposed(person: Person, *, on: date, rule: str = "candidate") -> RetentionProposal:
    propose_erasures(on=on)
    return RetentionProposal.objects.get(person=person, rule=rule)
