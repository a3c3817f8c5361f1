"""The page of an associate about an assembly (screen 12): what they read, ask, say, and never see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cae.core.models import Document
from governance.models import (
    Assembly,
    Associate,
    Convocation,
    NamedBallot,
    Paper,
    Proxy,
    RuleSet,
    SpeakingTurn,
    Voice,
    Vote,
)
from governance.services import sitting, speaking
from governance.services.agenda import PAPER_FILE
from governance.services.casting import cast
from governance.services.proclaiming import proclaim
from governance.services.pulse import beat
from governance.services.voting import close_vote
from governance.states.assemblies import AssemblyState, Presence, TurnState
from governance.states.votes import VoteState
from people.models import User
from tests.factories.governance import (
    call,
    make_assembly,
    make_associate,
    make_member,
    make_organiser,
    make_resolution,
)
from tests.factories.governance_assemblies import make_item
from tests.factories.governance_room import attend
from tests.factories.governance_votes import make_sitting, voice_of
from tests.factories.governance_votes import make_vote as open_vote_in
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

POLL: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def member(demonstration: None) -> tuple[User, Associate]:
    return make_member()


@pytest.fixture
def convened(rule_set: RuleSet, member: tuple[User, Associate]) -> Assembly:
    day = timezone.now() + timedelta(days=10)
    return make_assembly(rule_set=rule_set, starts_at=day, associates=(member[1],))


@pytest.fixture
def live(rule_set: RuleSet, member: tuple[User, Associate]) -> Assembly:
    opened = timezone.now() - timedelta(minutes=30)
    return make_assembly(
        state=AssemblyState.OPEN, rule_set=rule_set, opened_at=opened, associates=(member[1],)
    )


@pytest.fixture
def phone(member: tuple[User, Associate]) -> Client:
    return client_of(member[0])


def address(assembly: Assembly) -> str:
    return f"/assemblees/{assembly.pk}/participer/"


def make_paper(assembly: Assembly, title: str = "Rapport de gestion", **fields: Any) -> Paper:
    document = Document.objects.create(
        kind=PAPER_FILE,
        name=f"{title}.pdf",
        mime="application/pdf",
        size=4,
        sha256="a" * 64,
        about_type="governance.assembly",
        about_id=str(assembly.pk),
        about_label=str(assembly),
        retention_until=timezone.localdate(),
    )
    return Paper.objects.create(assembly=assembly, title=title, document=document, **fields)


def make_vote(assembly: Assembly, *associates: Associate, **fields: Any) -> Vote:
    vote = Vote.objects.create(
        assembly=assembly,
        resolution=make_resolution(assembly),
        state=VoteState.OPEN,
        opened_at=timezone.now(),
        **fields,
    )
    for associate in associates:
        Voice.objects.create(vote=vote, associate=associate)
    return vote


def test_the_agenda_its_papers_with_their_hash_and_the_texts(convened: Assembly, phone: Client) -> None:
    item = make_item(convened, "Comptes de l’exercice", speaker="Claire Lenoir")
    make_resolution(convened, "Les comptes sont approuvés.", item=item, title="Approbation", amount="1200.00")
    make_paper(convened)
    make_paper(convened, "Bilan", item=item)
    said = text(phone.get(address(convened)))
    for words in (
        "1. Comptes de l’exercice",
        "Claire Lenoir",
        "Résolution n° 1 : Approbation",
        "1 200,00 €",
        "Les comptes sont approuvés.",
        "Rapport de gestion",
        "Bilan",
        "a" * 64,
        "Ni présent·e ni représenté·e",
        "Donner mon pouvoir",
        "Voter par correspondance",
    ):
        assert words in said, words


def test_only_who_is_called_sits_or_prepares_opens_it(convened: Assembly, phone: Client) -> None:
    stranger, organiser = make_member(), make_organiser()
    assert phone.get(address(convened)).status_code == 200
    assert client_of(organiser).get(address(convened)).status_code == 200
    for user in (stranger[0], make_user()):
        assert client_of(user).get(address(convened)).status_code == 404


def test_a_draft_is_not_seen_by_associates(rule_set: RuleSet, phone: Client) -> None:
    draft = make_assembly(state=AssemblyState.DRAFT, rule_set=rule_set)
    assert phone.get(address(draft)).status_code == 404


def test_a_paper_that_is_opened_is_noted_once(convened: Assembly, phone: Client, member: Any) -> None:
    paper = make_paper(convened)
    row = Convocation.objects.get(assembly=convened)
    assert row.read_at is None
    sent = phone.get(f"/assemblees/{convened.pk}/documents/{paper.pk}/")
    assert (sent.status_code, str(paper.document_id) in sent["Location"]) == (302, True)
    row.refresh_from_db()
    first = row.read_at
    assert first is not None
    phone.get(f"/assemblees/{convened.pk}/documents/{paper.pk}/")
    row.refresh_from_db()
    assert row.read_at == first
    other = client_of(make_user())
    assert other.get(f"/assemblees/{convened.pk}/documents/{paper.pk}/").status_code == 404


def test_a_question_is_sent_from_the_page_and_its_answer_read(convened: Assembly, phone: Client) -> None:
    page = phone.get(address(convened))
    send = f"/assemblees/{convened.pk}/questions/"
    assert f'action="{send}"' in page.content.decode()
    said = text(phone.post(send, {"text": "Où va la réserve ?"}, follow=True))
    assert "Où va la réserve ?" in said
    assert "Pas encore de réponse." in said
    question = convened.questions.get()
    reader, associate = make_member()
    call(convened, associate)
    assert "Où va la réserve ?" not in text(client_of(reader).get(address(convened)))
    question.answer, question.answered_at = "En réserve indivisible.", timezone.now()
    question.save()
    assert "En réserve indivisible." in text(client_of(reader).get(address(convened)))


def test_no_question_once_the_sitting_is_open(live: Assembly, phone: Client) -> None:
    assert "Votre question" not in text(phone.get(address(live)))


def test_an_open_vote_calls_and_then_rests(live: Assembly, phone: Client, member: Any) -> None:
    assert "Voter" not in text(phone.get(address(live))).split("Ordre du jour")[0]
    vote = make_vote(live, member[1], make_associate())
    said = text(phone.get(address(live)))
    assert "Un vote est ouvert" in said
    assert "1 bulletin à donner." in said
    voice = vote.voices.get(associate=member[1])
    NamedBallot.objects.create(
        voice=voice, choice={"answer": "pour"}, way="screen", at=timezone.now(), receipt="ABCDEF12"
    )
    said = text(phone.get(address(live)))
    assert "Vos bulletins sont reçus" in said
    assert "ABCDEF12" in said


def test_a_result_is_read_as_soon_as_it_is_proclaimed() -> None:
    make_cooperative()
    hall = make_sitting(3)
    item = make_item(hall.assembly, "Comptes")
    sitting.set_item(hall.assembly, item=item, actor=hall.actor, at=timezone.now())
    opened = open_vote_in(hall, item=item, title="Approbation des comptes")
    chosen = {voice_of(opened, hall.members[0]).pk: {"answer": "pour"}}
    cast(opened, choices=chosen, actor=hall.users[0], at=timezone.now())
    closed = close_vote(opened, actor=hall.actor, at=timezone.now())
    reader = client_of(hall.users[1])
    assert "il en fallait" not in text(reader.get(address(hall.assembly)))
    proclaim(closed, actor=hall.actor, at=timezone.now())
    sentence = "Adoptée : 1 pour ; il en fallait 1 sur 1."
    assert sentence in text(reader.get(address(hall.assembly), **POLL))
    assert text(reader.get(address(hall.assembly))).count(sentence) == 2


def test_minutes_are_offered_once_published(rule_set: RuleSet, phone: Client, member: Any) -> None:
    now = timezone.now()
    for state in (AssemblyState.CLOSED, AssemblyState.PUBLISHED):
        held = make_assembly(
            state=state, rule_set=rule_set, opened_at=now, closed_at=now, associates=(member[1],)
        )
        said = text(phone.get(address(held)))
        assert ("Lire le procès-verbal" in said) is (state == AssemblyState.PUBLISHED)


def test_one_asks_to_speak_sees_ones_rank_and_takes_it_back(
    live: Assembly, phone: Client, member: Any
) -> None:
    speak = f"{address(live)}parole/"
    assert "Demander la parole" not in text(phone.get(address(live)))
    now, other = timezone.now(), make_associate()
    for associate in (member[1], other):
        attend(live, associate, now)
    speaking.ask_to_speak(live, associate=other, actor=make_organiser(), at=now)
    said = text(phone.post(speak, {"do": "speech", "associate": member[1].pk}, follow=True))
    assert "1 personne parle avant vous" in said
    turn = live.turns.get(associate=member[1])
    twice = text(phone.post(speak, {"do": "speech", "associate": member[1].pk}, follow=True))
    assert "est déjà dans la liste" in twice
    phone.post(speak, {"do": "withdraw", "turn": turn.pk})
    turn.refresh_from_db()
    assert turn.state == TurnState.WITHDRAWN
    phone.post(speak, {"do": "order", "associate": member[1].pk})
    assert "vous parlez à la suite" in text(phone.get(address(live)))


def test_one_sentence_says_who_has_the_floor(live: Assembly, phone: Client, member: Any) -> None:
    now, other, actor = timezone.now(), make_associate(last_name="Autre"), make_organiser()
    for associate in (member[1], other):
        attend(live, associate, now)
        speaking.give_floor(
            speaking.ask_to_speak(live, associate=associate, actor=actor, at=now), actor=actor, at=now
        )
    said = text(phone.get(address(live)))
    assert f"{other} a la parole." in said
    assert "Vous avez la parole" not in said
    mine = speaking.ask_to_speak(live, associate=member[1], actor=actor, at=now)
    speaking.give_floor(mine, actor=actor, at=now)
    said = text(phone.get(address(live)))
    assert "Vous avez la parole." in said
    assert "a la parole" not in said.replace("Vous avez la parole", "")


def test_nobody_speaks_in_anothers_name(live: Assembly, phone: Client, member: Any) -> None:
    other = make_associate()
    attend(live, other, timezone.now())
    turn = speaking.ask_to_speak(live, associate=other, actor=make_organiser(), at=timezone.now())
    speak = f"{address(live)}parole/"
    assert phone.post(speak, {"do": "speech", "associate": other.pk}).status_code == 403
    assert phone.post(speak, {"do": "withdraw", "turn": turn.pk}).status_code == 404
    turn.refresh_from_db()
    assert (turn.state, SpeakingTurn.objects.count()) == (TurnState.WAITING, 1)


def test_where_ones_voice_stands(convened: Assembly, phone: Client, member: Any) -> None:
    holder, giver = make_associate(last_name="Mandataire"), make_associate(last_name="Mandante")
    now = timezone.now()
    Proxy.objects.create(assembly=convened, principal=member[1], holder=holder, given_at=now)
    Proxy.objects.create(
        assembly=convened, principal=giver, holder=member[1], given_at=now, instructions={"1": "pour"}
    )
    said = text(phone.get(address(convened)))
    assert f"Vous avez donné pouvoir à {holder.name}." in said
    assert giver.name in said
    assert "Donner mon pouvoir" not in said


def test_one_says_that_one_is_there_at_a_distance(live: Assembly, phone: Client, member: Any) -> None:
    page = phone.get(address(live)).content.decode()
    join = f"/assemblees/{live.pk}/ma-voix/{member[1].pk}/a-distance/"
    assert f'action="{join}"' in page
    assert phone.post(join, {"do": "join"}).status_code == 302
    said = text(phone.get(address(live)))
    assert "Présent·e à distance" in said
    assert "Demander la parole" in said


def test_a_poll_answers_304_while_nothing_changed(live: Assembly, phone: Client) -> None:
    first = phone.get(address(live), **POLL)
    assert "<html" not in first.content.decode()
    assert phone.get(address(live), HTTP_IF_NONE_MATCH=first["ETag"], **POLL).status_code == 304
    beat(live.pk)
    assert phone.get(address(live), HTTP_IF_NONE_MATCH=first["ETag"], **POLL).status_code == 200


def test_its_cost_does_not_grow(live: Assembly, phone: Client, member: Any) -> None:
    def fill(count: int) -> None:
        for _rank in range(count):
            associate = make_associate()
            attend(live, associate, timezone.now(), Presence.CONNECTED)
            speaking.ask_to_speak(live, associate=associate, actor=member[0], at=timezone.now())
            item = make_item(live)
            make_resolution(live, item=item)
            make_paper(live, item=item)
            vote = make_vote(live, member[1])
            NamedBallot.objects.create(
                voice=vote.voices.get(),
                choice={"answer": "pour"},
                way="screen",
                at=timezone.now(),
                receipt=f"R{vote.pk}",
            )

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert phone.get(address(live)).status_code == 200
        return len(asked)

    fill(2)
    cost()
    few = cost()
    fill(12)
    assert cost() == few
