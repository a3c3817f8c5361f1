"""The page that receives a secret ballot leaves no more traces than the service: no session touched, nothing
remembered, no line with a name (GOV-33)."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from governance.models import Assembly, Ballot, BoxEvent, RollEntry
from governance.states.secret import SecretState
from people.models import OpenSession
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.kernel import make_cooperative
from tests.governance.dumping import dumped, files, numbers, remembered
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def open_to(present: int) -> tuple[Scrutin, list[Client]]:
    """An open scrutin, and the browsers of its voters, long signed in."""
    make_cooperative()
    made = make_scrutin(SecretState.OPEN, present=present)
    clients = [client_of(user) for user in made.sitting.users]
    for client in clients:
        client.get(reverse("people:account"))
        # Ten minutes ago: the next request is the one that would be noted.
        assert cache.delete(f"people.session.{client.session.session_key}")
    return made, clients


def send(client: Client, made: Scrutin, rank: int, text: str) -> Any:
    body = json.dumps({"voice": str(made.entry_of(rank).pk), "ballot": text})
    address = reverse("governance:secret_ballot", args=[made.vote.pk])
    return client.post(address, body, content_type="application/json")


def test_voting_through_the_pages_writes_what_the_ballot_needs_and_nothing_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    made, clients = open_to(4)
    assert OpenSession.objects.count() == 4
    ballots = [made.ballot(made.entry_of(rank), [[1, 0, 0]]) for rank in range(4)]
    before, given, kept, cached = dumped(), numbers(), files(), remembered()
    with caplog.at_level(logging.INFO):
        for rank in (2, 0, 3, 1):
            assert (
                clients[rank].get(reverse("governance:secret_cast", args=[made.vote.pk])).status_code == 200
            )
            answer = send(clients[rank], made, rank, ballots[rank])
            assert answer.status_code == 200
            assert set(answer.json()) == {"tracker", "quarter"}
            assert not answer.cookies.get("sessionid")
    after = dumped()
    changed = {name for name in after if sorted(after[name]) != sorted(before[name])}
    assert changed == {model._meta.db_table for model in (Ballot, BoxEvent, RollEntry, Assembly)}
    assert (numbers(), files(), remembered()) == (given, kept, cached)
    assert caplog.records == []


def test_a_refused_ballot_leaves_a_line_that_names_nobody(caplog: pytest.LogCaptureFixture) -> None:
    made, clients = open_to(1)
    before, cached = dumped(), remembered()
    with caplog.at_level(logging.INFO):
        answer = send(clients[0], made, 0, made.ballot(made.entry_of(0), [[1, 0, 0]]) + " ")
    assert answer.status_code == 422
    assert (dumped(), remembered()) == (before, cached)
    said = " ".join(record.getMessage() for record in caplog.records)
    user, entry = made.sitting.users[0], made.entry_of(0)
    assert str(made.vote.pk) in said
    assert not [word for word in (user.email, str(user), str(entry.pk)) if word in said]
