"""The secret ballots of the demonstration, as a visitor meets them: one to verify, one to lead to its end
with the keys that a paper gives."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client, TestCase, override_settings
from django.urls import reverse
from pypdf import PdfReader

from cae.core.documents import read_document
from cae.core.mail import mails_about
from governance.engines.ballots.ceremony import private_share
from governance.engines.ballots.elections import read_election
from governance.engines.ballots.making import make_ballot
from governance.engines.ballots.sharing import decrypt, strict_decrypt
from governance.models import Assembly, BallotBox, Minutes, Paper, SecretVote, Trustee, VoteResult
from governance.selectors.box_archive import tally_of
from governance.selectors.secret_ceremony import certificates_of, state_for, trustees_of
from governance.selectors.secret_journal import is_sealed
from governance.selectors.secret_voting import CODES
from governance.states.secret import SecretState
from tests.demonstration.secret_house import load_members

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
CODE = r"\w{5}-\w{6}-\w{5}-\w{6}"


def entered(slug: str) -> Client:
    """The client of a visitor who chose this account on the page of sign-in."""
    client = Client()
    answer = client.post(reverse("demonstration:enter"), {"email": f"{slug}@demo.coop"})
    assert answer.status_code == 302
    return client


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_the_sitting_opens_on_the_day_of_the_loading_whatever_its_hour() -> None:
    """Twenty minutes past midnight, the day after the 29th of February: it was called the evening before."""
    now = datetime(2028, 2, 29, 23, 20, tzinfo=UTC)
    with time_machine.travel(now, tick=True):
        load_members(today=date(2028, 3, 1), now=now)
        vote = SecretVote.objects.get(state=SecretState.OPEN)
        assert vote.assembly.starts_at < now
        assert vote.boxes.get().ballots.count() == 31


@override_settings(DEMONSTRATION=True)
class Visited(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        with time_machine.travel(NOW, tick=True):
            load_members(today=NOW.date(), now=NOW)

    def setUp(self) -> None:
        clock = time_machine.travel(NOW, tick=True)
        clock.start()
        self.addCleanup(clock.stop)
        self.vote = SecretVote.objects.get(state=SecretState.OPEN)
        self.box = self.vote.boxes.get()

    def test_the_scrutin_of_june_is_in_its_minutes_and_anybody_verifies_it(self) -> None:
        vote = SecretVote.objects.get(state=SecretState.RECORDED)
        result = VoteResult.objects.get(vote__secret_question__secret_vote=vote)
        assert (result.verdict, result.facts["by_door"]["secret"]["contre"]) == ("adopted", 3)
        assert is_sealed(vote)
        assert vote.title in json.dumps(Minutes.objects.get(assembly=vote.assembly).facts, ensure_ascii=False)
        box = vote.boxes.get()
        stranger = Client()
        for ballot in box.ballots.all():
            self.assertContains(
                stranger.get(reverse("governance:box_board", args=[box.uuid])), ballot.tracker
            )
        self._verified(box, stranger, voters=22)

    def test_the_sitting_of_the_day_waits_for_its_visitors(self) -> None:
        assembly = Assembly.objects.get(state="open")
        assert assembly.title == "Assemblée ordinaire du printemps"
        assert (self.box.entries.count(), self.box.ballots.count()) == (35, 31)
        page = entered("associate").get(self._at("voter")).content.decode()
        assert "data-voting" in page
        codes = set(re.findall(CODE, page))
        assert len(codes) == 2
        mail = mails_about(self.vote).get(cause=CODES, to="associate@demo.coop")
        for door in ("mail", "mail_html"):
            read = Client().get(reverse(f"demonstration:{door}", args=[mail.pk])).content.decode()
            assert set(re.findall(CODE, read)) == codes

    def test_a_visitor_votes_closes_opens_with_two_keys_and_verifies(self) -> None:
        voter, chair = entered("associate"), entered("manager")
        tracker = self._cast(voter)
        keys = self._keys_of_the_paper(voter)
        self._post(chair, "clore")
        self._do(chair, "tally")
        self._give_share("life", keys)
        assert self._state() == SecretState.TALLIED
        self._give_share("trusted", keys)
        assert self._state() == SecretState.DECRYPTED
        self._do(chair, "verify")
        self._post(chair, "proclamer")
        self._post(chair, "publier")
        assert self._state() == SecretState.RECORDED
        results = VoteResult.objects.filter(vote__secret_question__secret_vote=self.vote)
        assert [one.verdict for one in results.order_by("pk")] == ["elected", "adopted"]
        self.assertContains(Client().get(reverse("governance:box_board", args=[self.box.uuid])), tracker)
        self._verified(self.box, Client(), tracker=[tracker], voters=32)

    # Steps of a visitor.

    def _at(self, word: str) -> str:
        return f"/scrutins/{self.vote.pk}/{word}/"

    def _state(self) -> str:
        return SecretVote.objects.values_list("state", flat=True).get(pk=self.vote.pk)

    def _do(self, client: Client, act: str) -> None:
        assert client.post(self._at("faire"), {"do": act}).status_code == 302

    def _post(self, client: Client, word: str) -> None:
        assert client.post(self._at(f"faire/{word}"), {}).status_code == 302

    def _cast(self, client: Client) -> str:
        """Votes with the code that the page shows, for the first name and for."""
        page = client.get(self._at("voter")).content.decode()
        voice = re.findall(r'name="voice"\s+value="([0-9a-f-]{36})"', page)[0]
        code = re.findall(CODE, page)[0]
        box = BallotBox.objects.get(pk=self.box.pk)
        text = make_ballot(read_election(box.election), code, [[0, 1, 0, 0], [1, 0, 0]])
        body = {"voice": voice, "ballot": text}
        answer = client.post(self._at("voter/bulletin"), json.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content
        return str(answer.json()["tracker"])

    def _keys_of_the_paper(self, client: Client) -> dict[str, str]:
        """{account: key}, as printed."""
        paper = Paper.objects.get(assembly=self.vote.assembly, title="Essayer le scrutin secret")
        page = client.get(self.vote.assembly.get_absolute_url(), follow=True)
        self.assertContains(page, paper.title)
        text = "".join(
            one.extract_text() for one in PdfReader(io.BytesIO(read_document(paper.document))).pages
        )
        assert "31 bulletins" in text
        found = re.findall(rf"\((\w+)@demo\.coop\)\s*:\s*({CODE})", text)
        assert [slug for slug, _key in found] == ["trusted", "associate", "life"]
        return dict(found)

    def _give_share(self, slug: str, keys: dict[str, str]) -> None:
        """What the browser of this scrutineer makes of a key typed from the paper."""
        trustee = Trustee.objects.get(secret_vote=self.vote, person__user__email=f"{slug}@demo.coop")
        member = certificates_of(trustees_of(self.vote)).members[trustee.index - 1]
        private = private_share(keys[slug].replace("-", ""), member, state_for(trustee)["privateKey"])
        box = BallotBox.objects.get(pk=self.box.pk)
        sums, about = tally_of(box), {"fingerprint": box.fingerprint}
        owner = trustee.index + 1
        message = {
            "owner": owner,
            "partial": decrypt(sums, private, **about),
            "strict": strict_decrypt(sums, private, owner=owner, **about),
        }
        words = json.dumps(message, separators=(",", ":"), ensure_ascii=False)
        sent = {"step": "share", "message": words, "box": box.uuid}
        client = entered(slug)
        assert client.get(self._at("ma-cle")).status_code == 200
        answer = client.post(self._at("ma-cle/etapes"), json.dumps(sent), content_type="application/json")
        assert answer.status_code == 200, answer.content

    def _verified(self, box: BallotBox, client: Client, **expected: Any) -> None:
        """The files that the board offers, under the program that anybody may run."""
        with TemporaryDirectory() as folder:
            files = {}
            for name, address in (("archive.bel", "box_archive"), ("proofs.json", "box_proofs")):
                answer = client.get(reverse(f"governance:{address}", args=[box.uuid]))
                assert answer.status_code == 200
                files[name] = Path(folder) / name
                files[name].write_bytes(answer.getvalue() if answer.streaming else answer.content)
            said = io.StringIO()
            call_command(
                "verify_election",
                str(files["archive.bel"]),
                strict_proofs=files["proofs.json"],
                stdout=said,
                **expected,
            )
            assert said.getvalue()
