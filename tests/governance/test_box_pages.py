"""The board of a box, its files, the pages by which anybody verifies: the exact bytes, to whom, until when
(GOV-27, GOV-28, GOV-31)."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.models import Document
from governance.engines.ballots.audit import verify_archive
from governance.models import Ballot, BallotBox, DecryptionShare
from governance.selectors.box_archive import archive_of, head_of
from governance.selectors.verifiers import verifier
from governance.selectors.voting_programs import programs
from governance.services.ballot_casting import cast_ballot
from governance.states.secret import SecretState
from people.models import OpenSession
from tests.factories.governance_ballots import CONTRE, OpenBox, make_open_box
from tests.factories.governance_secret import make_scrutin
from tests.factories.people import make_user
from tests.house.moving import let_go
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

POLL: dict[str, Any] = {"HTTP_HX_REQUEST": "true"}
FILES = ("box_archive", "box_election", "box_roll")


def url(name: str, box: BallotBox | None = None) -> str:
    return reverse(f"governance:{name}", args=[box.uuid] if box else [])


def voter(made: OpenBox, rank: int = 0) -> Client:
    return client_of(made.sitting.users[rank])


def vote(made: OpenBox, rank: int, **choice: Any) -> str:
    """Casts a ballot; gives its tracker."""
    entry, actor = made.entry(rank), made.sitting.users[rank]
    return cast_ballot(entry, text=made.ballot(rank, **choice), actor=actor, at=timezone.now()).tracker


def whole(answer: Any) -> bytes:
    """The bytes of an answer, streamed or not."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


