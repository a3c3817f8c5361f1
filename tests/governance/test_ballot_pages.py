"""The page of a voter, and the ballot that it sends: who votes, for which voice, what is refused (GOV-26)."""

from __future__ import annotations

import html
import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.engines.ballots.canonical import dumps, loads_exact
from governance.engines.ballots.credentials import new_code, new_uuid, public_credential
from governance.engines.ballots.elections import read_election
from governance.engines.ballots.faults import Fault
from governance.engines.ballots.group import b64_of
from governance.engines.ballots.making import make_ballot
from governance.models import Ballot, BallotBox, College, RollEntry
from governance.selectors.secret_voting import kept_code_mails
from governance.services.paper_voices import note_paper
from governance.services.roll_rewriting import rewrite_roll
from governance.states.secret import Channel, CodeMode, SecretState
from people.models import OpenSession
from tests.factories.governance_ballots import CONTRE, POUR, OpenBox, make_open_box, seal
from tests.factories.governance_secret import make_scrutin
from tests.factories.people import make_user
from tests.house.moving import changed_since, everything
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

POLL: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}


def page_of(made: OpenBox, **query: str) -> str:
    return reverse("governance:secret_cast", args=[made.vote.pk], query=query or None)


def voter(made: OpenBox, rank: int = 0) -> Client:
    return client_of(made.sitting.users[rank])


def send(client: Client, made: OpenBox, entry: RollEntry | str, ballot: Any) -> Any:
    """What the page sends."""
    key = entry if isinstance(entry, str) else str(entry.pk)
    return client.post(
        reverse("governance:secret_ballot", args=[made.vote.pk]),
        json.dumps({"voice": key, "ballot": ballot}),
        content_type="application/json",
    )


def second_box(made: OpenBox) -> tuple[BallotBox, list[str]]:
    """The box of a college, in which the first member casts the voice of the second; the code of it."""
    college = College.objects.create(name="Usagers")
    codes = [new_code()]
    box = BallotBox.objects.create(secret_vote=made.vote, college=college, uuid=new_uuid())
    first, second = made.sitting.members[:2]
    RollEntry.objects.create(box=box, associate=second, holder=first)
    seal(box, [public_credential(box.uuid, code) for code in codes])
    return box, codes


