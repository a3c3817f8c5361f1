"""What waits for the data officer is on their first page, and on nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import Todo, awaited_in
from people.models import User
from people.selectors.data_todo import AWAITED
from people.services.data_requests import answer_data_request, receive_data_request
from people.services.incidents import IncidentData, notify_incident, open_incident
from people.services.retention import keep_file
from people.states import RoleKind
from tests.factories.own_data import desk_of, make_officer
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def waiting(user: User) -> list[Todo]:
    return awaited_in(AWAITED, user, timezone.localdate())


def test_the_officer_reads_what_waits_until_it_is_done() -> None:
    officer, claire = make_officer(), make_user(RoleKind.ENTREPRENEUR)
    now, today = timezone.now(), timezone.localdate()
    assert waiting(officer) == []
    desk = desk_of(officer, claire)
    request, incident, proposal = desk["request"], desk["incident"], desk["proposal"]
    told, asked, erased = waiting(officer)
    assert (told.label, told.url) == ("Prévenir la CNIL de 1 incident", incident.get_absolute_url())
    assert told.due == timezone.localdate(incident.known_at) + timedelta(days=3)
    assert (asked.label, asked.url) == ("Répondre à 1 demande sur des données", request.get_absolute_url())
    assert asked.due == request.due_on
    assert (erased.label, erased.url) == ("Décider 1 effacement", reverse("people:retention_list"))
    assert erased.since == timezone.localdate(proposal.proposed_at)
    # Others only pass by; a co-manager reads the desk without answering.
    for kind in (RoleKind.CO_MANAGER, RoleKind.HUMAN_RESOURCES, RoleKind.ENTREPRENEUR):
        assert waiting(make_user(kind)) == []

    receive_data_request(
        person=claire.person, kind="access", text="Tout", received_on=today, actor=claire, on=today
    )
    data = IncidentData("Liste envoyée", now, "À la mauvaise adresse", "Adresses")
    open_incident(data, actor=officer, now=now)
    told, asked, _erased = waiting(officer)
    assert (told.label, told.url) == ("Prévenir la CNIL de 2 incidents", reverse("people:incident_list"))
    assert asked.label == "Répondre à 2 demandes sur des données"
    assert asked.url == reverse("people:data_request_list")

    keep_file(proposal, keep_until=today + timedelta(days=90), reason="Litige", actor=officer, now=now)
    answer_data_request(request, answer="Corrigé", actor=officer, now=now)
    notify_incident(incident, notified_at=now, actor=officer, now=now)
    assert [todo.label for todo in waiting(officer)] == [
        "Prévenir la CNIL de 1 incident",
        "Répondre à 1 demande sur des données",
    ]