class TestBoard:
    def test_all_trackers_stand_in_alphabetical_order(self) -> None:
        made = make_open_box(5)
        trackers = [vote(made, rank) for rank in range(5)]
        page = voter(made).get(url("box_board", made.box))
        assert [one.tracker for one in page.context["trackers"]] == sorted(trackers)
        body = page.content.decode()
        places = [body.index(f"<code>{one}</code>") for one in sorted(trackers)]
        assert places == sorted(places)

    def test_it_says_what_identifies_the_box_and_how_many_voted(self) -> None:
        made = make_open_box()
        vote(made, 0)
        vote(made, 0, choice=CONTRE)
        said = text(voter(made).get(url("box_board", made.box)))
        assert head_of(made.box) in said
        assert made.box.fingerprint in said
        assert made.box.roll_fingerprint in said
        assert "1 bulletin sur 3 voix" in said
        assert "1 bulletin de plus a été remplacé" in said

    def test_a_ballot_that_another_replaced_is_marked(self) -> None:
        """In its place all the same: its order would tell which ballot came after it."""
        made = make_open_box()
        first, other, last = vote(made, 0), vote(made, 1), vote(made, 0, choice=CONTRE)
        page = voter(made).get(url("box_board", made.box))
        board = page.context["trackers"]
        assert [one.tracker for one in board] == sorted([first, other, last])
        assert [one.tracker for one in board if one.is_replaced] == [first]
        lines = re.findall("<li[^>]*>(.*?)</li>", page.content.decode(), re.DOTALL)
        assert [line for line in lines if "remplacé" in line] == [line for line in lines if first in line]

    def test_a_voter_whose_ballot_was_replaced_is_told_so(self) -> None:
        body = voter(made := make_open_box()).get(url("box_board", made.box)).content.decode()
        assert 'data-word-replaced="Ce bulletin est dans l’urne, mais un bulletin déposé plus tard' in body

    def test_an_empty_box_says_so(self) -> None:
        made = make_open_box()
        assert "Aucun bulletin n’est encore dans cette urne" in text(
            voter(made).get(url("box_board", made.box))
        )

    def test_it_is_asked_again_and_drawn_only_when_something_came(self) -> None:
        made = make_open_box()
        client, address = voter(made), url("box_board", made.box)
        assert "hx-get" in client.get(address).content.decode()
        first = client.get(address, **POLL)
        assert "<html" not in first.content.decode()
        assert client.get(address, **POLL, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
        tracker = vote(made, 1)
        again = client.get(address, **POLL, HTTP_IF_NONE_MATCH=first["ETag"])
        assert again.status_code == 200
        assert tracker in again.content.decode()

    def test_its_queries_do_not_grow_with_ballots(self, django_assert_max_num_queries: Any) -> None:
        made = make_open_box(4)
        client, address = voter(made), url("box_board", made.box)
        client.get(address)
        with django_assert_max_num_queries(100) as counted:
            client.get(address)
        most = len(counted)
        for rank in range(4):
            vote(made, rank)
        with django_assert_max_num_queries(most):
            assert len(client.get(address).context["trackers"]) == 4

    def test_no_search_leaves_the_page(self) -> None:
        made = make_open_box()
        body = voter(made).get(url("box_board", made.box)).content.decode()
        search = body[body.index("data-trackers") - 200 : body.index("data-told")]
        assert 'method="dialog"' in search
        assert "name=" not in search


class TestDoors:
    @pytest.mark.parametrize("name", ["box_board", *FILES])
    def test_before_the_archive_is_published_only_those_of_the_scrutin_see_it(self, name: str) -> None:
        made = make_open_box()
        address = url(name, made.box)
        assert voter(made).get(address).status_code == 200
        assert client_of(made.sitting.actor).get(address).status_code == 200
        assert client_of(make_user()).get(address).status_code == 404
        away = Client().get(address)
        assert away.status_code == 302
        assert away.url.startswith(resolve_url(settings.LOGIN_URL))

    @pytest.mark.parametrize("name", ["box_board", *FILES, "box_proofs"])
    def test_no_address_tells_whether_a_box_is_there(self, name: str) -> None:
        address = reverse(f"governance:{name}", args=["pasdurnedecenom"])
        assert client_of(make_user()).get(address).status_code == 404
        assert Client().get(address).status_code == 302
        assert Client().get(address, **POLL).status_code == 401

    @pytest.mark.parametrize("name", ["box_board", *FILES, "box_proofs"])
    def test_a_name_that_no_box_can_have_is_that_of_none(self, name: str) -> None:
        address = reverse(f"governance:{name}", args=["NUL"]).replace("NUL", "%00")
        assert client_of(make_user()).get(address).status_code == 404
        assert Client().get(address).status_code == 302

    def test_a_box_that_is_not_sealed_shows_nothing(self) -> None:
        scrutin = make_scrutin(SecretState.ROLL_FROZEN)
        for name in ("box_board", *FILES):
            assert client_of(scrutin.actor).get(url(name, scrutin.box)).status_code == 404

    def test_nothing_is_noted_of_who_looks(self) -> None:
        made = make_open_box()
        client = voter(made)
        OpenSession.objects.all().delete()
        for name in ("box_board", *FILES):
            assert client.get(url(name, made.box)).status_code == 200
        assert not OpenSession.objects.exists()

    def test_nothing_is_written_by_these_addresses(self) -> None:
        made = make_open_box()
        for name in ("box_board", *FILES):
            assert voter(made).post(url(name, made.box)).status_code == 405


class TestFiles:
    def test_election_and_roll_are_the_very_texts_that_were_hashed(self) -> None:
        made = make_open_box()
        client = voter(made)
        for name, content in (("box_election", made.box.election), ("box_roll", made.box.roll)):
            answer = client.get(url(name, made.box))
            assert answer.content == content.encode()
            assert answer["Content-Type"] == "application/json"
            again = client.get(url(name, made.box), HTTP_IF_NONE_MATCH=answer["ETag"])
            assert (again.status_code, again.content) == (304, b"")

    def test_the_archive_of_an_open_box_is_sound_and_known_by_its_head(self) -> None:
        made = make_open_box()
        client, address = voter(made), url("box_archive", made.box)
        vote(made, 0)
        answer = client.get(address)
        archive = whole(answer)
        assert archive == archive_of(made.box)
        assert verify_archive(archive, unfinished=True).faults == []
        assert head_of(made.box) in answer["ETag"]
        assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 304
        vote(made, 1)
        assert client.get(address, HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 200

    def test_there_are_no_proofs_before_a_share(self) -> None:
        made = make_open_box()
        assert voter(made).get(url("box_proofs", made.box)).status_code == 404
        assert "Preuves renforcées" not in text(voter(made).get(url("box_board", made.box)))

    def test_rows_that_make_no_file_are_said_before_anything_of_it_leaves(self) -> None:
        scrutin = make_scrutin(SecretState.DECRYPTED)
        client = client_of(scrutin.actor)
        let_go(DecryptionShare)
        scrutin.box.shares.filter(owner=4).update(strict="x")
        assert client.get(url("box_archive", scrutin.box)).status_code == 200
        scrutin.box.shares.filter(owner=4).update(text="x")
        for name in ("box_archive", "box_proofs"):
            answer = client.get(url(name, scrutin.box))
            assert answer.status_code == 409
            assert "Cette urne est altérée : " in text(answer)
            # Once it is put right, nobody is told that nothing changed.
            assert "ETag" not in answer


def test_once_recorded_anybody_reads_the_board_and_verifies_its_files() -> None:
    scrutin = make_scrutin(SecretState.RECORDED)
    box, anybody = scrutin.box, Client()
    said = text(anybody.get(url("box_board", box)))
    assert "Ce tableau est public." in said
    assert box.report["archive_sha256"] in said
    for tracker in Ballot.objects.filter(box=box).values_list("tracker", flat=True):
        assert tracker in said
    archive = whole(anybody.get(url("box_archive", box)))
    assert hashlib.sha256(archive).hexdigest() == box.report["archive_sha256"]
    filed = Document.objects.get(name=f"{box.uuid}.bel")
    assert filed.sha256 == box.report["archive_sha256"]
    strict = anybody.get(url("box_proofs", box)).content
    assert verify_archive(archive, strict=strict).faults == []
    assert scrutin.vote.get_absolute_url() not in anybody.get(url("box_board", box)).content.decode()
    assert "hx-get" not in anybody.get(url("box_board", box)).content.decode()


class TestVerifying:
    def test_the_programs_are_told_with_what_their_files_hash_to(self) -> None:
        said = text(Client().get(url("box_verify")))
        static = Path(settings.BASE_DIR) / "static"
        for name, digest in programs().items():
            assert name in said
            assert digest in said
            assert hashlib.sha256((static / name).read_bytes()).hexdigest() == digest

    def test_the_verifier_is_given_with_its_hash(self) -> None:
        given = Client().get(url("box_program"))
        assert hashlib.sha256(given.content).hexdigest() in text(Client().get(url("box_verify")))
        assert "verify_election.py" in given["Content-Disposition"]
        assert given.content == (Path(settings.BASE_DIR) / "docs/verify/verify_election.py").read_bytes()

    def test_the_command_line_is_one_that_the_verifier_takes(self) -> None:
        page = Client().get(url("box_verify")).content.decode()
        ours = page[page.index("python3 verify_election.py") : page.index("belenios-tool")]
        options = set(re.findall(r"--[a-z-]+", ours))
        program = verifier().content.decode()
        assert options >= {"--strict-proofs", "--head", "--fingerprint", "--roll", "--voters", "--tracker"}
        assert {option for option in options if f'"{option}"' not in program} == set()

    def test_an_opened_ballot_is_checked_where_nothing_can_be_sent(self) -> None:
        page = Client().get(url("ballot_check")).content.decode()
        form = page[page.index("<form") : page.index("</form>")]
        assert 'method="dialog"' in form
        assert "action=" not in form
        assert "name=" not in form

    @pytest.mark.parametrize("name", ["box_verify", "ballot_check"])
    def test_members_read_them_in_their_own_frame(self, name: str) -> None:
        assert 'class="sidebar' in client_of(make_user()).get(url(name)).content.decode()
        assert 'class="sidebar' not in Client().get(url(name)).content.decode()


def test_the_words_of_the_scripts_are_all_in_the_pages() -> None:
    """A word that a template forgets would be said as « an error occurred »."""
    made = make_open_box()
    page = voter(made).get(reverse("governance:secret_cast", args=[made.vote.pk])).content.decode()
    cast = (
        "sealing sealed casting cast blank nothing file qr failed code-malformed credential-unknown"
        " wrong-election unreachable expired tracker-differs nothing-sealed maybe-cast choice-invalid"
    )
    assert [word for word in cast.split() if f'data-word-{word}="' not in page] == []
    assert re.findall(r"<(\w+)[^>]* data-received", page) == ["dt", "dd"]
    page = Client().get(url("ballot_check")).content.decode()
    checked = (
        "checking true blank nothing failed not-canonical shape-wrong hash-wrong signature-wrong proof-wrong"
        " nonce-wrong"
    )
    assert [word for word in checked.split() if f'data-word-{word}="' not in page] == []
