"""A candidate, by the keyboard and without account: from the first page to an application sent (ENT-01)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cae.core.models import OutgoingEmail
from entrepreneurs.models import Application
from entrepreneurs.states.applications import ApplicationState
from people.states import RoleKind
from tests.factories.applications import PDF, make_charter
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def house(demonstration: None) -> None:
    """A cooperative with a charter, a territory, and somebody who welcomes there."""
    make_cooperative()
    make_charter("Nous travaillons chacun de notre métier.\n\nNous décidons ensemble.")
    make_territory("Diois")
    make_user(RoleKind.ADVISOR, first_name="Hélène")


def test_from_the_first_page_to_an_application_sent(walker: Walker, house: None) -> None:
    page = walker.page
    page.goto("/candidature/")
    walker.judge("Rejoindre la coopérative")
    walker.press(page.get_by_role("link", name=re.compile("^J’ai une activité")))
    walker.judge("J’ai une activité")
    walker.type("Votre prénom", "Nina")
    walker.type("Votre nom", "Roy")
    walker.type("Votre adresse e-mail", "nina.roy@exemple.fr")
    walker.press_button("Commencer")
    walker.judge("Regardez vos e-mails")
    page.goto(_mailed_link())
    walker.judge("Ma candidature")
    expect(page.get_by_text("étapes faites sur 8").or_(page.get_by_text("étape faite sur 8"))).to_be_visible()
    _answer(walker)
    walker.judge("Vérifiez vos réponses")
    walker.tick(
        "J’accepte que l’équipe d’accueil de la coopérative lise mes réponses pour étudier ma candidature"
    )
    walker.press_button("Envoyer ma candidature")
    walker.judge("Ma candidature")
    sent = Application.objects.get()
    assert sent.state == ApplicationState.SUBMITTED
    expect(page.get_by_text(sent.reference).first).to_be_visible()
    expect(page.get_by_text("C’est à l’équipe d’accueil.")).to_be_visible()


def _mailed_link() -> str:
    found = re.search(r"/candidature/[\w-]{43}/", OutgoingEmail.objects.latest("pk").text)
    assert found
    return found[0]


def _answer(walker: Walker) -> None:
    """The seven steps, each saved by its own button."""
    walker.press_link("Vous")
    walker.judge("Vous")
    walker.type("Téléphone", "06 12 34 56 78")
    walker.type("Code postal", "26150")
    walker.type("Commune", "Die")
    walker.choose("Votre situation aujourd’hui", "Salarié·e")
    walker.choose("Comment nous avez-vous connus ?", "Internet")
    _on(walker, "Votre projet")
    walker.type("Votre métier, avec vos mots", "Céramique")
    walker.type("Que voulez-vous faire ?", "Une vaisselle tournée à la main.")
    walker.type("Pour qui, et qui vous a déjà fait travailler ?", "Des restaurants.")
    _on(walker, "Vos compétences")
    walker.type("Votre parcours jusqu’ici", "Dix ans de cuisine.")
    walker.type("Ce que vous savez faire", "Tourner, émailler.")
    _on(walker, "Votre activité déjà testée")
    walker.tick("Oui, j’ai déjà des ventes")
    walker.choose("Dans quel cadre ?", "En micro-entreprise")
    walker.date("Depuis quand ?", timezone.localdate() - timedelta(days=200))
    walker.type("Vos ventes des 12 derniers mois, hors taxes (en euros)", "4 300")
    walker.type("Combien d’heures par semaine y passez-vous ?", "20")
    walker.tick("Oui, il me convient")
    _on(walker, "Sens du projet")
    walker.type("Pourquoi une coopérative plutôt qu’une entreprise à vous ?", "Ne pas rester seule.")
    walker.type("Quel est votre rapport au travail ?", "À mon rythme, avec d’autres.")
    walker.type("Tapez votre nom, qui vaut signature", "Nina Roy")
    _on(walker, "Territoire et collectif")
    walker.choose("Sur quel territoire ?", "Diois")
    _on(walker, "Documents")
    walker.press(walker.page.get_by_role("link", name="Déposer : CV ou parcours"))
    walker.bring("Fichier", "cv.pdf", PDF)
    walker.press_button("Déposer")
    walker.judge("Documents")
    walker.tick("J’enverrai ces documents plus tard")
    walker.press_button("Enregistrer et continuer")


def _on(walker: Walker, heading: str) -> None:
    walker.press_button("Enregistrer et continuer")
    walker.judge(heading)
