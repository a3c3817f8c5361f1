"""The pages of votes: cards, check, receipt; the bureau’s page; who sees what (GOV-25, GOV-29, GOV-30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import College, NamedBallot, Proxy, Vote
from governance.services.casting import cast
from governance.services.voting import close_vote
from governance.states.assemblies import ProxyOrigin
from governance.states.bodies import Electorate
from governance.states.votes import Method, VoteState, VoteWay
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.governance import make_member, make_resolution
from tests.factories.governance_votes import Sitting, make_election, make_sitting, make_vote, voice_of
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.factories.person_files import make_status

# The team of a demonstration comes in without a second factor.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def url(name: str, *args: Any) -> str:
    return reverse(f"governance:{name}", args=args)


def as_user(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


def _field(vote: Vote, sitting: Sitting, rank: int = 0) -> str:
    return f"voix-{voice_of(vote, sitting.members[rank]).pk}"


def test_a_member_reads_votes_checks_and_keeps_receipts(client: Client) -> None:
    sitting = make_sitting(2)
    votes = [make_vote(sitting), make_vote(sitting, make_election(sitting, method=Method.NAMES, seats=2))]
    as_user(client, sitting.users[0])
    pk = sitting.assembly.pk
    page = client.get(url("vote_cards", pk))
    assert page.status_code == 200
    assert "Texte mis aux voix" in page.content.decode()
    named = [str(choice["key"]) for choice in votes[1].choices[:2]]
    typed = {_field(votes[0], sitting): "pour", _field(votes[1], sitting): named}
    check = client.post(url("vote_check", pk), typed)
    assert check.status_code == 200
    assert "Candidature 1, Candidature 2" in check.content.decode()
    assert NamedBallot.objects.count() == 0
    done = client.post(url("vote_check", pk), typed | {"confirm": "1"}, follow=True)
    assert done.redirect_chain == [(url("vote_receipts", pk), 302)]
    receipts = list(NamedBallot.objects.values_list("receipt", flat=True))
    assert len(receipts) == 2
    assert all(receipt in done.content.decode() for receipt in receipts)
    found = client.get(url("vote_receipt", receipts[0]))
    assert receipts[0] in found.content.decode()
    # Sent again, from another tab: nothing new; read again, it says so.
    again = client.post(url("vote_check", pk), typed | {"confirm": "1"})
    assert again.status_code == 302
    assert client.post(url("vote_check", pk), typed).status_code == 422
    assert NamedBallot.objects.count() == 2


def test_a_choice_is_corrected_where_it_stands_and_what_was_chosen_stays(client: Client) -> None:
    sitting = make_sitting(3)
    judged = make_vote(sitting, make_election(sitting, method=Method.MAJORITY_JUDGMENT, candidates=2))
    ranked = make_vote(sitting, make_election(sitting, method=Method.TRANSFERABLE, candidates=2))
    as_user(client, sitting.users[0])
    first, second = (str(choice["key"]) for choice in judged.choices)
    one, two = (str(choice["key"]) for choice in ranked.choices)
    grades, ranks = _field(judged, sitting), _field(ranked, sitting)
    typed = {f"{grades}-{first}": "good", f"{ranks}-{one}": "1", f"{ranks}-{two}": "1"}
    page = client.post(url("vote_check", sitting.assembly.pk), typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert "Donnez une mention à chaque candidature." in text
    assert "Chaque rang ne porte qu’un nom" in text
    assert 'value="good"' in text
    back = client.post(
        url("vote_check", sitting.assembly.pk),
        typed | {f"{grades}-{second}": "poor", f"{ranks}-{two}": "2", "change": "1"},
    )
    assert back.status_code == 200
    assert NamedBallot.objects.count() == 0


def test_nothing_chosen_says_so(client: Client) -> None:
    sitting = make_sitting(1)
    make_vote(sitting)
    as_user(client, sitting.users[0])
    page = client.post(url("vote_check", sitting.assembly.pk), {})
    assert page.status_code == 422
    assert "Choisissez au moins une réponse" in page.content.decode()


def test_a_ballot_after_the_close_is_refused_and_nothing_is_written(client: Client) -> None:
    sitting = make_sitting(1)
    vote, other = make_vote(sitting), make_vote(sitting)
    as_user(client, sitting.users[0])
    close_vote(vote, actor=sitting.actor, at=timezone.now())
    typed = {_field(vote, sitting): "pour", _field(other, sitting): "contre", "confirm": "1"}
    page = client.post(url("vote_check", sitting.assembly.pk), typed)
    assert page.status_code == 422
    assert "rien n’a été enregistré" in page.content.decode()
    close_vote(other, actor=sitting.actor, at=timezone.now())
    page = client.post(url("vote_check", sitting.assembly.pk), typed)
    assert page.status_code == 422
    assert "Aucun vote n’est ouvert pour vous." in page.content.decode()
    assert NamedBallot.objects.count() == 0


def test_a_mandatary_reads_the_instruction_and_whose_voice_it_is(client: Client) -> None:
    sitting = make_sitting(1, absent=1)
    resolution = make_resolution(sitting.assembly)
    Proxy.objects.create(
        assembly=sitting.assembly,
        principal=sitting.members[1],
        holder=sitting.members[0],
        given_at=timezone.now() - timedelta(days=1),
        instructions={str(resolution.pk): "contre"},
        origin=ProxyOrigin.ACCOUNT,
    )
    make_vote(sitting, resolution)
    text = as_user(client, sitting.users[0]).get(url("vote_cards", sitting.assembly.pk)).content.decode()
    assert "Consigne reçue : Contre." in text
    assert f"Voix de {sitting.members[1]}" in text


def test_the_first_ballot_that_is_final_shows_no_choice_any_more(client: Client) -> None:
    sitting = make_sitting(1, ballot_final="first")
    vote = make_vote(sitting)
    voice = voice_of(vote, sitting.members[0])
    cast(vote, choices={voice.pk: {"answer": "pour"}}, actor=sitting.users[0], at=timezone.now())
    text = as_user(client, sitting.users[0]).get(url("vote_cards", sitting.assembly.pk)).content.decode()
    assert "définitif" in text
    assert f'name="voix-{voice.pk}"' not in text


def test_the_bureau_runs_a_vote_from_its_page(client: Client) -> None:
    sitting = make_sitting(3)
    resolution = make_resolution(sitting.assembly)
    as_user(client, sitting.actor)
    assert "Préparer le vote du texte" in client.get(url("vote_list", sitting.assembly.pk)).content.decode()
    client.post(url("vote_prepare", resolution.pk), {"way": VoteWay.HANDS})
    vote = Vote.objects.get()
    page = url("vote_detail", vote.pk)
    assert "Ouvrir le vote" in client.get(page).content.decode()
    client.post(url("vote_act", vote.pk), {"do": "open"})
    assert client.get(url("vote_counts", vote.pk)).status_code == 200
    wrong = client.post(url("vote_counts", vote.pk), {"n-pour": "9"})
    assert wrong.status_code == 422
    assert "il en reste 3" in wrong.content.decode()
    client.post(url("vote_counts", vote.pk), {"n-pour": "2", "n-contre": "1"})
    client.post(url("vote_act", vote.pk), {"do": "close"})
    client.post(url("vote_act", vote.pk), {"do": "close"})
    client.post(url("vote_act", vote.pk), {"do": "proclaim"})
    vote.refresh_from_db()
    assert vote.state == VoteState.PROCLAIMED
    assert "Adoptée : 2 pour ; il en fallait 2 sur 3." in client.get(page).content.decode()
    fixed = client.post(
        url("vote_correct", vote.pk), {"reason": "Mal compté.", "n-pour": "1", "n-contre": "2"}, follow=True
    )
    assert "Mal compté." in fixed.content.decode()
    assert "remplacé" in fixed.content.decode()
    assert client.post(url("vote_act", vote.pk), {"do": "dance"}).status_code == 404


def test_names_are_called_one_after_the_other(client: Client) -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting, way=VoteWay.ROLL_CALL)
    as_user(client, sitting.actor)
    page = url("vote_roll", vote.pk)
    for _turn in range(2):
        shown = client.get(page)
        voice = shown.context["voice"]
        client.post(f"{page}?voix={voice.pk}", {f"voix-{voice.pk}": "contre"})
    assert "Tous les noms ont répondu." in client.get(page).content.decode()
    assert NamedBallot.objects.count() == 2


def test_equal_sides_ask_the_chair_on_the_page(client: Client) -> None:
    sitting = make_sitting(2, casting_vote="chair")
    vote = make_vote(sitting)
    for user, associate, answer in zip(sitting.users, sitting.members, ("pour", "contre"), strict=True):
        cast(
            vote,
            choices={voice_of(vote, associate).pk: {"answer": answer}},
            actor=user,
            at=timezone.now(),
        )
    close_vote(vote, actor=sitting.actor, at=timezone.now())
    as_user(client, sitting.actor)
    assert "Partage égal" in client.get(url("vote_detail", vote.pk)).content.decode()
    act = url("vote_act", vote.pk)
    assert client.post(act, {"do": "proclaim", "casting_asked": "1"}).status_code == 422
    client.post(act, {"do": "proclaim", "casting_asked": "1", "casting": "pour"})
    vote.refresh_from_db()
    assert vote.state == VoteState.PROCLAIMED


def test_who_voted_what_is_read_after_the_proclamation_only(client: Client) -> None:
    sitting = make_sitting(2)
    vote = make_vote(sitting)
    voice = voice_of(vote, sitting.members[0])
    ballot = cast(vote, choices={voice.pk: {"answer": "pour"}}, actor=sitting.users[0], at=timezone.now())[0]
    page, receipt = url("vote_detail", vote.pk), url("vote_receipt", ballot.receipt)
    as_user(client, sitting.users[1])
    assert ballot.receipt not in client.get(page).content.decode()
    assert client.get(receipt).status_code == 404
    client.force_login(sitting.actor)
    assert ballot.receipt not in client.get(page).content.decode()
    client.post(url("vote_act", vote.pk), {"do": "close"})
    client.post(url("vote_act", vote.pk), {"do": "proclaim"})
    client.force_login(sitting.users[1])
    assert ballot.receipt in client.get(page).content.decode()
    assert client.get(receipt).status_code == 200


def test_strangers_find_nothing_and_members_run_nothing(client: Client) -> None:
    sitting = make_sitting(1)
    vote = make_vote(sitting)
    stranger, _associate = make_member()
    as_user(client, stranger)
    for name, key in (
        ("vote_cards", sitting.assembly.pk),
        ("vote_list", sitting.assembly.pk),
        ("vote_detail", vote.pk),
    ):
        assert client.get(url(name, key)).status_code == 404
    client.force_login(sitting.users[0])
    for name in ("vote_act", "vote_cancel", "vote_counts"):
        assert client.post(url(name, vote.pk), {"do": "close"}).status_code in (403, 404)
    vote.refresh_from_db()
    assert vote.state == VoteState.OPEN


@pytest.mark.parametrize("count", [1, 15])
def test_the_list_of_votes_is_read_in_a_number_of_queries_that_does_not_grow(
    client: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    sitting = make_sitting(1)
    for _one in range(count):
        make_vote(sitting)
    as_user(client, sitting.actor)
    client.get(url("vote_list", sitting.assembly.pk))
    with django_assert_max_num_queries(22):
        assert client.get(url("vote_list", sitting.assembly.pk)).status_code == 200


def test_an_entrepreneur_who_is_no_associate_votes_without_seeing_the_assembly(client: Client) -> None:
    sitting = make_sitting(1)
    outsider = make_user(RoleKind.ENTREPRENEUR)
    make_status(outsider.person, StatusKind.ENTREPRENEUR, BEGINNING)
    resolution = make_election(sitting, method=Method.NAMES, candidates=1, electorate=Electorate.ALL)
    vote = make_vote(sitting, resolution)
    as_user(client, outsider)
    pk, voice = sitting.assembly.pk, vote.voices.get(person=outsider.person)
    assert client.get(url("vote_cards", pk)).status_code == 200
    typed = {f"voix-{voice.pk}": str(vote.choices[0]["key"]), "confirm": "1"}
    assert client.post(url("vote_check", pk), typed).status_code == 302
    assert client.get(url("vote_receipts", pk)).status_code == 200
    assert client.get(url("vote_detail", vote.pk)).status_code == 200
    assert voice.ballots.count() == 1


def test_an_entrepreneur_who_is_no_associate_reads_of_their_own_vote_only(client: Client) -> None:
    sitting = make_sitting(1)
    outsider = make_user(RoleKind.ENTREPRENEUR)
    make_status(outsider.person, StatusKind.ENTREPRENEUR, BEGINNING)
    others = make_vote(sitting)
    said = {voice_of(others, sitting.members[0]).pk: {"answer": "pour"}}
    cast(others, choices=said, actor=sitting.users[0], at=timezone.now())
    close_vote(others, actor=sitting.actor, at=timezone.now())
    client.force_login(sitting.actor)
    client.post(url("vote_act", others.pk), {"do": "proclaim"})
    assert "Adoptée" in client.get(url("vote_list", sitting.assembly.pk)).content.decode()
    resolution = make_election(sitting, method=Method.NAMES, candidates=1, electorate=Electorate.ALL)
    own = make_vote(sitting, resolution)
    as_user(client, outsider)
    listed = client.get(url("vote_list", sitting.assembly.pk)).content.decode()
    assert url("vote_detail", own.pk) in listed
    assert others.resolution.title not in listed
    assert client.get(url("vote_detail", others.pk)).status_code == 404
    receipt = NamedBallot.objects.get(voice__vote=others).receipt
    assert client.get(url("vote_receipt", receipt)).status_code == 404
    # What they do not see is not offered as a way back.
    seen = client.get(url("vote_detail", own.pk)).content.decode()
    assert sitting.assembly.get_absolute_url() + '"' not in listed + seen


def test_hands_of_each_college_are_counted_apart(client: Client) -> None:
    one, two = (College.objects.create(name=name, rank=rank) for rank, name in enumerate("AB"))
    sitting = make_sitting(
        4,
        colleges=(one, two),
        college_weights=f"{one.pk}:60 {two.pk}:40",
        college_report="proportional",
        empty_college="lost",
        college_abstentions="outside",
    )
    vote = make_vote(sitting, way=VoteWay.HANDS)
    as_user(client, sitting.actor)
    counts = url("vote_counts", vote.pk)
    assert client.get(counts).status_code == 404
    assert client.post(f"{counts}?college={one.pk}", {"n-pour": "3"}).status_code == 422
    client.post(f"{counts}?college={one.pk}", {"n-pour": "2"})
    client.post(url("vote_act", vote.pk), {"do": "close"})
    client.post(url("vote_act", vote.pk), {"do": "proclaim"})
    vote.refresh_from_db()
    assert vote.state == VoteState.CLOSED
    client.post(f"{counts}?college={two.pk}", {"n-contre": "2"})
    client.post(url("vote_act", vote.pk), {"do": "proclaim"})
    assert "60 % des voix pondérées" in client.get(url("vote_detail", vote.pk)).content.decode()
