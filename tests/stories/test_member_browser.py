"""An associate from the convocation to the receipt, on a phone of 360 px and by the keyboard alone: papers,
question, proxy, then after all in the room; three resolutions in one gesture, and the code that finds the
ballot again (GOV-20, GOV-23, GOV-25, GOV-35)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from cae.core.models import OutgoingEmail
from governance.models import Associate, Convocation, NamedBallot, Proxy, Vote
from governance.services.agenda import add_paper
from governance.services.casting import voice_field
from governance.services.convening import convene
from governance.services.proclaiming import proclaim
from governance.services.sitting import close_sitting, open_sitting
from governance.services.voting import close_vote, open_vote, prepare_vote
from governance.states.votes import VoteWay
from people.models import User
from tests.factories.governance import make_member, make_organiser, make_resolution, make_rule_set
from tests.factories.governance_assemblies import make_draft
from tests.factories.governance_room import attend, make_bureau
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
CALLED = datetime(2027, 5, 10, 10, tzinfo=PARIS)
HELD = datetime(2027, 6, 9, 10, tzinfo=PARIS)
TITLE = "Assemblée de printemps"
# Seconds that a hand takes to reach a control and press it, to type a letter; those of the whole story.
REACH, LETTER, ALLOWED = 2.5, 0.28, 180


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"viewport": {"width": 360, "height": 740}, "has_touch": True}


class Story:
    """Nina, who is called; Paul, to whom she first gives her voice; an assembly of five associates."""

    def __init__(self, walker: Walker, clock: Any) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        self.organiser = make_organiser()
        self.assembly = make_draft(rule_set=make_rule_set(), title=TITLE, call_number=1)
        self.item = self.assembly.items.get()
        for title in ("Affectation du résultat", "Quitus à la gérance"):
            make_resolution(self.assembly, f"{title} : approuvé.", title=title, item=self.item)
        self.nina, self.associate = self._member("Nina", "Roche")
        self.paul, self.holder = self._member("Paul", "Sauvage")
        self.others = [self._member("Autre", f"Personne{rank}") for rank in range(3)]
        self.votes: list[Vote] = []
        make_bureau(self.assembly)
        add_paper(
            self.assembly,
            item=None,
            title="Rapport de gestion",
            content=_picture(),
            name="rapport.png",
            actor=self.organiser,
            on=CALLED.date(),
        )
        self.assembly = convene(self.assembly, actor=self.organiser, at=timezone.now())

    def _member(self, first_name: str, last_name: str) -> tuple[User, Associate]:
        return make_member(first_name=first_name, last_name=last_name)

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def open_the_votes(self) -> None:
        at = timezone.now()
        self.assembly = open_sitting(self.assembly, actor=self.organiser, at=at)
        for _user, associate in self.others:
            attend(self.assembly, associate, at)
        rows = self.assembly.resolutions.order_by("number")
        votes = [prepare_vote(row, way=VoteWay.SCREEN, actor=self.organiser) for row in rows]
        self.votes = [open_vote(vote, actor=self.organiser, at=timezone.now()) for vote in votes]


def _picture() -> bytes:
    """A page of a report."""
    drawn = BytesIO()
    Image.new("RGB", (240, 320), "#ffffff").save(drawn, "PNG")
    return drawn.getvalue()


def test_an_associate_goes_from_the_convocation_to_the_receipt(page: Page, demonstration: None) -> None:
    page.set_default_timeout(15_000)
    with time_machine.travel(CALLED) as clock:
        story = Story(Walker(page), clock)
        _read(story)
        _give(story)
        clock.move_to(HELD)
        _come(story)
        _vote(story)
        _keep(story)
        spent = story.walker.gestures * REACH + story.walker.letters * LETTER
        print(f"{story.walker.gestures} gestures, {story.walker.letters} letters: {spent:.0f} s")  # noqa: T201
        assert spent <= ALLOWED
        _watch(story)


def _read(story: Story) -> None:
    """The mail leads to the page; the first reading of a paper is noted, a question leaves."""
    walker, page = story.walker, story.page
    mail = OutgoingEmail.objects.get(to=story.nina.email)
    link = re.search(rf"/assemblees/{story.assembly.pk}/", mail.text)
    assert link, mail.text
    walker.sign_in(story.nina.email)
    walker.press(page.get_by_role("link", name=re.compile("^Lire les documents")).first)
    walker.judge(TITLE)
    story.says("Ordre du jour", "Quitus à la gérance", "Ni présent·e ni représenté·e")
    with page.expect_download() as coming:
        walker.press_link("Rapport de gestion")
    assert coming.value.suggested_filename == "rapport.png"
    assert Convocation.objects.get(assembly=story.assembly, associate=story.associate).read_at
    page.goto(link[0])
    walker.judge(TITLE)
    walker.type("Votre question", "Où va la réserve ?")
    walker.press_button("Envoyer la question")
    walker.judge(TITLE)
    story.says("Où va la réserve ?", "Pas encore de réponse.")


def _give(story: Story) -> None:
    """She will not be there, she thinks: Paul shall speak for her."""
    walker = story.walker
    walker.press_link("Donner mon pouvoir")
    walker.judge("Donner mon pouvoir")
    walker.type("À qui ?", str(story.holder))
    walker.type("Tapez votre nom, qui vaut signature", "Nina Roche")
    walker.press_button("Signer et donner")
    story.says("Votre pouvoir est donné.")
    proxy = Proxy.objects.get(principal=story.associate)
    assert proxy.holder == story.holder


def _come(story: Story) -> None:
    """She comes after all: the code of the room, one button; her proxy sleeps."""
    walker, page = story.walker, story.page
    walker.sign_out()
    walker.sign_in(story.nina.email)
    page.goto(f"/emargement/{story.assembly.room_key}/")
    walker.judge("Émargement")
    walker.press_button("Je suis dans la salle")
    story.says("Présent·e en salle")
    story.open_the_votes()
    attend(story.assembly, story.holder, timezone.now())
    page.goto("/accueil/")
    walker.press_link(f"Voter : {TITLE}")


def _vote(story: Story) -> None:
    """Three cards, one check, one gesture; nothing is written before she confirms."""
    walker, page = story.walker, story.page
    walker.judge("Voter")
    answers = ("pour", "contre", "abstention")
    for vote, answer in zip(story.votes, answers, strict=True):
        name = voice_field(vote.voices.get(associate=story.associate).pk)
        walker.press(page.locator(f"[name='{name}'][value='{answer}']"), "Space")
    walker.press_button("Relire avant de voter")
    walker.judge("Relire avant de voter")
    story.says("Pour", "Contre", "Abstention", "Rien n’est encore enregistré.")
    assert not NamedBallot.objects.exists()
    walker.press_button("Voter")
    walker.judge("Mes bulletins")
    cast = NamedBallot.objects.filter(voice__associate=story.associate).order_by("voice__vote")
    assert [ballot.choice["answer"] for ballot in cast] == list(answers)


def _keep(story: Story) -> None:
    """The page of the assembly keeps each receipt; after the proclamation the code still finds the ballot."""
    walker, page = story.walker, story.page
    page.goto(f"/assemblees/{story.assembly.pk}/")
    walker.judge(TITLE)
    story.says("Vos bulletins sont reçus")
    for vote in story.votes:
        closed = close_vote(vote, actor=story.organiser, at=timezone.now())
        proclaim(closed, actor=story.organiser, at=timezone.now() + timedelta(seconds=1))
    walker.press(page.locator(".room-receipts a").last)
    walker.judge("Reçu de vote")
    story.says("Roche", "Proclamé")


def _watch(story: Story) -> None:
    """Meanwhile in the room: the console of the bureau, the screen that changes by itself when it closes."""
    walker, page = story.walker, story.page
    walker.sign_out()
    walker.sign_in(story.organiser.email)
    page.goto(f"/assemblees/{story.assembly.pk}/seance/")
    walker.judge("Séance")
    story.says("Point en cours", "Proclamé", "5 voix présentes ou représentées sur 5")
    page.goto(f"/ecran/{story.assembly.screen_key}/")
    walker.judge(story.item.title)
    close_sitting(story.assembly, actor=story.organiser, at=timezone.now())
    expect(page.get_by_role("heading", level=1)).to_contain_text("La séance est levée")
    walker.judge("La séance est levée")
