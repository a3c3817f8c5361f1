"""An answer that is no yes: refused with its reason, shown another way, kept in the pool, taken up again; the
candidate reads the same words in the mail and where they follow their application (ENT-05, ENT-14)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from playwright.sync_api import expect

from entrepreneurs.models import Application
from entrepreneurs.states.applications import ApplicationState
from people.selectors.statuses import statuses_on
from tests.factories.applications import submitted
from tests.stories import applying
from tests.stories.path_house import Story, at
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

SENT, MET, HEARD = date(2025, 1, 6), date(2025, 1, 17), date(2025, 2, 10)
WHY = "Les deux places de ce printemps sont prises."


def test_a_refusal_another_way_and_a_place_kept(walker: Walker, demonstration: None) -> None:
    with time_machine.travel(at(SENT)) as clock:
        story = Story(walker, clock, since=SENT)
        for first_name, box in (("Inès", "ines"), ("Tom", "tom"), ("Ana", "ana")):
            submitted(email=f"{box}@exemple.fr", first_name=first_name, last_name="Faure")
        story.on(MET)
        story.be(story.advisor)
        _refused(story)
        _shown_another_way(story)
        _kept_and_taken_up_again(story)


def _decide(story: Story, name: str, act: str) -> None:
    """From the board to the page of a decision, by the menu of the file."""
    walker = story.walker
    story.go("entrepreneurs:board")
    walker.press_link(name)
    walker.judge(name)
    walker.unfold("Décider")
    walker.press_link(act)
    walker.judge(act)


def _refused(story: Story) -> None:
    """No reason, nothing done; with one, a mail, and the page of the candidate says the same words."""
    walker, page = story.walker, story.page
    _decide(story, "Inès Faure", "Refuser")
    walker.press_button("Refuser")
    expect(page.get_by_role("alert")).to_contain_text("Motif")
    expect(page.get_by_role("alert")).to_be_focused()
    refused = Application.objects.get(email="ines@exemple.fr")
    assert (refused.state, refused.decisions.count()) == (ApplicationState.SUBMITTED, 0)
    walker.choose("Motif", "Plus de place pour accompagner")
    walker.type("Explication", WHY)
    walker.press_button("Refuser")
    story.says("Candidature refusée.", "Refusée", "Reçue", WHY)
    assert WHY in story.mail_to(refused.email)
    refused.refresh_from_db()
    assert refused.person is not None
    assert not statuses_on(refused.person, MET + timedelta(days=1)).exists()
    walker.sign_out()
    page.goto(applying.mailed_link(refused.email))
    walker.judge("Ma candidature")
    story.says("Refusée", WHY)
    expect(page.get_by_role("link", name="Déposer")).to_have_count(0)
    walker.type("Votre message", "Merci. Puis-je revenir à l’automne ?")
    walker.press_button("Écrire à l’équipe")
    story.says("Puis-je revenir à l’automne ?")
    story.be(story.advisor)
    story.go("entrepreneurs:candidate_file", refused.pk)
    story.says("Puis-je revenir à l’automne ?")


def _shown_another_way(story: Story) -> None:
    walker, page = story.walker, story.page
    _decide(story, "Tom Faure", "Réorienter")
    walker.choose("Motif", "Un autre cadre convient mieux")
    walker.type("Vers quoi", "La couveuse de Valence, 04 75 00 00 00.")
    walker.press_button("Réorienter")
    story.says("Candidature réorientée.")
    walker.sign_out()
    page.goto(applying.mailed_link("tom@exemple.fr"))
    story.says("Réorientée", "La couveuse de Valence")
    story.be(story.advisor)


def _kept_and_taken_up_again(story: Story) -> None:
    """In the pool it is searched, and taken up where it stood."""
    walker, page = story.walker, story.page
    _decide(story, "Ana Faure", "Mettre au vivier")
    walker.choose("Motif", "Plus de place pour accompagner")
    walker.press_button("Mettre au vivier")
    story.says("Candidature gardée au vivier.")
    story.go("entrepreneurs:board")
    expect(page.get_by_role("link", name="Ana Faure")).to_have_count(0)
    story.on(HEARD)
    story.be(story.advisor)
    story.go("entrepreneurs:pool_list")
    walker.judge("Vivier")
    walker.press_link("Ana Faure")
    walker.unfold("Décider")
    walker.press_link("Rouvrir")
    walker.type("Pourquoi la rouvrir", "Une place se libère.")
    walker.press_button("Rouvrir")
    story.says("Candidature rouverte.")
    story.go("entrepreneurs:board")
    expect(page.get_by_role("link", name="Ana Faure")).to_be_visible()
    assert "Une place se libère." in story.mail_to("ana@exemple.fr")
