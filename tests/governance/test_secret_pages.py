"""The bureau’s pages of a secret ballot: prepare, lead step by step, read the roll; who sees and does what
(GOV-26)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from governance.models import SecretVote
from governance.states.secret import CodeMode, SecretState
from governance.states.votes import Method, VoteWay
from people.states import RoleKind
from tests.factories.governance import make_assembly, make_resolution
from tests.factories.governance_votes import Sitting, make_election, make_sitting, make_vote
from tests.factories.people import make_user
from tests.house.moving import changed_since, everything
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def typed(sitting: Sitting, *resolutions: Any, **more: Any) -> dict[str, Any]:
    """What the bureau types to prepare a scrutin kept by three scrutineers."""
    people = [associate.person_id for associate in sitting.members[:3]]
    keys = [resolution.pk for resolution in resolutions]
    known = {"title": "Bureau du conseil", "resolutions": keys, "mode": "mail", "trustees": people}
    return known | {"threshold": "2", "closes_at": ""} | more


def test_the_bureau_prepares_a_scrutin_of_what_sums_can_count() -> None:
    sitting = make_sitting(3)
    asked = make_resolution(sitting.assembly, title="Budget")
    ranked = make_election(sitting, method=Method.TRANSFERABLE, title="Commission")
    voted = make_resolution(sitting.assembly, title="Charte")
    make_vote(sitting, voted)
    client, address = client_of(sitting.actor), url("secret_prepare", sitting.assembly.pk)
    page = client.get(address)
    said = text(page)
    assert "Cette question a déjà son vote." in said
    assert "classement par classement" in said
    offered = [str(key) for key, _label in page.context["form"].fields["resolutions"].choices]
    assert offered == [str(asked.pk)]
    assert str(ranked.pk) not in offered
    done = client.post(address, typed(sitting, asked))
    vote = SecretVote.objects.get()
    assert done.status_code == 302
    assert done.url == vote.get_absolute_url()
    assert (vote.state, vote.threshold, vote.mode) == (SecretState.DRAFT, 2, CodeMode.MAIL)
    assert vote.questions.get().vote.way == VoteWay.SECRET
    assert "Arrêter la liste" in text(client.get(done.url))


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"title": " "}, "title", "Ce champ est obligatoire."),
        ({"resolutions": []}, "resolutions", "Choisissez au moins une question."),
        ({"trustees": []}, "trustees", "Nommez au moins deux personnes."),
        ({"threshold": "0"}, "threshold", "supérieure ou égale à 1"),
        ({"threshold": "3"}, "threshold", "Demandez moins de clés"),
        ({"mode": "pigeon"}, "mode", "Sélectionnez un choix valide"),
        ({"closes_at": "2020-01-01T10:00"}, "closes_at", "Cette heure de clôture est passée."),
        ({"closes_at": "demain"}, "closes_at", "Saisissez une date et une heure valides"),
    ],
)
def test_what_is_typed_wrongly_is_said_at_its_place(more: dict[str, Any], field: str, sentence: str) -> None:
    sitting = make_sitting(3)
    client, asked = client_of(sitting.actor), make_resolution(sitting.assembly)
    before = everything()
    page = client.post(url("secret_prepare", sitting.assembly.pk), typed(sitting, asked, **more))
    assert page.status_code == 422
    assert any(sentence in one for one in page.context["form"].errors[field]), page.context["form"].errors
    assert sentence in text(page)
    assert changed_since(before) == []


def test_one_keeper_is_too_few_and_a_question_of_elsewhere_is_no_choice() -> None:
    sitting = make_sitting(3)
    asked = make_resolution(sitting.assembly)
    elsewhere = make_resolution(make_assembly(rule_set=sitting.assembly.rule_set))
    client, address = client_of(sitting.actor), url("secret_prepare", sitting.assembly.pk)
    alone = client.post(address, typed(sitting, asked, trustees=[sitting.members[0].person_id]))
    assert alone.context["form"].errors["trustees"] == ["Nommez au moins deux personnes."]
    stray = client.post(address, typed(sitting, elsewhere))
    assert stray.status_code == 422
    assert "resolutions" in stray.context["form"].errors
    assert not SecretVote.objects.exists()


def test_an_assembly_without_question_to_ask_says_so() -> None:
    sitting = make_sitting(2)
    client = client_of(sitting.actor)
    assert "Aucun scrutin secret." in text(client.get(url("secret_list", sitting.assembly.pk)))
    page = client.get(url("secret_prepare", sitting.assembly.pk))
    assert "Aucune question à poser en secret." in text(page)
    assert "Préparer le scrutin" not in text(page)


def test_the_scrutineers_of_the_sitting_are_suggested() -> None:
    sitting = make_sitting(4)
    make_resolution(sitting.assembly)
    for user in sitting.users[:3]:
        sitting.seat(user)
    form = client_of(sitting.actor).get(url("secret_prepare", sitting.assembly.pk)).context["form"]
    assert sorted(form["trustees"].initial) == sorted(user.person_id for user in sitting.users[:3])
    assert form["threshold"].initial == 2


def test_members_read_and_do_not_prepare_and_strangers_find_nothing() -> None:
    sitting = make_sitting(3)
    asked = make_resolution(sitting.assembly)
    client_of(sitting.actor).post(url("secret_prepare", sitting.assembly.pk), typed(sitting, asked))
    vote = SecretVote.objects.get()
    member = client_of(sitting.users[2])
    listed = member.get(url("secret_list", sitting.assembly.pk))
    assert vote.title in text(listed)
    assert url("secret_prepare", sitting.assembly.pk) not in listed.content.decode()
    assert member.get(url("secret_prepare", sitting.assembly.pk)).status_code == 403
    page = member.get(vote.get_absolute_url())
    assert "Au tour de" in text(page)
    assert url("secret_ask", vote.pk, "arreter") not in page.content.decode()
    assert member.get(url("secret_ask", vote.pk, "arreter")).status_code == 403
    assert member.post(url("secret_act", vote.pk), {"do": "tally"}).status_code == 403
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    for name, args in (("secret_detail", [vote.pk]), ("secret_list", [sitting.assembly.pk])):
        assert stranger.get(url(name, *args)).status_code == 404
    assert stranger.post(url("secret_act", vote.pk), {"do": "tally"}).status_code == 404
