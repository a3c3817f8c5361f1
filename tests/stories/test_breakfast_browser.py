"""A visitor, on a phone and without account, from the agenda to an application: registered to a breakfast,
there by one button, then followed up by the team in one click (COW-28, COW-30, COW-31, COW-41)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from cae.core.models import OutgoingEmail
from coworking.models import Event, Registration
from coworking.services.event_programme import FieldData, save_field
from coworking.services.registration_mails import CONFIRMED, LINK
from coworking.states.events import Attendance, NextStep, NotedHow, RegistrationState
from entrepreneurs.models import Application
from tests.factories.applications import make_charter
from tests.factories.contracts import no_code
from tests.factories.coworking_events import a_keeper, a_place, an_event
from tests.factories.kernel import make_cooperative
from tests.stories.applying import mailed_link
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
BEFORE = datetime(2027, 1, 5, 19, tzinfo=PARIS)
STARTS = datetime(2027, 1, 12, 8, 30, tzinfo=PARIS)
ENDS = datetime(2027, 1, 12, 10, tzinfo=PARIS)
AT_THE_DOOR = datetime(2027, 1, 12, 8, 20, tzinfo=PARIS)
AFTER = datetime(2027, 1, 12, 11, tzinfo=PARIS)
TITLE, QUESTION = "Café des projets", "Qu’aimeriez-vous faire ?"
PROJECT, TALK = "Une brasserie de village", "Cherche un local avec une cour, veut tester le samedi."
NINA = "nina.roche@exemple.fr"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 860}


class Story:
    """Nina, whom nobody knows, and Sylvie, who keeps the place."""

    def __init__(self, walker: Walker, clock: Any) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        make_cooperative()
        make_charter("Nous décidons ensemble.")
        no_code()
        place = a_place("Le Rucher")
        self.sylvie = a_keeper(place)
        self.event: Event = an_event(
            "petit-dejeuner", place=place, title=TITLE, starts_at=STARTS, ends_at=ENDS, capacity=15
        )
        save_field(self.event, None, data=FieldData(QUESTION), actor=None)

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def on_phone(self) -> None:
        self.walker.sign_out()
        self.page.set_viewport_size(PHONE)

    def fits(self) -> None:
        """Nothing of the page stands beyond the edge of the phone."""
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], (self.page.url, wide)

    @property
    def nina(self) -> Registration:
        return Registration.objects.get(email=NINA)


def test_a_visitor_comes_to_a_breakfast_then_applies(page: Page, demonstration: None) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(BEFORE) as clock:
        story = Story(Walker(page), clock)
        _register(story)
        _register_again(story)
        _add_again_by_the_team(story)
        clock.move_to(AT_THE_DOOR)
        _sign_in(story)
        clock.move_to(AFTER)
        _follow_up(story)
        _find_again_what_was_said(story)


def _to_the_form(story: Story, left: str) -> None:
    walker, page = story.walker, story.page
    page.goto("/agenda/")
    walker.judge("Agenda")
    story.says("Petit-déjeuner", left)
    story.fits()
    walker.press_link(TITLE)
    walker.judge(TITLE)
    story.fits()
    walker.press_link("M’inscrire")
    walker.judge(TITLE)


def _fill(story: Story) -> None:
    walker = story.walker
    walker.type("Prénom", "Nina")
    walker.type("Nom", "Roche")
    walker.type(QUESTION, PROJECT)
    walker.type("Adresse e-mail", NINA)
    walker.press_button("M’inscrire")


def _register(story: Story) -> None:
    """No address at first: said at its field, nothing written, what was typed stays."""
    walker, page = story.walker, story.page
    story.on_phone()
    _to_the_form(story, "15 places libres")
    walker.type("Prénom", "Nina")
    walker.press_button("M’inscrire")
    expect(page.locator("#id_email_error")).to_be_visible()
    expect(walker.field("Prénom")).to_have_value("Nina")
    assert not Registration.objects.exists()
    story.fits()
    _fill(story)
    walker.judge("C’est noté")
    assert (story.nina.state, story.nina.attendance) == (RegistrationState.REGISTERED, Attendance.UNKNOWN)
    assert story.nina.answers.get().text == PROJECT
    assert OutgoingEmail.objects.get(cause=CONFIRMED).to == NINA


def _register_again(story: Story) -> None:
    """The page tells a stranger nothing of who is registered; the mail says it in one sentence."""
    _to_the_form(story, "14 places libres")
    _fill(story)
    story.walker.judge("C’est noté")
    assert Registration.objects.count() == 1
    assert "Cette adresse est déjà inscrite" in OutgoingEmail.objects.get(cause=LINK).text


def _add_again_by_the_team(story: Story) -> None:
    """The team is told at the field."""
    walker, page = story.walker, story.page
    page.set_viewport_size(DESK)
    walker.sign_in(story.sylvie.email)
    page.goto(f"{story.event.get_absolute_url()}inscriptions/")
    walker.judge("Inscriptions")
    walker.press_link("Inscrire quelqu’un")
    walker.judge("Inscrire quelqu’un")
    for label, text in (("Prénom", "Nina"), ("Nom", "Roche"), ("Adresse e-mail", NINA.upper())):
        walker.type(label, text)
    walker.press_button("Inscrire")
    expect(page.locator("#id_email_error")).to_contain_text("Cette adresse est déjà inscrite")
    expect(walker.field("Nom")).to_have_value("Roche")
    assert Registration.objects.count() == 1


def _sign_in(story: Story) -> None:
    """At the door, the link of the first mail: one button."""
    walker, page = story.walker, story.page
    story.on_phone()
    page.goto(urlsplit(OutgoingEmail.objects.get(cause=CONFIRMED).secret).path)
    walker.judge(TITLE)
    story.says("C’est l’heure", PROJECT)
    story.fits()
    walker.press_button("Je suis là")
    story.says("Votre présence est notée.")
    walker.judge(TITLE)
    for role, name in (("button", "Je suis là"), ("link", "Annuler")):
        expect(page.get_by_role(role, name=name, exact=True)).to_have_count(0)  # type: ignore[arg-type]
    assert (story.nina.attendance, story.nina.noted_how) == (Attendance.PRESENT, NotedHow.ONESELF)
    assert story.nina.noted_at is not None


def _follow_up(story: Story) -> None:
    """From the list of events to the application."""
    walker, page = story.walker, story.page
    page.set_viewport_size(DESK)
    walker.sign_in(story.sylvie.email)
    page.goto("/evenements/")
    walker.judge("Événements")
    walker.press_link(TITLE)
    walker.judge(TITLE)
    walker.press(page.get_by_role("link", name=re.compile("^Présences")).first)
    walker.judge("Présences")
    walker.press_link("Nina Roche")
    walker.judge("Nina Roche")
    story.says("Dit en s’inscrivant", PROJECT, "Présent·e")
    walker.tick("Être rappelé·e")
    walker.type("Ce qui a été dit", TALK)
    walker.press_button("Enregistrer la suite")
    story.says(TALK)
    assert (story.nina.next_step, story.nina.next_note) == (NextStep.CALL, TALK)
    walker.judge("Nina Roche")
    walker.press_button("Ouvrir sa candidature")
    walker.judge("Nina Roche")
    expect(page.get_by_text("Candidature ouverte : Nina Roche reçoit le lien pour la finir.")).to_be_visible()
    made = Application.objects.get()
    assert (made.full_name, made.email, made.referral) == ("Nina Roche", NINA, "event")
    assert made.territory == story.event.place.scope.territory  # type: ignore[union-attr]
    assert (story.nina.application, story.nina.next_step) == (made, NextStep.APPLY)


def _find_again_what_was_said(story: Story) -> None:
    """Nina opens her draft: nothing is asked twice."""
    walker, page = story.walker, story.page
    story.on_phone()
    page.goto(mailed_link(NINA))
    walker.judge("Ma candidature")
    story.fits()
    walker.press_link("Votre projet")
    walker.judge("Votre projet")
    told = walker.field("Que voulez-vous faire ?")
    expect(told).to_have_value(
        re.compile(f"^{re.escape(TALK)}\\s+{re.escape(QUESTION)}\\s+{re.escape(PROJECT)}$")
    )
    assert Application.objects.count() == 1