class TestPage:
    def test_a_voter_sees_each_question_its_text_and_the_fingerprints(self) -> None:
        made = make_open_box()
        page = voter(made).get(page_of(made))
        said = text(page)
        assert page.status_code == 200
        for words in ("Comptes de l’année", "Pour", "Contre", "Abstention", made.box.fingerprint):
            assert words in said
        assert made.box.roll_fingerprint in said
        assert "sans lui, demandez au bureau le poste de vote" in said.lower()

    def test_it_runs_no_script_but_the_hashed_ones(self) -> None:
        made = make_open_box()
        page = voter(made).get(page_of(made)).content.decode()
        assert page.count("<script") == 1
        assert 'src="/static/js/voting.js"' in page
        assert "hx-get" not in page

    def test_no_copy_of_it_is_kept_by_a_browser(self) -> None:
        made = make_open_box()
        assert "no-store" in voter(made).get(page_of(made))["Cache-Control"]

    def test_no_address_of_the_page_names_a_voice(self) -> None:
        """Proxies and logs keep addresses: the voice goes in what is sent."""
        made = make_open_box()
        page = voter(made).get(page_of(made)).content.decode()
        key = str(made.entry(0).pk)
        assert page.count(key) == 1
        assert f'value="{key}"' in page

    def test_one_voice_is_told_several_are_chosen_from(self) -> None:
        made = make_open_box(held={1: 0})
        alone = voter(made, 2).get(page_of(made)).content.decode()
        assert 'type="hidden"' in alone
        assert "Quelle voix donnez-vous" not in alone
        page = voter(made, 0).get(page_of(made))
        assert [voice.entry for voice in page.context["open_voices"]] == [made.entry(0), made.entry(1)]
        assert "Quelle voix donnez-vous" in text(page)

    def test_the_voice_of_somebody_else_alone_in_hand_is_named(self) -> None:
        made = make_open_box(held={0: 1})
        note_paper(made.entry(1), actor=made.sitting.actor, at=timezone.now())
        page = voter(made, 1).get(page_of(made))
        assert f"Vous donnez la voix de {made.entry(0)}" in text(page)

    def test_who_has_voted_is_told_so_and_may_vote_again(self) -> None:
        made = make_open_box()
        send(voter(made), made, made.entry(0), made.ballot(0))
        page = voter(made).get(page_of(made)).content.decode()
        assert "<div data-voted >" in page
        assert "<div data-voted hidden>" in voter(made, 1).get(page_of(made)).content.decode()

    def test_where_the_first_ballot_is_final_nothing_is_left_to_do(self) -> None:
        made = make_open_box(ballot_final="first")
        before = voter(made).get(page_of(made))
        assert "data-final" in before.content.decode()
        assert "Voter à nouveau" not in text(before)
        assert "votez à nouveau" not in text(before)
        send(voter(made), made, made.entry(0), made.ballot(0))
        said = text(voter(made).get(page_of(made)))
        assert "Il n’y a plus rien à voter ici" in said
        assert "le premier bulletin est définitif" in said

    def test_who_votes_on_paper_has_no_ballot_here(self) -> None:
        made = make_open_box()
        note_paper(made.entry(0), actor=made.sitting.actor, at=timezone.now())
        page = voter(made).get(page_of(made))
        assert f"{made.entry(0)} : sur papier" in text(page)
        assert "data-voting" not in page.content.decode()

    def test_voices_in_several_boxes_are_given_box_by_box(self) -> None:
        made = make_open_box()
        other, _codes = second_box(made)
        choice = voter(made).get(page_of(made))
        assert "plusieurs urnes" in text(choice)
        assert f"?urne={other.uuid}" in choice.content.decode()
        assert "data-voting" not in choice.content.decode()
        chosen = voter(made).get(page_of(made, urne=other.uuid))
        assert chosen.context["box"] == other
        assert voter(made, 2).get(page_of(made, urne=other.uuid)).status_code == 404

    def test_its_queries_do_not_grow_with_voices(self, django_assert_max_num_queries: Any) -> None:
        made = make_open_box(8, held={1: 0, 2: 0, 3: 0, 4: 0})
        one, five = voter(made, 7), voter(made, 0)
        one.get(page_of(made))
        with django_assert_max_num_queries(100) as counted:
            one.get(page_of(made))
        most = len(counted)
        with django_assert_max_num_queries(most):
            assert len(five.get(page_of(made)).context["open_voices"]) == 5

    def test_the_demonstration_shows_the_mails_that_it_kept(self) -> None:
        scrutin = make_scrutin(SecretState.OPEN, mode=CodeMode.MAIL)
        page = client_of(scrutin.sitting.users[0]).get(
            reverse("governance:secret_cast", args=[scrutin.vote.pk])
        )
        assert "cet e-mail n’est pas parti" in text(page)
        [mail] = page.context["mails"]
        assert mail in html.unescape(page.content.decode())

    def test_a_house_that_is_no_demonstration_shows_no_mail(self, settings: Any) -> None:
        settings.DEMONSTRATION = False
        scrutin = make_scrutin(SecretState.OPEN, mode=CodeMode.MAIL)
        assert kept_code_mails(scrutin.vote, scrutin.sitting.users[0]) == []


def test_before_the_opening_the_page_says_so() -> None:
    scrutin = make_scrutin(SecretState.TESTED)
    page = client_of(scrutin.sitting.users[0]).get(reverse("governance:secret_cast", args=[scrutin.vote.pk]))
    assert "Le scrutin n’est pas encore ouvert" in text(page)
    assert "data-voting" not in page.content.decode()


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (SecretState.PAUSED, "Le scrutin est suspendu"),
        (SecretState.CLOSED, "Le scrutin est clos"),
        (SecretState.RECORDED, "Le scrutin est clos"),
        (SecretState.CANCELLED, "Scrutin annulé"),
    ],
)
def test_where_no_ballot_enters_the_page_says_why_and_asks_again(state: str, said: str) -> None:
    made = make_open_box()
    made.move(state, cancel_reason="Une erreur d’ordre du jour.")
    client = voter(made)
    page = client.get(page_of(made))
    assert said in text(page)
    assert "hx-get" in page.content.decode()
    part = client.get(page_of(made), **POLL)
    assert said in text(part)
    assert "<html" not in part.content.decode()
    assert client.get(page_of(made), **POLL, HTTP_IF_NONE_MATCH=part["ETag"]).status_code == 304


