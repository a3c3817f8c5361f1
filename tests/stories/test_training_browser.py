"""A training from its course to its lines of the BPF: session, agreement signed by a link, half-days signed
by trainee and trainer, certificate, origin of the money, F-1 = F-3 = F-4 (COW-42 to 49)."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from cae.core.models import OutgoingEmail
from coworking.calculations.training_statement import agrees, total_of
from coworking.models import Course, Enrolment, HalfDay, SheetSignature, TrainingPaper, TrainingSession
from coworking.selectors.training_statement import statement_of
from coworking.states.training import EnrolmentState, SessionState, TraineeType, VersionState
from invoicing.models import InvoiceLine
from people.states import RoleKind
from tests.factories.coworking_training import make_keeper, make_trainer
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing import issued, line
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
PREPARED = datetime(2027, 6, 1, 10, tzinfo=PARIS)
DAY = date(2027, 6, 10)
NOON, EVENING, AFTER = (datetime(2027, 6, 10, hour, tzinfo=PARIS) for hour in (12, 16, 18))
TITLE = "Fixer ses prix"
FIRM, CLAIRE = "compta@papeterie.example", "claire@papeterie.example"
SEVEN = Decimal("7.00")


class Story:
    """Irène keeps training; Hugo teaches; Claire, of a firm, learns."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.page = walker, walker.page
        make_cooperative()
        self.keeper = make_keeper(first_name="Irène", last_name="Valade")
        self.teacher = make_user(RoleKind.TRAINER, first_name="Hugo", last_name="Sarrat")
        make_trainer(self.teacher.person)
        OrganisationFactory.create(name="Papeterie du Gave", email=FIRM)

    def be(self, user: object) -> None:
        self.walker.sign_out()
        self.walker.sign_in(user.email)  # type: ignore[attr-defined]

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("body")).to_contain_text(text)

    def open_mail(self, to: str, path: str) -> None:
        """Opens the link of the last mail, as somebody without account."""
        self.walker.sign_out()
        secret = OutgoingEmail.objects.filter(to=to, secret__contains=path).latest("pk").secret
        self.page.goto(secret[secret.index(path) :])

    @property
    def session(self) -> TrainingSession:
        return TrainingSession.objects.get()


def test_a_training_from_its_agreement_to_its_lines_of_the_bpf(page: Page, demonstration: None) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(PREPARED) as clock:
        story = Story(Walker(page))
        story.walker.sign_in(story.keeper.email)
        _course(story)
        _session(story)
        _enrolment(story)
        _agreement(story)
        clock.move_to(NOON)
        _begins(story)
        _half_day(story, 0)
        clock.move_to(EVENING)
        _half_day(story, 1)
        clock.move_to(AFTER)
        _certificate(story)
        _origin(story)
        _statement(story)


def _course(story: Story) -> None:
    walker, page = story.walker, story.page
    page.goto("/formation/catalogue/")
    walker.judge("Catalogue")
    walker.press(page.locator("a[href='/formation/catalogue/ajouter/']").first)
    walker.type("Intitulé", TITLE)
    walker.type("Objectifs", "Compter ses coûts, dire son prix.")
    walker.type("Durée (heures)", "7")
    walker.type("Prix par stagiaire HT", "600")
    walker.type("Spécialité NSF", "310")
    walker.press(page.locator("main form [type='submit']").last)
    walker.judge(TITLE)
    walker.press_button("Mettre au catalogue")
    expect(page.get_by_role("link", name="Préparer une session")).to_be_visible()
    assert Course.objects.get().versions.get().state == VersionState.PUBLISHED


def _session(story: Story) -> None:
    """A morning and an afternoon, given by Hugo."""
    walker = story.walker
    walker.press_link("Préparer une session")
    walker.judge("Préparer une session")
    walker.type("Autre adresse", "Salle des fêtes, Hagetmau")
    walker.press_button("Enregistrer")
    for starts, ends in (("09:00", "12:30"), ("13:30", "17:00")):
        walker.judge(TITLE)
        walker.press_link("Ajouter une demi-journée")
        walker.date("Jour", DAY)
        walker.reach(walker.field("De"))
        walker.field("De").fill(starts)
        walker.field("À").fill(ends)
        walker.choose("Formateur·rice", "Hugo Sarrat")
        walker.press_button("Ajouter")
    walker.press_button("Ouvrir les inscriptions")
    story.says("Inscriptions ouvertes.")
    assert story.session.state == SessionState.OPEN
    assert sum(day.hours for day in HalfDay.objects.all()) == SEVEN


def _enrolment(story: Story) -> None:
    """Claire, whose firm pays: so an agreement is made, then sent to it."""
    walker, page = story.walker, story.page
    walker.press_link("Inscrire une personne")
    walker.judge("Inscrire une personne")
    for label, text in (("Prénom", "Claire"), ("Nom", "Dupré"), ("Adresse e-mail", CLAIRE)):
        walker.type(label, text)
    page.locator("[name='kind']").select_option(TraineeType.EMPLOYEE)
    walker.press(page.locator("[name='payer'][value='organisation']"), "Space")
    walker.type("Organisme qui paie", "Papeterie du Gave")
    walker.type("Prix HT", "600")
    walker.press_button("Inscrire")
    story.says("Stagiaire inscrit·e.")
    walker.press_link("Claire Dupré")
    walker.judge("Claire Dupré")
    walker.press_button("Faire le document")
    walker.press_link("Envoyer à signer")
    expect(walker.field("Adresse de la personne qui signe")).to_have_value(FIRM)
    walker.press_button("Envoyer")
    story.says("Document envoyé à signer.")
    assert Enrolment.objects.get().state == EnrolmentState.ENROLLED


