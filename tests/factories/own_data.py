"""Legal situations of own data: protected records, proposals, made through services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from people.models import Person, RetentionProposal, User
from people.services.data_requests import receive_data_request
from people.services.incidents import IncidentData, open_incident
from people.services.merging import merge_persons
from people.services.processings import ProcessingData, save_processing
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


def desk_of(officer: User, user: User) -> dict[str, Any]:
    """One of each thing that the officer's desk holds, about this user's person or nobody's."""
    now, today = timezone.now(), timezone.localdate()
    assert user.person is not None
    kept, merged = make_person(first_name="Inès"), make_person(first_name="Inès")
    twins = [make_person(first_name="Paul", last_name="Delmas").pk for _twice in range(2)]
    incident = IncidentData("Clé perdue", now - timedelta(hours=5), "Perdue dans un train", "Candidatures")
    line = ProcessingData("Paie", "Payer", "contract", "Salarié·es", "Identité", "Urssaf", "5 ans")
    return {
        "request": receive_data_request(
            person=user.person, kind="correction", text="Mon nom", received_on=today, actor=user, on=today
        ),
        "incident": open_incident(incident, actor=officer, now=now),
        "processing": save_processing(None, data=line, actor=officer),
        "proposal": proposed(forgotten_candidate(first_name="Nadia", last_name="Haddad"), on=today),
        "merge": merge_persons(kept, merged=merged, reason="Deux saisies", actor=officer, now=now),
        "twins": tuple(twins),
    }
