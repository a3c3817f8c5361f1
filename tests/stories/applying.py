"""What a candidate does of an application, by the keyboard: shared by the stories that begin with one."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from cae.core.models import OutgoingEmail
from tests.factories.applications import PDF
from tests.stories.walking import Walker

CANDIDATE = "nina.roy@exemple.fr"


def begin(walker: Walker) -> None:
    """From the first page to the draft, opened by the link of a mail."""
    page = walker.page
    page.goto("/candidature/")
    walker.judge("Rejoindre la coopérative")
    walker.press(page.get_by_role("link", name=re.compile("^J’ai une activité")))
    walker.judge("J’ai une activité")
    walker.type("Votre prénom", "Nina")
    walker.type("Votre nom", "Roy")
    walker.type("Votre adresse e-mail", CANDIDATE)
    walker.press_button("Commencer")
    walker.judge("Regardez vos e-mails")
    page.goto(mailed_link(CANDIDATE))
    walker.judge("Ma candidature")


def mailed_link(to: str) -> str:
    """The address of the last personal link mailed to a candidate."""
    found = re.search(r"/candidature/[\w-]{43}/", OutgoingEmail.objects.filter(to=to).latest("pk").text)
    assert found
    return found[0]


def answer(walker: Walker) -> None:
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


def send(walker: Walker) -> None:
    """From the check of the answers to the application sent."""
    walker.judge("Vérifiez vos réponses")
    walker.tick(
        "J’accepte que l’équipe d’accueil de la coopérative lise mes réponses pour étudier ma candidature"
    )
    walker.press_button("Envoyer ma candidature")
    walker.judge("Ma candidature")


def _on(walker: Walker, heading: str) -> None:
    walker.press_button("Enregistrer et continuer")
    walker.judge(heading)
