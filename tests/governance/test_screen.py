"""The page that a projector shows (GOV-35): no account, 304 while nothing changes, nobody’s choice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.models import Assembly
from governance.services import sitting, speaking
from governance.services.casting import cast
from governance.services.proclaiming import proclaim
from governance.services.pulse import beat
from governance.services.voting import close_vote
from governance.states.assemblies import AssemblyState
from governance.states.votes import VoteWay
from tests.factories.governance import make_assembly, make_associate, make_organiser
from tests.factories.governance_assemblies import make_item
from tests.factories.governance_room import attend
from tests.factories.governance_votes import make_sitting, make_vote, voice_of
from tests.factories.kernel import make_cooperative
from tests.pages import text

pytestmark = pytest.mark.django_db

ADDRESS = "/ecran/cle-de-l-ecran/"
POLL: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def live() -> Assembly:
    make_cooperative()
    return make_assembly(state=AssemblyState.OPEN)


def test_the_screen_shows_the_item_the_speaker_and_the_quorum(live: Assembly) -> None:
    people = [make_associate(first_name="Ada", last_name=f"Lovelace{rank}") for rank in range(4)]
    now, actor = timezone.now(), make_organiser()
    item = make_item(live, "Comptes de l’exercice", speaker="Claire Lenoir")
    sitting.set_item(live, item=item, actor=actor, at=now)
    for associate in people[:3]:
        attend(live, associate, now)
        speaking.ask_to_speak(live, associate=associate, actor=actor, at=now)
    speaking.give_floor_to_next(live, actor=actor, at=now)
    said = text(Client().get(ADDRESS))
    assert "1. Comptes de l’exercice" in said
    assert "Claire Lenoir" in said
    assert "Ada LOVELACE0" in said or "Ada Lovelace0" in said
    assert "3 voix présentes ou représentées sur 4" in said


@pytest.mark.parametrize("state", [AssemblyState.DRAFT, AssemblyState.CANCELLED])
def test_nothing_is_shown_before_the_convocation_or_once_cancelled(state: str) -> None:
    make_assembly(state=state, cancel_reason="Report" if state == AssemblyState.CANCELLED else "")
    assert Client().get(ADDRESS).status_code == 404
    assert Client().get(ADDRESS, **POLL).status_code == 404


def test_a_wrong_key_shows_nothing(live: Assembly) -> None:
    assert Client().get("/ecran/autre-cle/").status_code == 404


@pytest.mark.parametrize(
    ("state", "words"),
    [(AssemblyState.CONVENED, "La séance va s’ouvrir"), (AssemblyState.CLOSED, "La séance est levée")],
)
def test_before_and_after_the_sitting(state: str, words: str) -> None:
    make_cooperative()
    make_assembly(state=state)
    assert words in text(Client().get(ADDRESS))


def test_a_poll_answers_304_with_one_question_while_nothing_changed(
    live: Assembly, django_assert_num_queries: Any
) -> None:
    browser = Client()
    first = browser.get(ADDRESS, **POLL)
    assert first.status_code == 200
    assert "<html" not in first.content.decode()
    with django_assert_num_queries(1):
        again = browser.get(ADDRESS, HTTP_IF_NONE_MATCH=first["ETag"], **POLL)
    assert (again.status_code, again.content) == (304, b"")
    beat(live.pk)
    changed = browser.get(ADDRESS, HTTP_IF_NONE_MATCH=first["ETag"], **POLL)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert "no-cache" in changed["Cache-Control"]


def test_a_vote_shows_how_many_ballots_then_its_result_and_never_who_said_what() -> None:
    make_cooperative()
    hall = make_sitting(4)
    item = make_item(hall.assembly, "Comptes")
    sitting.set_item(hall.assembly, item=item, actor=hall.actor, at=timezone.now())
    vote = make_vote(hall, item=item, title="Approbation des comptes")
    answers = ("pour", "pour", "contre")
    for user, associate, answer in zip(hall.users, hall.members, answers, strict=False):
        chosen = {voice_of(vote, associate).pk: {"answer": answer}}
        cast(vote, choices=chosen, actor=user, at=timezone.now())
    address = f"/ecran/{hall.assembly.screen_key}/"
    said = text(Client().get(address))
    assert "1. Approbation des comptes" in said
    assert "3 bulletins reçus sur 4 voix" in said
    assert "contre" not in said.lower()
    vote = close_vote(vote, actor=hall.actor, at=timezone.now())
    said = text(Client().get(address))
    assert "Le résultat s’affiche à sa proclamation." in said
    assert "contre" not in said.lower()
    proclaim(vote, actor=hall.actor, at=timezone.now())
    said = text(Client().get(address))
    assert "Adoptée : 2 pour ; il en fallait 2 sur 3." in said
    assert "Contre 1" in said
    for associate in hall.members:
        assert associate.name not in said


def test_each_ballot_makes_the_screen_new() -> None:
    hall = make_sitting(2)
    vote = make_vote(hall)
    address = f"/ecran/{hall.assembly.screen_key}/"
    before = Client().get(address, **POLL)["ETag"]
    chosen = {voice_of(vote, hall.members[0]).pk: {"answer": "pour"}}
    cast(vote, choices=chosen, actor=hall.users[0], at=timezone.now())
    assert Client().get(address, HTTP_IF_NONE_MATCH=before, **POLL).status_code == 200


def test_hands_are_said_to_be_counted_by_the_bureau() -> None:
    make_cooperative()
    hall = make_sitting(2)
    make_vote(hall, way=VoteWay.HANDS)
    said = text(Client().get(f"/ecran/{hall.assembly.screen_key}/"))
    assert "Vote à main levée, compté par le bureau" in said


def test_the_cost_of_the_screen_does_not_grow(live: Assembly, django_assert_max_num_queries: Any) -> None:
    now, actor = timezone.now(), make_organiser()
    Client().get(ADDRESS)
    for rank in range(30):
        associate = make_associate()
        attend(live, associate, now + timedelta(microseconds=rank))
        speaking.ask_to_speak(live, associate=associate, actor=actor, at=timezone.now())
    with django_assert_max_num_queries(20):
        assert Client().get(ADDRESS).status_code == 200