def test_who_waits_is_led_to_the_ballot_once_it_opens() -> None:
    made = make_open_box()
    made.move(SecretState.PAUSED)
    client = voter(made)
    before = client.get(page_of(made), **POLL)
    made.move(SecretState.OPEN)
    after = client.get(page_of(made), **POLL, HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200
    assert f'href="{page_of(made)}"' in after.content.decode()


def test_the_hour_of_the_close_is_told() -> None:
    made = make_open_box(closes_at=timezone.now() + timedelta(hours=1))
    page = voter(made).get(page_of(made)).content.decode()
    assert "Clôture prévue le" in page
    assert f'data-closes-at="{timezone.localtime(made.vote.closes_at).isoformat()}"' in page


def test_once_the_hour_has_passed_the_page_offers_no_ballot() -> None:
    late = make_open_box(closes_at=timezone.now() - timedelta(seconds=1))
    page = voter(late).get(page_of(late))
    assert "Le scrutin est clos" in text(page)
    assert "data-voting" not in page.content.decode()


class TestDoors:
    def test_who_has_no_voice_has_no_ballot(self) -> None:
        made = make_open_box()
        organiser = client_of(made.sitting.actor)
        assert organiser.get(page_of(made)).status_code == 403
        assert send(organiser, made, made.entry(0), made.ballot(0)).status_code == 403
        assert not Ballot.objects.exists()

    def test_to_a_stranger_the_scrutin_does_not_exist(self) -> None:
        made = make_open_box()
        stranger = client_of(make_user())
        assert stranger.get(page_of(made)).status_code == 404
        assert send(stranger, made, made.entry(0), made.ballot(0)).status_code == 404

    def test_who_is_signed_out_is_sent_to_the_login(self) -> None:
        made = make_open_box()
        answer = send(Client(), made, made.entry(0), made.ballot(0))
        assert answer.status_code == 302
        assert answer.url.startswith(resolve_url(settings.LOGIN_URL))
        assert not Ballot.objects.exists()

    def test_a_token_is_asked(self) -> None:
        made = make_open_box()
        client = Client(enforce_csrf_checks=True)
        client.force_login(made.sitting.users[0])
        assert send(client, made, made.entry(0), made.ballot(0)).status_code == 403
        assert not Ballot.objects.exists()

    def test_nothing_is_noted_of_the_visit(self) -> None:
        made = make_open_box()
        client = voter(made)
        OpenSession.objects.all().delete()
        client.get(page_of(made))
        assert send(client, made, made.entry(0), made.ballot(0)).status_code == 200
        assert not OpenSession.objects.exists()


class TestBallot:
    def test_it_is_answered_with_its_tracker_and_a_quarter_of_an_hour(self) -> None:
        made = make_open_box()
        answer = send(voter(made), made, made.entry(0), made.ballot(0))
        ballot, entry = Ballot.objects.get(), made.entry(0)
        told = answer.json()
        assert answer.status_code == 200
        assert told["tracker"] == ballot.tracker
        start = timezone.localtime(entry.quarter)
        assert f"entre {start:%H:%M} et " in told["quarter"]
        assert str(start.year) in told["quarter"]

    def test_it_may_be_cast_for_somebody_whose_proxy_one_holds(self) -> None:
        made = make_open_box(held={1: 0})
        assert send(voter(made), made, made.entry(1), made.ballot(1)).status_code == 200
        assert (made.entry(0).has_voted, made.entry(1).has_voted) == (False, True)

    def test_what_is_refused_is_one_sentence_and_changes_nothing(self) -> None:
        made = make_open_box()
        good, client = made.ballot(0), voter(made)
        # Well hashed: what no database keeps comes as far as the list of codes.
        nul = {**loads_exact(good), "credential": "\x00"}
        del nul["signature"]
        nul["signature"] = {"hash": b64_of(dumps(nul)), "proof": loads_exact(good)["signature"]["proof"]}
        other, [code] = second_box(made)
        elsewhere = make_ballot(read_election(other.election), code, [POUR])
        cases: list[tuple[Any, Any, int, str, str]] = [
            (made.entry(1), good, 422, "not_allowed", "entre vos mains"),
            (str(uuid4()), good, 422, "not_allowed", "entre vos mains"),
            ("x", good, 400, Fault.SHAPE_WRONG, "Une partie manque"),
            (made.entry(0), {"a": 1}, 400, Fault.SHAPE_WRONG, "Une partie manque"),
            (made.entry(0), good + " ", 422, Fault.NOT_CANONICAL, "pas écrit de la seule façon"),
            (made.entry(0), elsewhere, 422, Fault.WRONG_ELECTION, "autre élection"),
            (made.entry(0), dumps(nul), 422, Fault.POINT_INVALID, ""),
            (made.entry(0), "\ud800", 400, Fault.SHAPE_WRONG, "Une partie manque"),
        ]
        before = everything()
        for entry, ballot, status, fault, words in cases:
            answer = send(client, made, entry, ballot)
            assert (answer.status_code, answer.json()["fault"]) == (status, fault)
            assert words in answer.json()["message"]
        assert changed_since(before) == []

    @pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"voice": 1}', b"[" * 5000])
    def test_a_body_that_is_no_ballot_is_refused(self, body: bytes) -> None:
        made = make_open_box()
        address = reverse("governance:secret_ballot", args=[made.vote.pk])
        answer = voter(made).post(address, body, content_type="application/json")
        assert answer.status_code == 400
        assert answer.json()["fault"] == Fault.SHAPE_WRONG

    def test_sent_again_it_is_known_as_already_there(self) -> None:
        """The page of who lost the answer takes it for what it is: in the box."""
        made = make_open_box()
        ballot = made.ballot(0, CONTRE)
        send(voter(made), made, made.entry(0), ballot)
        again = send(voter(made), made, made.entry(0), ballot)
        assert (again.status_code, again.json()["fault"]) == (422, Fault.SEEN_BEFORE)
        assert Ballot.objects.count() == 1

    def test_closed_meanwhile_is_said(self) -> None:
        made = make_open_box()
        ballot = made.ballot(0, POUR)
        made.move(SecretState.CLOSED)
        answer = send(voter(made), made, made.entry(0), ballot)
        assert answer.status_code == 422
        assert "clos" in answer.json()["message"]
        assert not Ballot.objects.exists()

    def test_once_the_roll_is_written_anew_an_old_page_is_refused_in_words(self) -> None:
        made = make_open_box()
        old, ballot = str(made.entry(0).pk), made.ballot(0)
        rewrite_roll(made.box)
        answer = send(voter(made), made, old, ballot)
        assert (answer.status_code, answer.json()["fault"]) == (422, "not_allowed")


