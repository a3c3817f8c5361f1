"""Somebody without account hires a room from the public page of a place; its team says yes, a mail says so
with a personal link, the month is billed to them (COW-15, COW-20)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from cae.core.models import OutgoingEmail
from coworking.models import Booking, Charge, Place
from coworking.states.bookings import BookingState
from coworking.states.members import ChargeState
from invoicing.models import Invoice
from invoicing.states.sales import InvoiceState
from people.models import User
from people.states import RoleKind
from tests.factories.bookings import make_room
from tests.factories.coworking import make_facilitator, make_hours
from tests.factories.coworking_members import place_that_sells
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
ASKED = datetime(2027, 6, 5, 10, tzinfo=PARIS)
ANSWERED = datetime(2027, 6, 7, 9, tzinfo=PARIS)
JULY = datetime(2027, 7, 1, 9, tzinfo=PARIS)
LEA = "lea@exemple.fr"
# Two hours at 20 €, for who is no member.
PRICE = Decimal("40.00")


def test_an_outsider_hires_a_room_and_is_invoiced(page: Page, demonstration: None) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(ASKED) as clock:
        place = place_that_sells("La Ruche", city="Hagetmau", charter="Chacun range la salle.")
        make_hours(place)
        make_room(place, name="Salle bleue", is_public=True)
        facilitator = make_facilitator(place)
        accountant = make_user(RoleKind.ACCOUNTANT)
        walker = Walker(page)
        _asks(walker, place)
        clock.move_to(ANSWERED)
        walker.sign_in(facilitator.email)
        _approves(walker)
        walker.sign_out()
        _follows(walker)
        clock.move_to(JULY)
        _bills(walker, place, (facilitator, accountant))


def _typed(walker: Walker, starts: str, ends: str) -> None:
    walker.date("Date", date(2027, 6, 14))
    for label, hour in (("De", starts), ("À", ends)):
        walker.reach(walker.field(label))
        walker.field(label).fill(hour)


def _asks(walker: Walker, place: Place) -> None:
    """On a phone: hours that are closed first, then the price, then who; nothing typed is lost."""
    page = walker.page
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(f"/lieux/{place.slug}/")
    walker.judge("La Ruche")
    walker.press_link("Louer")
    walker.judge("Louer une salle")
    _typed(walker, "19:00", "21:00")
    walker.type("Objet", "Réunion d’équipe")
    walker.press_button("Voir le prix")
    walker.judge("Louer une salle")
    main = page.locator("main")
    expect(main).to_contain_text("pas libre à ces heures")
    expect(walker.field("Objet")).to_have_value("Réunion d’équipe")
    _typed(walker, "09:00", "11:00")
    walker.press_button("Voir le prix")
    expect(main).to_contain_text("40,00")
    for label, text in (
        ("Votre nom", "Léa Marchand"),
        ("Adresse e-mail", LEA),
        ("Adresse", "1 rue du Port"),
        ("Code postal", "33190"),
        ("Ville", "La Réole"),
    ):
        walker.type(label, text)
    walker.choose("Vous êtes", "Particulier")
    walker.press_button("Demander")
    walker.judge("Louer une salle")
    expect(main).to_contain_text("Acceptez les règles du lieu.")
    assert not Booking.objects.exists()
    walker.tick("J’accepte les règles du lieu")
    walker.press_button("Demander")
    walker.judge("Demande envoyée")
    booking = Booking.objects.get()
    assert (booking.state, booking.price, booking.title) == (BookingState.ASKED, PRICE, "Réunion d’équipe")
    assert (booking.hire.city, booking.hire.rules_accepted) == ("La Réole", True)
    page.set_viewport_size({"width": 1280, "height": 860})


def _approves(walker: Walker) -> None:
    """From what waits at home."""
    walker.press(walker.page.locator("main").get_by_role("link", name="Valider une réservation").first)
    walker.judge("Réservations à valider")
    walker.press(walker.page.locator("main td a[href^='/reservations/']").first)
    walker.judge("Réunion d’équipe")
    expect(walker.page.locator("main")).to_contain_text("Léa Marchand")
    walker.press_button("Valider")
    expect(walker.page.locator("body")).to_contain_text("Réservation validée")
    assert Booking.objects.get().state == BookingState.BOOKED


def _follows(walker: Walker) -> None:
    """The mail says yes; its link opens the page, with its file for a calendar; the first one is dead."""
    page = walker.page
    first, last = OutgoingEmail.objects.filter(to=LEA).order_by("pk")
    assert "Réservation validée" in last.subject
    answer = page.request.get(first.secret[first.secret.index("/location/") :])
    assert answer.status == 410
    page.goto(last.secret[last.secret.index("/location/") :])
    walker.judge("Réunion d’équipe")
    expect(page.locator("main")).to_contain_text("40,00")
    with page.expect_download() as downloading:
        walker.press_link("Ajouter à mon agenda")
    assert "DTSTART:20270614T070000Z" in Path(downloading.value.path()).read_text()


def _bills(walker: Walker, place: Place, team: tuple[User, User]) -> None:
    """The facilitator computes the month; the accountant, who may issue, makes the invoice."""
    page, (facilitator, accountant) = walker.page, team
    month = f"/espaces/{place.pk}/facturation/2027-06/"
    walker.sign_in(facilitator.email)
    page.goto(month)
    walker.judge("La Ruche")
    walker.press_button("Calculer le mois")
    main = page.locator("main")
    expect(main).to_contain_text("Mois calculé")
    expect(main).to_contain_text("Léa Marchand")
    assert Charge.objects.get().state == ChargeState.DUE
    walker.sign_out()
    walker.sign_in(accountant.email)
    page.goto(month)
    walker.press_button("Facturer : 1 document")
    expect(page.get_by_role("button", name="Facturer")).to_have_count(0)
    page.reload()
    walker.judge("La Ruche")
    invoice = Invoice.objects.get()
    assert (invoice.state, invoice.total_excl_tax) == (InvoiceState.ISSUED, PRICE)
    assert (invoice.customer.name, invoice.customer.city) == ("Léa Marchand", "La Réole")
    assert Charge.objects.get().invoice == invoice
    walker.press_link(str(invoice))
    walker.judge(invoice.number)
    for text in ("Léa Marchand", "Salle bleue", "40,00"):
        expect(main).to_contain_text(text)
