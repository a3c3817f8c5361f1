"""A facilitator’s day: who is there, an arrival noted, a visitor announced and greeted, a room freed early
and booked for somebody else, then the month before billed (COW-15, COW-16, COW-22, COW-23)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Locator, Page, expect

from cae.core.models import Notice
from coworking.models import BillingRun, Booking, Charge, Presence, Visitor
from coworking.services.members import MemberData, enter_member
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.states.bookings import BookingState
from coworking.states.days import ArrivalWay
from coworking.states.members import ChargeState, MemberOrigin, RunState
from invoicing.engines.checker import client
from invoicing.engines.checker.protocol import Verdict
from invoicing.models import InternalSale, Invoice
from invoicing.states.joint import InternalState
from invoicing.states.sales import InvoiceState
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room
from tests.factories.contracts import no_code
from tests.factories.coworking import make_facilitator, make_hours
from tests.factories.coworking_members import make_member, make_plan, neighbour, owed, place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
DAY = date(2027, 2, 2)
ROOM, PLAN, KEY = "Salle bleue", "Poste résident", "Clé perdue"


def _at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


class Story:
    """Sylvie runs the place. Zélie comes from outside; Ben, an entrepreneur, has the room until noon."""

    def __init__(self, walker: Walker, clock: Any) -> None:
        self.walker, self.page, self.clock = walker, walker.page, clock
        no_code()
        self.place = place_that_sells("Le Rucher", city="Bègles")
        make_hours(self.place)
        self.sylvie = make_facilitator(self.place)
        self.room = make_room(self.place, name=ROOM)
        self.zelie = make_member(self.place, neighbour(first_name="Zélie", last_name="Marchand"))
        make_user(person=self.zelie.person)
        ben = make_user(RoleKind.ENTREPRENEUR, first_name="Ben", last_name="Abadie").person
        own = MemberData(MemberOrigin.OWN, activity=make_activity(ben, name="Atelier Ben"))
        self.ben = enter_member(self.place, person=ben, data=own, starts_on=BEGINNING, actor=None)
        plan = make_plan(self.place, PLAN)
        for member in (self.zelie, self.ben):
            sold = SubscriptionData(plan, date(2027, 1, 1))
            hold_plan(member, data=sold, form_key=uuid4(), actor=None)
        owed(self.zelie.payer, "30.00", day=date(2027, 1, 20), label=KEY)
        self.bens = book_at(self.room, hours("9:30", "12:00", DAY), of=self.ben, title="Entretiens")

    def says(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def card(self, title: str) -> Locator:
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.locator("section.card-box").filter(has=heading)

    def line(self, card: str, text: str) -> Locator:
        return self.card(card).locator("li").filter(has_text=text)

    def back_to_the_day(self) -> None:
        self.page.goto(f"/espaces/{self.place.pk}/aujourdhui/")
        self.walker.judge("Le Rucher")


@pytest.fixture
def judged() -> Iterator[None]:
    """The judge of e-invoices is another process, tried elsewhere."""
    with patch.object(client, "check", lambda *_args, **_kwargs: Verdict(True)):
        yield


def test_a_facilitator_runs_the_day_and_bills_the_month(
    page: Page, demonstration: None, judged: None
) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(_at(17, day=date(2027, 2, 1))) as clock:
        story = Story(Walker(page), clock)
        clock.move_to(_at(9, 40))
        _open_the_day(story)
        _note_arrivals(story)
        clock.move_to(_at(10))
        _welcome_a_visitor(story)
        clock.move_to(_at(10, 30))
        _free_the_room(story)
        _book_for_somebody(story)
        _bill(story)


def _open_the_day(story: Story) -> None:
    """From the list of places, the page of the day: nobody yet, one booking."""
    walker, page = story.walker, story.page
    walker.sign_in(story.sylvie.email)
    page.goto("/espaces/")
    walker.judge("Lieux")
    walker.press_link("Le Rucher")
    walker.judge("Le Rucher")
    walker.press(page.get_by_role("link", name="Aujourd’hui", exact=True).first)
    walker.judge("Le Rucher")
    story.says("Personne pour l’instant.", "Ouvert jusqu’à 18:00", "Entretiens")
    # A room that has one unit is named by itself.
    expect(story.line("Réservations du jour", ROOM).get_by_role("link")).to_have_text(f"09:30–12:00 · {ROOM}")


def _note_arrivals(story: Story) -> None:
    """Ben by the button of his booking, Zélie by her name; a stranger is refused at the field."""
    walker, page = story.walker, story.page
    walker.press(story.line("Réservations du jour", ROOM).get_by_role("button"))
    story.says("Arrivée notée.")
    walker.judge("Le Rucher")
    expect(story.line("Sont là", "Ben Abadie")).to_contain_text(ROOM)
    story.bens.refresh_from_db()
    assert story.bens.state == BookingState.PRESENT
    walker.press_link("Noter une arrivée")
    walker.judge("Noter une arrivée")
    walker.type("Qui arrive", "Zoé Personne")
    walker.press_button("Enregistrer")
    expect(page.locator("#id_person_error")).to_be_visible()
    expect(walker.field("Qui arrive")).to_have_value("Zoé Personne")
    assert Presence.objects.count() == 1
    walker.type("Qui arrive", "Zélie Marchand")
    walker.press_button("Enregistrer")
    story.says("Zélie Marchand est là.")
    expect(story.line("Sont là", "Zélie Marchand")).to_contain_text("09:4")
    found = {(one.person, one.way, one.member) for one in Presence.objects.all()}
    assert found == {
        (story.zelie.person, ArrivalWay.TEAM, story.zelie),
        (story.ben.person, ArrivalWay.TEAM, story.ben),
    }


def _welcome_a_visitor(story: Story) -> None:
    """Announced by phone, greeted at the door: Zélie is told."""
    walker, page = story.walker, story.page
    walker.press_link("Annoncer une visite")
    walker.judge("Annoncer une visite")
    walker.type("Nom", "Ana Ruiz")
    walker.type("Organisme", "Imprimerie du Port")
    walker.type("Vient voir", "Zélie Marchand")
    walker.field("Attendue").fill("2027-02-02T10:15")
    walker.press_button("Enregistrer")
    story.says("Visite annoncée.")
    expect(story.line("Visites", "Ana Ruiz")).to_contain_text("attendu·e à 10:15")
    visitor = Visitor.objects.get()
    assert (visitor.host, visitor.arrived_at) == (story.zelie.person, None)
    assert not Notice.objects.filter(user=story.zelie.person.user).exists()
    walker.press(page.get_by_role("button", name=re.compile("^Accueillir")))
    expect(story.line("Visites", "Ana Ruiz")).to_contain_text("là depuis 10:0")
    visitor.refresh_from_db()
    assert visitor.arrived_at is not None
    assert Notice.objects.filter(user=story.zelie.person.user, subject__contains="Ana Ruiz").count() == 1
    walker.judge("Le Rucher")


def _free_the_room(story: Story) -> None:
    """Ben is done at half past ten: the room is free again, what he took stays his."""
    walker = story.walker
    walker.press(story.line("Réservations du jour", ROOM).get_by_role("link"))
    walker.judge("Entretiens")
    walker.press_button("Terminer maintenant")
    walker.judge("Entretiens")
    story.bens.refresh_from_db()
    assert story.bens.state == BookingState.DONE
    assert _at(10, 30) <= story.bens.during.upper < _at(10, 40)


def _book_for_somebody(story: Story) -> None:
    """The room that was just freed, for Zélie: its price before it is booked."""
    walker, page = story.walker, story.page
    story.back_to_the_day()
    walker.press(page.locator("main").get_by_role("link", name="Réserver", exact=True))
    walker.judge("Réserver")
    expect(walker.field("Lieu").locator("option:checked")).to_have_text("Le Rucher")
    expect(walker.field("Date")).to_have_value(DAY.isoformat())
    walker.field("De").fill("11:00")
    walker.field("À").fill("12:30")
    walker.press_button("Voir ce qui est libre")
    walker.tick(ROOM)
    walker.press_button("Vérifier et voir le prix")
    walker.judge("Vérifier et confirmer")
    walker.choose("Pour", "Zélie Marchand")
    walker.type("Objet", "Bon à tirer")
    walker.press_button("Recalculer")
    walker.judge("Vérifier et confirmer")
    story.says("15,00\xa0€")
    walker.press_button("Réserver")
    walker.judge("Bon à tirer")
    made = Booking.objects.get(member=story.zelie)
    assert (made.during.lower, made.during.upper) == (_at(11), _at(12, 30))
    assert (made.state, made.price, made.title) == (BookingState.BOOKED, Decimal("15.00"), "Bon à tirer")
    assert made.charge is not None
    story.back_to_the_day()
    expect(story.line("Réservations du jour", "Bon à tirer")).to_contain_text("Zélie Marchand")
    page.set_viewport_size({"width": 390, "height": 844})
    walker.judge("Le Rucher")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.set_viewport_size({"width": 1280, "height": 860})


def _bill(story: Story) -> None:
    """January: computed, a line held back for a reason, then one document a payer."""
    walker, page = story.walker, story.page
    walker.press(page.get_by_role("link", name="Facturation", exact=True).first)
    walker.judge("Le Rucher")
    walker.press_link("Janvier 2027")
    walker.judge("Le Rucher")
    walker.press_button("Calculer le mois")
    story.says("Mois calculé : vérifiez, puis facturez.", PLAN, KEY, "280,00\xa0€")
    walker.judge("Le Rucher")
    walker.press(
        page.locator("main li").filter(has_text=KEY).get_by_role("link", name=re.compile("^Retenir"))
    )
    walker.judge("Retenir")
    walker.type("Motif", "Elle l’a retrouvée.")
    walker.press_button("Retenir")
    story.says("Elle l’a retrouvée.", "250,00\xa0€")
    assert Charge.objects.get(label=KEY).state == ChargeState.HELD
    walker.judge("Le Rucher")
    walker.press_button("Facturer : 2 documents")
    expect(page.get_by_role("button", name=re.compile("^Facturer"))).to_have_count(0)
    walker.judge("Le Rucher")
    run = BillingRun.objects.get()
    assert (run.state, run.month) == (RunState.DONE, date(2027, 1, 1))
    invoice, inside = Invoice.objects.get(customer=story.zelie.payer.customer), InternalSale.objects.get()
    assert (invoice.total_excl_tax, invoice.state) == (Decimal("150.00"), InvoiceState.SUBMITTED)
    assert (inside.amount, inside.state) == (Decimal("100.00"), InternalState.INVOICED)
    assert inside.buyer == story.ben.payer.activity
    assert set(Charge.objects.filter(run=run).values_list("state", flat=True)) == {ChargeState.BILLED}
    assert Charge.objects.get(label=KEY).run is None