class TestRoom:
    """« Participer », where an associate follows the sitting."""

    def room(self, made: OpenBox, rank: int = 0, **more: Any) -> Any:
        return voter(made, rank).get(
            reverse("governance:member_assembly", args=[made.vote.assembly_id]), **more
        )

    def test_it_leads_to_the_scrutin_that_is_open(self) -> None:
        made = make_open_box(held={1: 0})
        page = self.room(made)
        assert "Un scrutin secret est ouvert" in text(page)
        assert "2 bulletins à donner." in text(page)
        assert page_of(made) in page.content.decode()

    def test_whoever_casts_no_voice_is_called_to_nothing(self) -> None:
        made = make_open_box(held={1: 0})
        assert "scrutin secret" not in text(self.room(made, 1))

    def test_what_was_cast_is_told_at_the_next_look(self) -> None:
        made = make_open_box()
        first = self.room(made, **POLL)
        send(voter(made), made, made.entry(0), made.ballot(0))
        client = voter(made)
        address = reverse("governance:member_assembly", args=[made.vote.assembly_id])
        again = client.get(address, **POLL, HTTP_IF_NONE_MATCH=first["ETag"])
        assert again.status_code == 200
        assert "Toutes vos voix ont voté" in text(again)

    def test_a_voice_noted_on_paper_is_not_said_to_be_in_the_box(self) -> None:
        made = make_open_box()
        made.box.entries.filter(pk=made.entry(0).pk).update(channel=Channel.PAPER)
        said = text(self.room(made))
        assert "Toutes vos voix ont voté" in said
        assert "voter à nouveau" not in said

    def test_a_pause_is_told_and_the_close_ends_it(self) -> None:
        made = make_open_box()
        made.move(SecretState.PAUSED)
        assert "Le scrutin secret est suspendu" in text(self.room(made))
        made.move(SecretState.CLOSED)
        assert "scrutin secret" not in text(self.room(made)).lower()
