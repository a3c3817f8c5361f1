"""What the scripts of scrutineers read and send: whose it is, which bodies are none, what is said of a
refusal (GOV-26)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.engines.ballots.faults import Fault
from governance.states.secret import SecretState, TrusteeStep
from tests.factories.governance_secret import Scrutin, make_scrutin
from tests.factories.people import make_user
from tests.house.moving import changed_since, everything
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

BODIES = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff",
    b'{"message": "\\u0000"}',
    b'{"message": "\\ud800"}',
    b"[" * 5000,
]
OF_STEPS = [b'{"step": 1}', b'{"step": "share", "message": "", "box": "\\u0000"}']


def steps_of(scrutin: Scrutin) -> str:
    return reverse("governance:secret_key_steps", args=[scrutin.vote.pk])


def cards_of(scrutin: Scrutin, uuid: str) -> str:
    return reverse("governance:box_cards", args=[scrutin.vote.pk, uuid])


def send(client: Client, address: str, body: bytes | dict[str, Any]) -> Any:
    content = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(address, content, content_type="application/json")


def test_a_step_comes_in_and_is_said_refused_in_one_sentence_when_it_comes_again() -> None:
    scrutin = make_scrutin()
    client, address = client_of(scrutin.keepers[0]), steps_of(scrutin)
    certificate = {"step": TrusteeStep.CERTIFICATE, "message": scrutin.group.certificate_texts[0]}
    assert send(client, address, certificate).status_code == 200
    assert scrutin.trustees[0].certificate == scrutin.group.certificate_texts[0]
    again = send(client, address, certificate)
    assert again.status_code == 422
    assert "déjà faite" in again.json()["message"]
    assert client.get(address).json()["step"] == TrusteeStep.COMMITMENT


def test_a_body_that_is_no_step_nor_a_list_of_cards_is_refused_and_writes_nothing() -> None:
    scrutin = make_scrutin(SecretState.ROLL_FROZEN)
    client = client_of(scrutin.keepers[0])
    before = everything()
    steps, cards = steps_of(scrutin), cards_of(scrutin, scrutin.box.uuid)
    for address, bodies in ((steps, BODIES + OF_STEPS), (cards, BODIES)):
        for body in bodies:
            answer = send(client, address, body)
            assert (answer.status_code, answer.json()["fault"]) == (400, Fault.SHAPE_WRONG), body
    assert changed_since(before) == []


def test_a_share_of_a_box_of_no_scrutin_is_refused() -> None:
    scrutin = make_scrutin(SecretState.TALLIED)
    answer = send(
        client_of(scrutin.keepers[0]), steps_of(scrutin), {"step": "share", "message": "{}", "box": "x"}
    )
    assert answer.status_code == 422
    assert "pas de ce scrutin" in answer.json()["message"]


def test_who_keeps_no_key_finds_nothing_here() -> None:
    scrutin = make_scrutin(SecretState.ROLL_FROZEN)
    stranger = client_of(make_user())
    for address in (steps_of(scrutin), cards_of(scrutin, scrutin.box.uuid)):
        assert stranger.get(address).status_code == 404
        assert send(stranger, address, {}).status_code == 404


@pytest.mark.parametrize("uuid", ["pasdurnedecenom", "%00"])
def test_cards_are_of_a_box_of_this_scrutin(uuid: str) -> None:
    scrutin = make_scrutin(SecretState.ROLL_FROZEN)
    client = client_of(scrutin.keepers[0])
    assert client.get(cards_of(scrutin, scrutin.box.uuid)).json()["done"] in {True, False}
    assert client.get(cards_of(scrutin, "NUL").replace("NUL", uuid)).status_code == 404
