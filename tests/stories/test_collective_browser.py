"""A collective: its key signed by all, invoices on its own account, its result shared to the cent, undone and
shared anew; then another key from a day on, and the past stays as it was (ENT-43, ENT-44, ACC-18)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from accounting.models import AnalyticAccount, ResultSharing
from accounting.selectors.sharing import sums_of
from cae.core.models import OutgoingEmail
from cae.core.signing import Hand, Origin
from entrepreneurs.models import Activity, Agreement
from entrepreneurs.services.agreement_signing import countersign_agreement, sign_agreement
from entrepreneurs.services.signing import AGREEMENT
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from people.models import User
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.contracts import no_code
from tests.factories.entrepreneurs import make_activity, make_trade
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_person, make_territory, make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
OPENED, SOLD, SHARED = date(2025, 1, 6), date(2025, 3, 4), date(2025, 7, 3)
SUMMER, AUTUMN, YEAR_AFTER = date(2025, 7, 1), date(2025, 10, 6), date(2026, 1, 12)
NAME = "Les Deux Rives"
TEXT = "Chacun apporte ses clients ; les décisions se prennent à trois."


class Story:
    """Who walks, among whom, and on which day."""

    def __init__(self, walker: Walker, clock: Any) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        make_cooperative()
        books.scale("0.1000")
        make_territory("Diois")
        make_trade("Céramique")
        self.claire = sales.trust(make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Abadie"))
        self.jean = sales.trust(make_user(RoleKind.ENTREPRENEUR, first_name="Jean", last_name="Bost"))
        self.lou = make_person(first_name="Lou", last_name="Cazaux", email="lou@exemple.fr")
        self.own = make_activity(self.claire, name="Terres de Claire", trade="Céramique")
        self.admin = make_user(RoleKind.ADMINISTRATOR, first_name="Ida", last_name="Rey")
        self.manager = make_user(RoleKind.CO_MANAGER, first_name="Marthe", last_name="Ségur")
        self.accountant = make_user(RoleKind.ACCOUNTANT, first_name="Farid", last_name="Taleb")

    def on(self, day: date) -> None:
        self.clock.move_to(datetime.combine(day, time(10), PARIS))

    def be(self, user: User) -> None:
        self.walker.sign_out()
        self.walker.sign_in(user.email)

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def mail_to(self, address: str) -> str:
        return OutgoingEmail.objects.filter(to=address).latest("pk").text

    @property
    def collective(self) -> Activity:
        return Activity.objects.get(name=NAME)


def test_a_collective_invoices_and_shares_its_result_by_its_key(walker: Walker, demonstration: None) -> None:
    with time_machine.travel(datetime.combine(OPENED, time(10), PARIS)) as clock:
        story = Story(walker, clock)
        _open(story)
        _write_the_key(story)
        _sign_it(story)
        _invoice(story)
        _share(story)
        _read_the_parts(story)
        _undo_and_redo(story)
        _another_key(story)


def _open(story: Story) -> None:
    """The team opens it with its three people, one of whom has no account."""
    walker = story.walker
    story.be(story.admin)
    walker.press_link("Parcours")
    walker.press_link("Activités")
    walker.judge("Activités")
    walker.press_link("Ouvrir une activité")
    walker.judge("Ouvrir une activité")
    walker.type("Nom commercial", NAME)
    walker.type("Code", "RIVES")
    walker.choose("Sorte", "Collective")
    walker.choose("Métier", "Céramique")
    walker.type("Personnes", "Claire Abadie")
    walker.type("Adresse e-mail", "rives@exemple.fr")
    walker.date("Ouverte le", OPENED)
    walker.press_button("Ouvrir l’activité")
    walker.judge(NAME)
    assert AnalyticAccount.objects.filter(activity=story.collective).count() == 1, "an account of its own"
    walker.press_link("Membres")
    for name in ("Jean Bost", "Lou Cazaux"):
        walker.judge(NAME)
        walker.press_link("Ajouter un membre")
        walker.judge("Ajouter un membre")
        walker.type("Personne", name)
        walker.choose("Rôle dans l’activité", "Membre")
        walker.date("À partir du", OPENED)
        walker.press_button("Ajouter")
        story.says(name)


def _write_the_key(story: Story) -> None:
    """Claire finds it among her activities; a key that is not whole is refused and nothing typed is lost."""
    walker, page = story.walker, story.page
    story.be(story.claire)
    walker.press(page.locator(".activity-switch summary"))
    walker.press_button(NAME)
    walker.press_link("Mon activité")
    walker.judge(NAME)
    page.goto(story.collective.get_absolute_url())
    walker.press_link("Convention et partage")
    walker.judge(NAME)
    walker.press_link("Écrire une version")
    walker.judge("Nouvelle version de la convention")
    walker.date("En vigueur à partir du", OPENED)
    walker.type("Fonctionnement", TEXT)
    _key(walker, "Claire Abadie", "1/3", "50 %")
    _key(walker, "Jean Bost", "1/3", "25 %")
    _key(walker, "Lou Cazaux", "1/4", "25 %")
    walker.press_button("Enregistrer le brouillon")
    story.says("La clé fait 11/12 : elle doit faire 100 % exactement.")
    walker.judge("Nouvelle version de la convention")
    expect(walker.field("Fonctionnement")).to_have_value(TEXT)
    _key(walker, "Lou Cazaux", "1/3", "25 %")
    walker.press_button("Enregistrer le brouillon")
    walker.judge("Convention, version 1")
    walker.press_link("Proposer à la signature")
    walker.judge("Proposer à la signature")
    walker.press_button("Proposer à la signature")
    walker.judge("Convention, version 1")
    story.says("3 signatures sont attendues avant celle de la coopérative.")


def _key(walker: Walker, name: str, result: str, contribution: str) -> None:
    box = walker.page.get_by_role("group", name=name)
    walker.type("Part du résultat", result, within=box)
    walker.type("Part de la contribution", contribution, within=box)


def _sign_it(story: Story) -> None:
    """Claire and Jean by their first page, Lou by the link of a mail, the cooperative last."""
    walker, page = story.walker, story.page
    for user in (story.claire, story.jean):
        story.be(user)
        walker.press(page.get_by_role("link", name=re.compile(f"^Signer la convention de {NAME}")).first)
        _mark(story, user.email, user.get_full_name())
        walker.judge("Convention, version 1")
    walker.sign_out()
    link = re.search(r"/signer/convention/\S+/", story.mail_to(story.lou.email))
    assert link
    page.goto(link[0])
    _mark(story, story.lou.email, "Lou Cazaux")
    story.says("Vous avez signé le", TEXT)
    walker.judge(NAME)
    story.be(story.manager)
    walker.press(page.get_by_role("link", name=re.compile("^Signer pour la coopérative la convention")).first)
    _mark(story, story.manager.email, story.manager.get_full_name())
    walker.judge("Convention, version 1")
    story.says("Signée pour la coopérative par Marthe Ségur")
    assert Agreement.objects.get().is_signed


def _mark(story: Story, address: str, name: str) -> None:
    walker = story.walker
    walker.judge(f"Convention de {NAME}, version 1")
    story.says(TEXT, "1/3", "50 %")
    walker.press_button("Recevoir un code par e-mail")
    walker.judge(f"Convention de {NAME}, version 1")
    code = re.search(r"\b\d{6}\b", story.mail_to(address))
    assert code
    walker.type("Code reçu par e-mail", code[0])
    walker.type("Tapez votre nom, qui vaut signature", name)
    walker.tick(str(AGREEMENT))
    walker.press_button("Signer")


def _invoice(story: Story) -> None:
    """Jean, who has no activity of his own, invoices for the collective and notes the payment."""
    walker, page = story.walker, story.page
    story.on(SOLD)
    sales.firm(story.collective, name="Festival du Diois")
    story.be(story.jean)
    expect(page.locator(".activity-name")).to_contain_text(NAME)
    walker.press_link("Ventes")
    walker.press_link("Factures")
    walker.press_link("Nouvelle facture")
    walker.judge("Nouvelle facture")
    walker.type("Objet", "Vaisselle du festival")
    walker.type("Client", "Festival du Diois")
    walker.page.keyboard.press("Tab")
    walker.type("Désignation", "Bols", within=page.locator("[data-line]").nth(0))
    walker.type("Prix unitaire HT", "1000,01", within=page.locator("[data-line]").nth(0))
    walker.press_button("Vérifier")
    walker.judge("Émettre cette facture")
    expect(page.get_by_text("Le contrôle de la facture électronique l’accepte")).to_be_visible(timeout=60_000)
    walker.press_button("Émettre la facture")
    walker.judge("Facture F2025-0001")
    walker.press_link("Enregistrer un paiement")
    walker.press_button("Enregistrer le paiement")
    walker.judge("Réglée")
    walker.press_link("Mon activité")
    walker.judge(NAME)
    story.says("1\u202f000,01\u00a0€", "100,00\u00a0€")
    books.cost(story.collective, "100.00", on=SOLD)


def _share(story: Story) -> None:
    """900,01 € by thirds leaves one cent over; 100,00 € of contribution by halves and quarters, none."""
    walker = story.walker
    story.on(SHARED)
    story.be(story.accountant)
    _propose(story)
    expect(walker.field("Du")).to_have_value(OPENED.isoformat())
    expect(walker.field("Au")).to_have_value("2025-06-30")
    walker.date("Au", SHARED)
    walker.press_button("Voir ce que cela donne")
    story.says("On répartit des jours terminés : hier au plus tard.")
    walker.date("Au", date(2025, 6, 30))
    walker.press_button("Voir ce que cela donne")
    walker.judge("Répartir le résultat")
    story.says("900,01\u00a0€", "100,00\u00a0€")
    walker.press_button("Répartir 800,01\u00a0€")
    walker.judge("Résultat du 06/01/2025 au 30/06/2025")
    _first_parts(story)
    section = AnalyticAccount.objects.get(activity=story.collective)
    assert sums_of(section, OPENED, SHARED).net == Decimal("800.01")
    assert sum(ResultSharing.objects.get().parts.values_list("amount", flat=True)) == Decimal("800.01")


def _propose(story: Story) -> None:
    story.page.goto(story.collective.get_absolute_url())
    story.walker.press_link("Convention et partage")
    story.walker.press_link("Répartir le résultat")
    story.walker.judge("Répartir le résultat")


def _first_parts(story: Story) -> None:
    """Result 900,01 by thirds: 300,01 to the first by the rule, 300,00 to the others; contribution 100."""
    rows = story.page.get_by_role("region", name="Part de chacun").get_by_role("row")
    for rank, figures in enumerate(
        (("300,01", "50,00", "250,01"), ("300,00", "25,00", "275,00"), ("300,00", "25,00", "275,00")), start=1
    ):
        for figure in figures:
            expect(rows.nth(rank)).to_contain_text(f"{figure}\u00a0€")


def _read_the_parts(story: Story) -> None:
    """Claire has it on the account of her own activity, Jean on « Ma part »; each opens the entries."""
    walker, page = story.walker, story.page
    story.be(story.jean)
    page.goto("/ma-part/")
    walker.judge("Ma part")
    story.says("275,00\u00a0€")
    walker.press(page.locator("main").get_by_role("link", name=re.compile(NAME)).first)
    walker.judge("Résultat du 06/01/2025 au 30/06/2025")
    story.says("Votre part")
    walker.press_link("Voir les écritures")
    walker.judge("Écritures du résultat")
    story.says("F2025-0001", "1\u202f000,01\u00a0€")
    story.be(story.claire)
    page.goto(f"/mon-activite/{story.own.pk}/?mois=2025-06")
    walker.judge("Terres de Claire")
    walker.press(page.get_by_role("link", name=re.compile(r"^250,01")).first)
    walker.judge("Parts de résultat")
    story.says(NAME)


def _undo_and_redo(story: Story) -> None:
    walker = story.walker
    story.be(story.accountant)
    story.page.goto(ResultSharing.objects.get().get_absolute_url())
    walker.press_link("Annuler la répartition")
    walker.judge("Annuler la répartition")
    walker.type("Motif", "Une dépense oubliée")
    walker.press_button("Annuler la répartition")
    walker.judge("Résultat du 06/01/2025 au 30/06/2025")
    story.says("Cette répartition est annulée", "Une dépense oubliée")
    walker.press_link("Répartir de nouveau")
    walker.press_button("Répartir 800,01\u00a0€")
    walker.judge("Résultat du 06/01/2025 au 30/06/2025")
    _first_parts(story)
    assert ResultSharing.objects.filter(is_undone=False).count() == 1


def _another_key(story: Story) -> None:
    """From the first of July Claire has half; what was shared before says the same as before."""
    walker = story.walker
    story.be(story.claire)
    story.page.goto(story.collective.get_absolute_url())
    walker.press_link("Convention et partage")
    walker.press_link("Écrire une version")
    walker.date("En vigueur à partir du", SUMMER)
    _key(walker, "Claire Abadie", "50 %", "1/3")
    _key(walker, "Jean Bost", "25 %", "1/3")
    _key(walker, "Lou Cazaux", "25 %", "1/3")
    walker.press_button("Enregistrer le brouillon")
    walker.judge("Convention, version 2")
    walker.press_link("Proposer à la signature")
    walker.press_button("Proposer à la signature")
    story.says("3 signatures sont attendues")
    _sign_second()
    story.on(AUTUMN)
    with patch.object(client, "check", lambda *_args, **_kwargs: Verdict(True)):
        sales.issued(story.collective, sales.line("100.02"), on=AUTUMN)
    story.on(YEAR_AFTER)
    story.be(story.accountant)
    _propose(story)
    expect(walker.field("Du")).to_have_value(SUMMER.isoformat())
    expect(walker.field("Au")).to_have_value("2025-12-31")
    walker.press_button("Voir ce que cela donne")
    walker.judge("Répartir le résultat")
    # 100,02 by halves and quarters: 50,01, 25,01 (the odd cent), 25,00; 10,00 by thirds: 3,34, 3,33, 3,33.
    story.says("50,01\u00a0€", "25,01\u00a0€", "25,00\u00a0€", "3,34\u00a0€")
    walker.press_button("Répartir 90,02\u00a0€")
    walker.judge("Résultat du 01/07/2025 au 31/12/2025")
    story.page.goto(ResultSharing.objects.get(is_undone=False, starts_on=OPENED).get_absolute_url())
    walker.judge("Résultat du 06/01/2025 au 30/06/2025")
    _first_parts(story)
    story.says("convention, version 1", "1/3")


def _sign_second() -> None:
    """By the services: the pages were walked for the first."""
    at = timezone.now()
    agreement = Agreement.objects.get(number=2)
    people = [share.person for share in agreement.shares.select_related("person")]
    no_code()
    for person in people:
        hand = Hand(str(person), typed=str(person))
        sign_agreement(agreement, person=person, hand=hand, origin=Origin(), at=at, actor=None)
    countersign_agreement(
        agreement, hand=Hand("Gérance", typed="Gérance"), origin=Origin(), at=at, actor=None
    )