def _agreement(story: Story) -> None:
    """The firm reads and signs by its link, on a phone."""
    walker, page = story.walker, story.page
    page.set_viewport_size({"width": 390, "height": 860})
    story.open_mail(FIRM, "/formation/signer/")
    walker.judge("Convention de formation")
    story.says("Claire Dupré", "600,00")
    walker.type("Votre nom", "Jean Gave")
    walker.type("Votre fonction", "gérant")
    walker.type("Tapez votre nom, qui vaut signature", "Jean Gave")
    walker.press_button("Signer")
    walker.judge("Convention de formation")
    assert not TrainingPaper.objects.get().is_signed
    walker.tick("Je conclus ce document et j’en ai lu le programme et les conditions.")
    walker.press_button("Signer")
    walker.judge("Document signé. Merci.")
    paper = TrainingPaper.objects.get()
    assert (paper.is_signed, paper.signature.signer_name) == (True, "Jean Gave")
    page.set_viewport_size({"width": 1280, "height": 860})


def _begins(story: Story) -> None:
    walker, page = story.walker, story.page
    story.be(story.keeper)
    page.goto(story.session.get_absolute_url())
    walker.press_button("Envoyer les convocations")
    story.says("convoqué·e le")
    walker.press_button("Commencer")
    story.says("Session commencée.")


def _half_day(story: Story, rank: int) -> None:
    """Signed by the trainee on a phone, by the link of the notice; then by the trainer."""
    walker, page = story.walker, story.page
    day = HalfDay.objects.order_by("starts_at")[rank]
    page.set_viewport_size({"width": 390, "height": 860})
    story.open_mail(CLAIRE, "/formation/emargement/")
    walker.judge(TITLE)
    signing = page.get_by_role("link", name=re.compile("^Signer"))
    expect(signing).to_have_count(1)
    walker.press(signing)
    _sign(story, "Claire Dupré")
    page.set_viewport_size({"width": 1280, "height": 860})
    story.be(story.teacher)
    page.goto(day.get_absolute_url())
    walker.press_link("Signer")
    _sign(story, "Hugo Sarrat")
    rows = SheetSignature.objects.filter(half_day=day)
    assert sorted((row.enrolment is None, row.is_late) for row in rows) == [(False, False), (True, False)]


def _sign(story: Story, name: str) -> None:
    story.says("Vous attestez")
    story.walker.judge(TITLE)
    story.walker.type("Tapez votre nom, qui vaut signature", name)
    story.walker.press_button("Signer")
    story.says("Demi-journée signée. Merci.")


def _certificate(story: Story) -> None:
    walker, page = story.walker, story.page
    story.be(story.keeper)
    page.goto(story.session.get_absolute_url())
    walker.press_button("Terminer")
    story.says("faites les certificats")
    walker.judge(TITLE)
    walker.press_button("Faire les certificats")
    page.wait_for_load_state()
    trainee = Enrolment.objects.get()
    assert (trainee.state, trainee.certificate is not None) == (EnrolmentState.DONE, True)
    page.goto(trainee.get_absolute_url())
    walker.judge("Claire Dupré")
    expect(page.get_by_role("link", name="Certificat de réalisation")).to_be_visible()


def _origin(story: Story) -> None:
    """What was invoiced to the firm says where its money comes from."""
    walker, page = story.walker, story.page
    issued(make_activity(), line("600.00", nature="training", label=TITLE), on=AFTER.date())
    page.goto("/formation/origines/")
    walker.judge("Produits de la formation")
    page.get_by_label(f"Origine de la ligne {TITLE}").select_option("1")
    walker.press_button("Noter")
    page.wait_for_load_state()
    expect(page.get_by_label(f"Origine de la ligne {TITLE}")).to_have_value("1")
    assert InvoiceLine.objects.get().training_origin.origin == "1"


def _statement(story: Story) -> None:
    """The frames agree; a figure opens its lines: the half-days signed, the line invoiced."""
    walker, page = story.walker, story.page
    page.goto("/formation/bpf/")
    walker.press_link("2027")
    walker.judge("Bilan pédagogique et financier 2027")
    story.says("Les totaux des cadres F-1, F-3 et F-4 sont égaux.")
    found = statement_of(2027)
    assert agrees(found)
    frames = (found.by_kind, found.by_objective, found.by_speciality)
    assert [total_of(one) for one in frames] == [(1, SEVEN)] * 3
    assert (found.total_income, found.own_trainers.hours) == (Decimal("600.00"), SEVEN)
    walker.press(page.get_by_role("link", name=re.compile("^7 h – Salarié")))
    page.wait_for_url("**/F-1/employee/")
    walker.judge("F-1")
    story.says("Claire Dupré", "3,5")
    page.go_back()
    walker.press(page.get_by_role("link", name=re.compile("^600 € – ")))
    page.wait_for_url("**/C/1/")
    story.says("600,00")
