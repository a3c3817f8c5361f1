"""An inverted conference, from its page written by an organiser to its answers read by anybody: questions
sent and voted by those who come, one put aside, the others put in the order of the voices (COW-37)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from cae.core.models import OutgoingEmail
from coworking.models import Event, Question, QuestionVote, Registration
from coworking.services.event_kinds import lay_first_kinds
from coworking.services.registration_mails import CONFIRMED
from coworking.states.events import EventState, QuestionState
from tests.factories.contracts import no_code
from tests.factories.coworking_events import a_keeper
from tests.factories.kernel import make_cooperative
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
CALLED = datetime(2027, 3, 1, 10, tzinfo=PARIS)
HELD = datetime(2027, 3, 18, 18, 30, tzinfo=PARIS)
AFTER = datetime(2027, 3, 19, 9, tzinfo=PARIS)
TITLE = "Que devient une coopérative qui grandit ?"
CAPITAL, SIZE = "Que devient le capital ?", "À combien décide-t-on encore ensemble ?"
AD = "Achetez mon logiciel !"
ANSWER = "Il reste à la coopérative."


class Story:
    """Odile organises; Nina and Ben come, without account."""

    def __init__(self, walker: Walker, clock: Any) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        make_cooperative()
        no_code()
        lay_first_kinds(actor=None)
        self.odile = a_keeper()

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def be_odile(self) -> None:
        self.walker.sign_out()
        self.walker.sign_in(self.odile.email)

    def be_a_guest(self, name: str) -> None:
        """By the link of the mail that confirmed."""
        self.walker.sign_out()
        mail = OutgoingEmail.objects.get(cause=CONFIRMED, to=_address(name))
        self.page.goto(urlsplit(mail.secret).path)
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(TITLE)

    def line(self, text: str) -> Locator:
        """The line of a question on the page."""
        return self.page.locator("main li").filter(has_text=text)

    @property
    def event(self) -> Event:
        return Event.objects.get()


def _address(name: str) -> str:
    return f"{name.lower()}@exemple.fr"


def test_the_room_asks_first_and_the_speaker_answers(page: Page, demonstration: None) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(CALLED) as clock:
        story = Story(Walker(page), clock)
        _write(story)
        for name, questions in (("Nina", (CAPITAL, AD)), ("Ben", (SIZE,)), ("Ida", ())):
            _come(story, name)
            _ask(story, questions)
        _moderate(story)
        _vote(story)
        clock.move_to(HELD)
        _put_and_answer(story)
        clock.move_to(AFTER)
        _read(story)


def _write(story: Story) -> None:
    """Begun from its kind, written, published."""
    walker, page = story.walker, story.page
    story.be_odile()
    page.goto("/evenements/")
    walker.judge("Événements")
    walker.press_link("Écrire un événement")
    walker.judge("Écrire un événement")
    walker.press_link("Conférence inversée")
    walker.judge("Écrire un événement")
    expect(walker.field("Genre").locator("option:checked")).to_contain_text("Conférence inversée")
    walker.type("Titre", TITLE)
    walker.field("Début").fill("2027-03-18T18:30")
    walker.field("Fin").fill("2027-03-18T20:30")
    walker.type("Avec", "Léa Marchand, sociologue")
    walker.type("Ou ailleurs : nom du lieu", "Salle des fêtes")
    walker.field("Questions jusqu’au").fill("2027-03-17T12:00")
    walker.press_button("Enregistrer le brouillon")
    story.says("Brouillon écrit : relisez-le, puis publiez.")
    walker.judge(TITLE)
    walker.press_button("Publier")
    expect(page.get_by_role("link", name="La page publique")).to_be_visible()
    assert (story.event.state, story.event.capacity) == (EventState.PUBLISHED, 60)
    assert story.event.questions_until == datetime(2027, 3, 17, 12, tzinfo=PARIS)


def _come(story: Story, name: str) -> None:
    walker, page = story.walker, story.page
    walker.sign_out()
    page.goto(story.event.public_url)
    story.says("Les inscrit·es envoient leurs questions" if name == "Nina" else "Questions posées avant")
    walker.press_link("M’inscrire")
    walker.type("Prénom", name)
    walker.type("Nom", "Abadie")
    walker.type("Adresse e-mail", _address(name))
    walker.press_button("M’inscrire")
    story.says("regardez votre boîte aux lettres")


def _ask(story: Story, questions: tuple[str, ...]) -> None:
    """Each question waits to be read; the same twice is refused at its field, and stays typed."""
    walker, page = story.walker, story.page
    if not questions:
        return
    row = Registration.objects.latest("pk")
    story.be_a_guest(row.first_name)
    story.says("Questions et votes jusqu’au 17/03/2027 à 12:00")
    for text in questions:
        walker.type("Votre question", text)
        walker.press_button("Envoyer ma question")
        expect(story.line(text)).to_contain_text("À modérer")
        asked = row.questions.get(text=text)
        assert (asked.state, asked.is_unnamed) == (QuestionState.SENT, False)
    walker.type("Votre question", questions[0])
    walker.press_button("Envoyer ma question")
    expect(page.locator("#id_text_error")).to_contain_text("déjà envoyé cette question")
    expect(walker.field("Votre question")).to_have_value(questions[0])
    assert row.questions.count() == len(questions)
    walker.judge(TITLE)


def _moderate(story: Story) -> None:
    """Two are published, one is put aside: nobody else reads it."""
    walker, page = story.walker, story.page
    story.be_odile()
    page.goto(story.event.get_absolute_url())
    walker.press(page.get_by_role("link", name=re.compile("^Questions")).first)
    walker.judge("Questions")
    for text, act, now in (
        (CAPITAL, "Publier", QuestionState.PUBLISHED),
        (SIZE, "Publier", QuestionState.PUBLISHED),
        (AD, "Écarter", QuestionState.DISCARDED),
    ):
        walker.press(story.line(text).get_by_role("button", name=re.compile(f"^{act}")))
        story.says("Question publiée" if act == "Publier" else "Question écartée.")
        assert Question.objects.get(text=text).state == now
    walker.judge("Questions")
    story.says("Soumises au vote", "Écartées")


def _vote(story: Story) -> None:
    """Nina and Ida give Ben their voice, one taken back and given again; nobody votes for oneself."""
    walker = story.walker
    want = re.compile("^Je veux la réponse")
    for name in ("Nina", "Ida"):
        story.be_a_guest(name)
        walker.press(story.line(SIZE).get_by_role("button", name=want))
        story.says("Votre voix compte.")
    expect(story.line(SIZE)).to_contain_text("2 voix")
    walker.press(story.line(SIZE).get_by_role("button", name=re.compile("^Retirer ma voix")))
    story.says("Votre voix est retirée.")
    assert QuestionVote.objects.filter(question__text=SIZE).count() == 1
    walker.press(story.line(SIZE).get_by_role("button", name=want))
    story.says("Votre voix compte.")
    story.be_a_guest("Ben")
    expect(story.line(AD)).to_have_count(0)
    expect(story.line(SIZE).get_by_role("button")).to_have_count(0)
    walker.press(story.line(CAPITAL).get_by_role("button", name=want))
    story.says("Votre voix compte.")
    voices = {text: QuestionVote.objects.filter(question__text=text).count() for text in (SIZE, CAPITAL)}
    assert voices == {SIZE: 2, CAPITAL: 1}
    story.be_a_guest("Nina")
    expect(story.line(AD)).to_contain_text("Écartée")


def _put_and_answer(story: Story) -> None:
    """On stage: the most wanted first, put, then what was answered."""
    walker, page = story.walker, story.page
    story.be_a_guest("Ida")
    story.says("Les questions sont closes")
    expect(page.get_by_role("button", name="Envoyer ma question")).to_have_count(0)
    story.be_odile()
    page.goto(f"{story.event.get_absolute_url()}questions/")
    walker.judge("Questions")
    said = page.locator("main").inner_text()
    assert said.index(SIZE) < said.index(CAPITAL)
    walker.press(story.line(SIZE).get_by_role("button", name=re.compile("^Posée")))
    story.says("Question posée à l’intervenant·e.")
    assert Question.objects.get(text=SIZE).put_at is not None
    for text, answer in ((SIZE, "Par cercles, au-delà de cinquante."), (CAPITAL, ANSWER)):
        walker.press(story.line(text).get_by_role("link", name=re.compile("^Noter la réponse")))
        walker.judge("Noter la réponse")
        walker.type("Ce qui a été répondu", answer)
        walker.press_button("Enregistrer")
        story.says("Réponse gardée.", answer)
        row = Question.objects.get(text=text)
        assert (row.state, row.answer) == (QuestionState.ANSWERED, answer)
    walker.judge("Questions")
    page.goto(story.event.get_absolute_url())
    walker.press_button("Il a eu lieu")
    walker.judge(TITLE)
    assert story.event.state == EventState.HELD


def _read(story: Story) -> None:
    """Anybody reads the answers, without the names of those who asked, nor what was put aside."""
    walker, page = story.walker, story.page
    walker.sign_out()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(story.event.public_url)
    walker.judge(TITLE)
    story.says(CAPITAL, ANSWER, SIZE, "2 voix", "Passé")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.locator("main")).not_to_contain_text(AD)
    expect(page.locator("main")).not_to_contain_text("Abadie")
