"""The path, walked while time passes: candidate, committee, CAPE, coaching, renewal, CESA, clock of the
associate; and a refusal, which is a result (ENT-01 to ENT-31, ENT-52, ENT-53)."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from playwright.sync_api import expect

from cae.core.models import OutgoingEmail
from entrepreneurs.models import Activity, Contract, PassageDecision
from entrepreneurs.states.contracts import ContractKind, ContractState
from entrepreneurs.tasks import settle_contracts_of_today
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.invoicing import issued, line, pay
from tests.factories.people import PASSWORD
from tests.stories import applying
from tests.stories.path_house import Story, at
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

SENT, MET, HEARD = date(2025, 1, 6), date(2025, 1, 17), date(2025, 2, 10)
CAPE, CAPE_END = date(2025, 3, 1), date(2025, 8, 31)
RENEWED, RENEWED_END = date(2025, 9, 1), date(2026, 2, 28)
DECIDED = date(2026, 2, 10)
# periods.py and domain.md: after a CAPE of twelve months, three years less those twelve, and no trial left.
CESA, ASSOCIATE_BY = date(2026, 3, 1), "29/02/2028"


CAPE_CLAUSES = {
    "Programme de préparation": "Étude de marché, prix, premiers clients.",
    "Engagements avant le début de l’activité": "Suivre les deux ateliers.",
    "Engagements après le début de l’activité": "Rendre compte chaque mois.",
    "Moyens mis à disposition": "Un rendez-vous par mois.",
    "Calcul de la contribution coopérative": "Dix pour cent de la marge.",
    "Engagements envers les tiers": "La coopérative porte les engagements.",
    "Rupture anticipée": "Par écrit, un mois avant.",
}
CESA_CLAUSES = {
    "Objectifs": "Trois restaurants qui commandent chaque saison.",
    "Activité minimale, HT (€)": "1 500",
    "Moyens mis à disposition": "Deux entretiens par an.",
    "Calcul de la contribution coopérative": "Dix pour cent de la marge.",
    "Part fixe brute mensuelle (€)": "800",
    "Calcul de la part variable": "Le résultat, après provision.",
    "Version des statuts": "statuts du 12 juin 2025",
    "Droits sur la clientèle": "La clientèle reste à l’entrepreneure.",
    "Droits de propriété intellectuelle": "Les œuvres restent à l’entrepreneure.",
    "Accès au sociétariat": "Une demande écrite à la gérance.",
}
SAID = "Les prix sont revus ensemble : le bol passe à 24 €."


def walk_path(story: Story) -> None:
    _apply(story)
    _first_interview(story)
    _study(story)
    _committee(story)
    _entry(story)
    _cape(story)
    _coached(story)
    _renewed(story)
    _passage(story)
    _cesa(story)
    _clock(story)


def _apply(story: Story) -> None:
    walker = story.walker
    applying.begin(walker)
    applying.answer(walker)
    applying.send(walker)
    story.says("C’est à l’équipe d’accueil.")


def _first_interview(story: Story) -> None:
    """The advisor invites from the board; the candidate chooses among the free slots, by the mailed link."""
    walker, page = story.walker, story.page
    story.be(story.advisor)
    story.go("entrepreneurs:board")
    walker.press_link("Nina Roy")
    walker.judge("Nina Roy")
    walker.press_link("Inviter à choisir un créneau")
    walker.judge("Inviter à choisir un créneau")
    walker.press_button("Envoyer l’invitation")
    story.says("L’invitation est partie.")
    walker.sign_out()
    page.goto(applying.mailed_link(applying.CANDIDATE))
    walker.press_link("Choisir un moment")
    walker.judge("Choisir un moment")
    walker.press(page.get_by_role("button", name="10:00").first)
    walker.judge("Ma candidature")
    story.says("Rendez-vous pris.", "10:00", "Die, 2 rue du Pont")


def _study(story: Story) -> None:
    """The grid, alone then together; the criterion and its waiver; feasibility; the insurer’s yes."""
    walker, page = story.walker, story.page
    story.on(MET, hour=14)
    story.be(story.advisor)
    story.go("entrepreneurs:board")
    card = page.locator("[data-card]").filter(has_text="Nina Roy")
    walker.reach(card.get_by_role("combobox"))
    page.keyboard.type("Instruction")
    walker.press(card.get_by_role("button", name="Passer"))
    story.says("Nina Roy passe dans « Instruction ».")
    walker.press_link("Nina Roy")
    story.says("créneau choisi")
    walker.press_link("Remplir la grille")
    walker.judge("Grille de sens")
    for group in page.locator("main fieldset").all():
        walker.press(group.get_by_label("3", exact=True), "Space")
    walker.press_button("Donner mes notes")
    story.says("Hélène Blanc", "3,0")
    walker.press_link("Revenir au dossier")
    story.says("Non atteint")
    walker.press_link("Noter : Métier réglementé")
    story.choice("Constat", "Non")
    walker.press_button("Noter")
    walker.press_link("Envoyer une fiche navette")
    walker.press_button("Envoyer la fiche")
    story.says("La fiche est partie chez l’assureur.")
    assert OutgoingEmail.objects.filter(to="avis@assureur.example").count() == 1
    walker.press_link("Noter la réponse")
    story.choice("Réponse", "Oui")
    walker.press_button("Noter la réponse")
    story.says("Acceptée")


def _committee(story: Story) -> None:
    """The chair waives the criterion, convenes with the agenda, hears, decides with a reason."""
    walker, page = story.walker, story.page
    story.be(story.manager)
    story.go("entrepreneurs:board")
    walker.press_link("Nina Roy")
    walker.press_link("Dispenser")
    walker.type("Motif", "Des commandes signées")
    walker.press_button("Dispenser")
    story.says("Dispense de Marthe Ségur")
    story.go("entrepreneurs:committee_plan")
    walker.date("Date", HEARD)
    walker.type("Lieu", "Die")
    walker.tick("Hélène Blanc")
    story.paste("Autres points à l’ordre du jour", "Le calendrier du printemps")
    walker.press_button("Préparer")
    walker.press(page.get_by_role("link", name="10/02/2025").first)
    walker.choose("Candidature", "Nina Roy")
    walker.press_button("Inscrire")
    walker.press_button("Figer les dossiers et convoquer")
    story.says("les dossiers sont figés")
    story.on(HEARD)
    story.be(story.manager)
    story.go("entrepreneurs:committee_list")
    walker.press(page.get_by_role("link", name="10/02/2025").first)
    walker.press_link("Nina Roy")
    walker.judge("Nina Roy")
    story.choice("Votre voix", "Pour")
    walker.press_button("Donner ma voix")
    story.says("Votre voix est notée.")
    walker.press_link("Décider")
    walker.judge("Décision : Nina Roy")
    story.choice("Au regard de l’objet", "Conforme à l’objet")
    story.choice("Décision", "Acceptée")
    story.paste("Explication", "Un métier sûr, et l’envie de partager l’atelier.")
    walker.press_button("Enregistrer la décision")
    story.says("Décision enregistrée", "Acceptée")
    walker.press_button("Clore la séance")
    story.says("Séance close")
    assert "l’envie de partager l’atelier" in story.mail_to(applying.CANDIDATE)


def _entry(story: Story) -> None:
    """The checklist leads to what remains to be done: here, the account that the candidate opens by mail."""
    walker, page = story.walker, story.page
    story.be(story.hr)
    story.go("entrepreneurs:entry_list")
    walker.press_link("Nina Roy")
    walker.judge("Entrée de Nina Roy")
    walker.press_link("Inviter à ouvrir son compte")
    walker.press_button("Inviter")
    story.says("Invitation en attente")
    walker.sign_out()
    page.goto(story.found(r"/invitation/[\w-]+/"))
    walker.judge("Ouvrir mon compte")
    walker.type("Mot de passe", PASSWORD)
    walker.type("Le même, une seconde fois", PASSWORD)
    walker.press_button("Ouvrir mon compte")
    page.wait_for_url("**/accueil/")


def _cape(story: Story) -> None:
    """Drafted from the text of the house, previewed, handed over, signed by both: status and role follow."""
    walker = story.walker
    story.be(story.hr)
    story.go("entrepreneurs:entry_list")
    walker.press_link("Nina Roy")
    walker.press_link("Préparer un contrat")
    walker.judge("Préparer un contrat")
    story.choice("Nature", "CAPE")
    walker.date("Premier jour", CAPE)
    walker.date("Dernier jour", CAPE_END)
    walker.press_button("Préparer")
    walker.judge("CAPE")
    for label, words in CAPE_CLAUSES.items():
        story.paste(label, words)
    walker.choose("Remise des comptes", "chaque mois")
    walker.press_button("Enregistrer les clauses")
    story.preview()
    story.hand_over()
    story.sign("CAPE")
    signed = Contract.objects.get(kind=ContractKind.CAPE)
    assert (signed.state, signed.period) == (ContractState.SIGNED, 1)
    story.on(CAPE)
    story.holds(StatusKind.PROJECT_HOLDER, RoleKind.PROJECT_HOLDER)


def _coached(story: Story) -> None:
    """A coach is named, the person books a slot, the report of the meeting is shared with them."""
    walker, page = story.walker, story.page
    story.on(date(2025, 3, 4))
    story.be(story.hr)
    story.go("entrepreneurs:coaching_file", story.nina.pk)
    walker.press_link("Désigner un contact")
    walker.choose("Personne de l’équipe", "Hélène Blanc")
    walker.choose("Pour", "Accompagnement")
    walker.press_button("Désigner")
    story.says("Le contact est désigné")
    story.be(story.account)
    story.go("entrepreneurs:own_path")
    walker.judge("Mon parcours")
    story.says("Le CAPE court jusqu’au 31/08/2025", "du 01/03/2025 au 31/08/2025")
    story.go("entrepreneurs:meeting_book", story.nina.pk)
    walker.press(page.get_by_role("button", name=re.compile("^11:00")).first)
    story.says("C’est noté", "07/03/2025")
    story.on(date(2025, 3, 7), hour=14)
    story.be(story.advisor)
    story.go("entrepreneurs:coaching_file", story.nina.pk)
    walker.press(page.get_by_role("link", name="07/03/2025").first)
    walker.press_link("Compte rendu")
    story.paste("Ce qui s’est dit", SAID)
    walker.press_button("Partager")
    story.says("Compte rendu partagé")
    story.be(story.account)
    story.go("entrepreneurs:own_coaching")
    story.says(SAID)


def _renewed(story: Story) -> None:
    """The second period follows the first, with its clauses; both sign again; the first ends by itself."""
    walker = story.walker
    story.on(date(2025, 8, 20))
    story.be(story.hr)
    page_of_cape = Contract.objects.get(kind=ContractKind.CAPE).get_absolute_url()
    story.page.goto(page_of_cape)
    walker.judge("CAPE")
    walker.press_link("Renouveler")
    walker.judge("Renouveler : CAPE")
    walker.date("Dernier jour de la nouvelle période", RENEWED_END)
    walker.press_button("Préparer le renouvellement")
    story.says("Renouvellement préparé", "2 sur 3")
    story.hand_over()
    story.sign("CAPE")
    story.on(RENEWED)
    settle_contracts_of_today()
    states = Contract.objects.filter(kind=ContractKind.CAPE).order_by("period").values_list("period", "state")
    assert list(states) == [(1, ContractState.ENDED), (2, ContractState.SIGNED)]
    story.holds(StatusKind.PROJECT_HOLDER, RoleKind.PROJECT_HOLDER)


def _passage(story: Story) -> None:
    """The rule reads the books: both see each figure; what is decided keeps those of its day."""
    walker = story.walker
    _sell(story)
    story.on(DECIDED)
    story.be(story.account)
    story.go("entrepreneurs:own_path")
    story.says("Passage au CESA", "11 mois", "2\u202f000,00\u00a0€", "demandé : 1\u202f500,00\u00a0€")
    expect(story.page.get_by_text("Remplie")).to_have_count(3)
    story.be(story.hr)
    story.go("entrepreneurs:person_path", story.nina.pk)
    walker.judge("Nina Roy")
    walker.press_link("Décider du passage")
    walker.judge("Décider du passage au CESA")
    story.choice("Décision", "Passage accordé")
    walker.press_button("Enregistrer la décision")
    walker.judge("Préparer un contrat")
    decision = PassageDecision.objects.get(person=story.nina)
    assert [(one["code"], one["met"]) for one in decision.figures] == [
        ("months", True),
        ("sales", True),
        ("cash", True),
    ]


def _sell(story: Story) -> None:
    """The advisor opens the activity, that the insurer agreed to; then months of sales, invoiced and paid."""
    walker = story.walker
    story.on(date(2025, 9, 2))
    story.be(story.advisor)
    story.go("entrepreneurs:entry_list")
    walker.press_link("Nina Roy")
    walker.press_link("Ouvrir l’activité")
    walker.judge("Ouvrir une activité")
    walker.type("Nom commercial", "Terres de Die")
    walker.type("Code", "TERRES")
    walker.choose("Métier", "Céramique")
    walker.type("Adresse e-mail", "terres@exemple.fr")
    walker.press_button("Ouvrir l’activité")
    walker.judge("Terres de Die")
    activity = Activity.objects.get(code="TERRES")
    assert [one.person for one in activity.scope.members.all()] == [story.nina]
    for day in (date(2025, 11, 12), date(2025, 12, 10), date(2026, 1, 14)):
        story.on(day)
        pay(issued(activity, line("2000.00"), on=day), "2400.00", on=day)


def _cesa(story: Story) -> None:
    """Without its objectives it is not handed over; whole, it is signed by both."""
    walker, page = story.walker, story.page
    walker.date("Premier jour", CESA)
    walker.press_button("Préparer")
    walker.judge("CESA")
    for label, words in CESA_CLAUSES.items():
        if label != "Objectifs":
            story.paste(label, words)
    walker.choose("Période de l’activité minimale", "par mois")
    walker.choose("Remise des comptes", "chaque mois")
    walker.press_button("Enregistrer les clauses")
    story.says("Avant la mise à la signature", "Objectifs")
    expect(page.get_by_role("button", name="Mettre à la signature")).to_have_count(0)
    walker.press_link("Écrire les clauses")
    story.paste("Objectifs", CESA_CLAUSES["Objectifs"])
    walker.press_button("Enregistrer les clauses")
    story.hand_over()
    story.sign("CESA")
    assert Contract.objects.get(kind=ContractKind.CESA).state == ContractState.SIGNED


def _clock(story: Story) -> None:
    """On its first day the status is there with nobody saving anything; the clock shows its last day."""
    walker = story.walker
    story.on(CESA)
    settle_contracts_of_today()
    story.holds(StatusKind.ENTREPRENEUR, RoleKind.ENTREPRENEUR)
    story.be(story.account)
    story.go("entrepreneurs:own_path")
    walker.judge("Mon parcours")
    story.says("Dernier jour pour devenir associé·e", ASSOCIATE_BY, "depuis le 01/03/2026")
    expect(story.page.get_by_text("Fin de la période d’essai")).to_have_count(0)
    story.be(story.hr)
    story.go("people:deadline_list")
    walker.judge("Échéances")
    row = story.page.get_by_role("row").filter(has_text="Entrée au sociétariat")
    expect(row).to_contain_text("Nina Roy")
    expect(row).to_contain_text(ASSOCIATE_BY)


def test_from_candidate_to_the_clock_of_the_associate(walker: Walker, demonstration: None) -> None:
    with time_machine.travel(at(SENT)) as clock:
        walk_path(Story(walker, clock, since=SENT))
