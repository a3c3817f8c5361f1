"""An organiser from the preparation of an assembly to its signed minutes: agenda, convocation, bureau, desk,
votes by hands, minutes signed by two, published, read by an associate (GOV-19, GOV-22, GOV-25, GOV-34)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from governance.models import Assembly, Minutes, Vote
from governance.services.minutes_files import archive_minutes
from governance.states.assemblies import AssemblyState
from governance.states.votes import VoteState
from people.models import User
from tests.factories.contracts import no_code
from tests.factories.governance import make_associate, make_member, make_organiser, make_rule_set
from tests.factories.kernel import make_cooperative
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
CALLED = datetime(2027, 5, 10, 10, tzinfo=PARIS)
HELD = datetime(2027, 6, 9, 18, tzinfo=PARIS)
AFTER = datetime(2027, 6, 11, 9, tzinfo=PARIS)
TITLE = "Assemblée de juin"
RESOLUTIONS = ("Approbation des comptes", "Affectation du résultat")


class Story:
    """Marthe, who organises and chairs; Paul, who writes; three others."""

    def __init__(self, walker: Walker, clock: Any) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        make_cooperative()
        no_code()
        self.marthe = make_organiser(first_name="Marthe", last_name="Ségur")
        make_associate(self.marthe.person)
        make_rule_set(actor=self.marthe)
        self.paul, _associate = make_member(first_name="Paul", last_name="Sauvage")
        self.nina, _other = make_member(first_name="Nina", last_name="Roche")
        for name in ("Ida", "Jean"):
            make_associate(first_name=name, last_name="Abadie", email=f"{name.lower()}@exemple.fr")

    def be(self, user: User) -> None:
        self.walker.sign_out()
        self.walker.sign_in(user.email)

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    @property
    def assembly(self) -> Assembly:
        return Assembly.objects.get()


def test_an_organiser_goes_from_the_agenda_to_signed_minutes(page: Page, demonstration: None) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(CALLED) as clock:
        story = Story(Walker(page), clock)
        _prepare(story)
        _convene(story)
        clock.move_to(HELD)
        _open(story)
        for title in RESOLUTIONS:
            _vote(story, title)
        _close(story)
        clock.move_to(AFTER)
        _write(story)
        _sign(story)
        _publish(story)


def _prepare(story: Story) -> None:
    """The assembly, one point, its two resolutions, the bureau."""
    walker, page = story.walker, story.page
    walker.sign_in(story.marthe.email)
    page.goto("/assemblees/")
    walker.judge("Assemblées")
    walker.press_link("Préparer une assemblée")
    walker.judge("Préparer une assemblée")
    walker.press(page.locator("[name='kind'][value='ordinary']"), "Space")
    walker.type("Intitulé", TITLE)
    page.locator("[name='starts_at']").fill("2027-06-09T18:00")
    walker.press(page.locator("[name='mode'][value='room']"), "Space")
    walker.type("Lieu", "Salle des fêtes")
    walker.press_button("Préparer")
    walker.judge(TITLE)
    walker.press_link("Point")
    walker.type("Intitulé", "Comptes de l’exercice")
    walker.press_button("Ajouter")
    for title in RESOLUTIONS:
        walker.judge(TITLE)
        walker.press_link("Résolution")
        walker.judge("Ajouter une résolution")
        walker.type("Intitulé", title)
        page.locator("[name='item']").select_option(index=1)
        walker.type("Texte", f"{title} : adopté tel que présenté.")
        walker.press_button("Ajouter")
        story.says("La résolution est à l’ordre du jour.")
        page.goto(story.assembly.get_absolute_url())
    page.goto(f"{story.assembly.get_absolute_url()}bureau/")
    walker.judge("Bureau de séance")
    page.locator("[name='chair']").select_option(label=str(story.marthe.person))
    page.locator("[name='secretary']").select_option(label=str(story.paul.person))
    walker.press_button("Enregistrer")
    story.says("Le bureau est enregistré.")


def _convene(story: Story) -> None:
    walker = story.walker
    walker.press_link("Convoquer")
    walker.judge("Convoquer l’assemblée ?")
    walker.press_button("Convoquer")
    story.says("L’assemblée est convoquée.")
    assert story.assembly.convocations.count() == 5


def _open(story: Story) -> None:
    """The desk notes four who come, then the chair opens the sitting."""
    walker, page = story.walker, story.page
    story.be(story.marthe)
    page.goto(f"/assemblees/{story.assembly.pk}/presence/")
    walker.judge("Émargement")
    for name in ("Marthe Ségur", "Paul Sauvage", "Nina Roche", "Ida Abadie"):
        walker.press_button(f"{name} : noter l’arrivée")
        expect(page.get_by_role("button", name=f"{name} : noter le départ", exact=True)).to_be_visible()
    page.goto(f"/assemblees/{story.assembly.pk}/seance/")
    walker.judge("Séance")
    walker.press_button("Ouvrir la séance")
    expect(page.get_by_role("button", name="Lever la séance", exact=True)).to_be_visible()
    assert story.assembly.state == AssemblyState.OPEN


def _vote(story: Story, title: str) -> None:
    """Hands: three for, one against."""
    walker, page = story.walker, story.page
    page.goto(f"/resolutions/{story.assembly.resolutions.get(title=title).pk}/vote/")
    walker.judge("Préparer le vote")
    walker.press(page.locator("[name='way'][value='hands']"), "Space")
    walker.press_button("Préparer")
    walker.press_button("Ouvrir le vote")
    story.says("Le vote est ouvert.")
    walker.press_link("Entrer les mains levées")
    walker.judge("Décompte")
    walker.type("Pour", "3")
    walker.type("Contre", "1")
    walker.press_button("Enregistrer le décompte")
    story.says("Décompte enregistré.")
    walker.press_button("Clore le vote")
    story.says("Le vote est clos")
    walker.press_button("Proclamer le résultat")
    story.says("Le résultat est proclamé.")
    vote = Vote.objects.get(resolution__title=title)
    assert (vote.state, vote.results.get().verdict) == (VoteState.PROCLAIMED, "adopted")


def _close(story: Story) -> None:
    walker, page = story.walker, story.page
    page.goto(f"/assemblees/{story.assembly.pk}/seance/")
    walker.press_button("Lever la séance")
    story.says("Procès-verbal")
    assert story.assembly.state == AssemblyState.CLOSED


def _write(story: Story) -> None:
    """Paul writes the debate; the figures are already there."""
    walker, page = story.walker, story.page
    story.be(story.paul)
    page.goto(f"/assemblees/{story.assembly.pk}/proces-verbal/")
    walker.judge("Procès-verbal")
    walker.press_button("Ouvrir le procès-verbal")
    story.says("Décompte · Pour : 3", "Décompte · Contre : 1")
    walker.judge("Procès-verbal")
    walker.press_link("Rédiger")
    walker.judge("Rédiger le procès-verbal")
    walker.type("Ouverture de la séance", "La présidente accueille les associé·es.")
    walker.type("1. Comptes de l’exercice", "Deux questions sur les charges.")
    walker.press_button("Enregistrer")
    story.says("Deux questions sur les charges.")
    walker.press_button("Donner à signer")
    story.says("Le procès-verbal est figé")


def _sign(story: Story) -> None:
    """Paul, then Marthe, whose signature is the last."""
    walker, page = story.walker, story.page
    for user in (story.paul, story.marthe):
        if user != story.paul:
            story.be(user)
            page.goto("/accueil/")
            walker.press_link(f"Signer le procès-verbal de « {TITLE} »")
        else:
            walker.press_link("Lire et signer")
        walker.judge("Procès-verbal")
        story.says("La présidente accueille les associé·es.", "Décompte · Pour : 3")
        walker.type("Tapez votre nom, qui vaut signature", str(user.person))
        walker.tick("J’ai lu ce procès-verbal en entier et je le signe.")
        walker.press_button("Signer")
        story.says("Signé. Merci.")
    minutes = Minutes.objects.get()
    assert (minutes.number, story.assembly.state) == (1, AssemblyState.SIGNED)
    archive_minutes(minutes.pk)


def _publish(story: Story) -> None:
    """An associate reads them once they are published."""
    walker, page = story.walker, story.page
    page.goto(story.assembly.get_absolute_url())
    walker.press_button("Publier le procès-verbal")
    story.says("ouverts aux associé·es")
    story.be(story.nina)
    page.goto("/gouvernance/proces-verbaux/")
    walker.judge("Procès-verbaux")
    walker.press_link(TITLE)
    walker.judge("Procès-verbal n° 1")
    expect(page.get_by_role("link", name="PDF signé, avec sa preuve")).to_be_visible()
    page.goto("/gouvernance/participation/")
    walker.judge("Participation")
    story.says("Ma participation", "Présent·e")
