"""A member from « Réserver » to the invoice of the month: what is free at their place, what the plan includes
and the pass covers, a guest, the receipt and its file, the run of the facilitator (COW-11 to 17, COW-21)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page, expect

from coworking.models import Booking, Charge, Pass, Place, Visitor
from coworking.services.members import MemberData, enter_member
from coworking.services.passes import sell_pass
from coworking.services.plans import AllowanceData, set_allowance
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.states.bookings import BookingState
from coworking.states.members import ChargeState, MemberOrigin, PlanKind
from coworking.states.places import ResourceKind
from invoicing.models import InternalSale
from invoicing.states.joint import InternalState
from people.models import User
from people.states import RoleKind
from tests.factories.bookings import make_room
from tests.factories.coworking import make_facilitator, make_hours, make_resource
from tests.factories.coworking_members import make_plan, place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.stories.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

PARIS = ZoneInfo("Europe/Paris")
# A Saturday: the place opens again on Monday.
SATURDAY = datetime(2027, 6, 5, 10, tzinfo=PARIS)
JULY = datetime(2027, 7, 1, 9, tzinfo=PARIS)
JUNE_1 = date(2027, 6, 1)
# 100,00 of the plan, 80,00 of the pass, two hours beyond the two that the plan includes: 16,00.
DUE = Decimal("196.00")


def _place() -> Place:
    place = place_that_sells("La Ruche", city="Hagetmau")
    make_hours(place)
    # Another one, whose name comes first: not where one works.
    make_room(place_that_sells("Autre lieu"), name="Salle d’ailleurs")
    make_room(place, name="Salle bleue")
    make_resource(place, ResourceKind.DESK, "Bureau partagé", units=3, prices={"day": "18", "half_day": "10"})
    return place


def _member(place: Place) -> User:
    """Claire, of the cooperative: two hours of a room each month, then 8 € an hour; ten days at a desk."""
    claire = make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Dupré")
    data = MemberData(MemberOrigin.OWN, activity=make_activity(claire, name="Reliure Dupré"))
    member = enter_member(place, person=claire.person, data=data, starts_on=JUNE_1, actor=None)
    plan = make_plan(place, "Heures de salle", kind=PlanKind.HOURS)
    room = AllowanceData(ResourceKind.ROOM, units=Decimal(2), beyond=Decimal(8))
    set_allowance(plan, data=room, actor=None)
    hold_plan(member, data=SubscriptionData(plan, JUNE_1), form_key=uuid4(), actor=None)
    sold = make_plan(
        place, "Carnet de dix jours", kind=PlanKind.PASS, unit="day", units=10, valid_days=90, own="80.00"
    )
    sell_pass(member, plan=sold, on=JUNE_1, form_key=uuid4(), actor=None)
    return claire


def test_a_member_books_with_a_pass_and_is_invoiced(page: Page, demonstration: None) -> None:
    page.set_default_timeout(20_000)
    with time_machine.travel(SATURDAY) as clock:
        place = _place()
        claire, facilitator = _member(place), make_facilitator(place)
        walker = Walker(page)
        walker.sign_in(claire.email)
        _finds(walker)
        _books(walker)
        _receives(walker)
        clock.move_to(JULY)
        walker.sign_out()
        walker.sign_in(facilitator.email)
        _bills(walker, place)
        walker.sign_out()
        walker.sign_in(claire.email)
        _reads(walker)


def _finds(walker: Walker) -> None:
    """Her place and its next open day stand there; a free span is a link; hours typed give prices."""
    page = walker.page
    page.goto("/mes-lieux/")
    walker.judge("Mes lieux")
    expect(page.locator("main")).to_contain_text("10 sur 10")
    walker.press_link("Réserver")
    walker.judge("Réserver")
    expect(walker.field("Date")).to_have_value("2027-06-07")
    expect(walker.field("Lieu").locator("option:checked")).to_have_text("La Ruche")
    walker.press_link("09:00–18:00, Salle bleue")
    walker.judge("Vérifier et confirmer")
    expect(walker.field("De")).to_have_value("09:00")
    expect(page.locator("main")).to_contain_text("2 h comprises, puis 56,00")
    page.locator("nav").get_by_role("link", name="Réserver", exact=True).last.click()
    page.wait_for_url("**/reserver/?*")
    for label, hour in (("De", "09:00"), ("À", "12:00")):
        walker.reach(walker.field(label))
        walker.field(label).fill(hour)


def _books(walker: Walker) -> None:
    """The room and a desk together, a guest: before the place opens they are not to be had, so the hours
    proposed are taken; the price is counted by the server, with what covers it."""
    page = walker.page
    walker.press_button("Voir ce qui est libre")
    walker.judge("Réserver")
    for name in ("Salle bleue", "Bureau partagé"):
        walker.tick(name)
    walker.press_button("Vérifier et voir le prix")
    walker.judge("Vérifier et confirmer")
    main = page.locator("main")
    expect(main).to_contain_text("2 h comprises, puis 8,00")
    expect(main).to_contain_text("0,5 jour du carnet")
    for label, hour in (("De", "08:30"), ("À", "12:30")):
        walker.reach(walker.field(label))
        walker.field(label).fill(hour)
    walker.type("Objet", "Atelier de reliure")
    walker.type("Personnes", "1")
    walker.type("Invité·es", "Ana Ruiz ana@exemple.fr")
    walker.press_button("Recalculer")
    expect(main).to_contain_text("Salle bleue : ces heures ne sont pas ouvertes")
    expect(page.get_by_role("button", name="Réserver", exact=True)).to_have_count(0)
    walker.judge("Vérifier et confirmer")
    assert not Booking.objects.exists()
    walker.press_link("le 07/06/2027 de 09:00 à 13:00")
    expect(main).to_contain_text("2 h comprises, puis 16,00")
    expect(walker.field("Objet")).to_have_value("Atelier de reliure")
    walker.press_button("Réserver")
    walker.judge("Réservées ensemble")
    expect(main).to_contain_text("16,00")
    rows = Booking.objects.order_by("resource__name")
    assert [(str(row.resource), row.state, row.price) for row in rows] == [
        ("Bureau partagé", BookingState.BOOKED, None),
        ("Salle bleue", BookingState.BOOKED, Decimal("16.00")),
    ]
    assert Pass.objects.get().left == Decimal("9.5")
    guest = Visitor.objects.get()
    assert (guest.email, str(guest.booking.resource)) == ("ana@exemple.fr", "Salle bleue")


def _receives(walker: Walker) -> None:
    """The receipt, with the file for one’s calendar."""
    page = walker.page
    walker.press_link("Salle bleue")
    walker.judge("Atelier de reliure")
    expect(page.locator("main")).to_contain_text("Ana Ruiz")
    expect(page.locator("main")).to_contain_text("2 h comprises, puis 16,00")
    with page.expect_download() as downloading:
        walker.press_link("Ajouter à mon agenda")
    content = Path(downloading.value.path()).read_text()
    assert "DTSTART:20270607T070000Z" in content
    assert "SUMMARY:Atelier de reliure" in content
    page.goto("/mes-lieux/")
    expect(page.locator("main")).to_contain_text("9,5 sur 10")


def _bills(walker: Walker, place: Place) -> None:
    """The facilitator computes June, reads it by payer, makes its one document."""
    page = walker.page
    page.goto(f"/espaces/{place.pk}/facturation/")
    walker.judge("La Ruche")
    walker.press_link("Juin 2027")
    walker.press_button("Calculer le mois")
    main = page.locator("main")
    expect(main).to_contain_text("Mois calculé")
    expect(main).to_contain_text("196,00")
    walker.judge("La Ruche")
    walker.press_button("Facturer : 1 document")
    expect(page.get_by_role("button", name="Facturer")).to_have_count(0)
    page.reload()
    walker.judge("La Ruche")
    sale = InternalSale.objects.get()
    assert (sale.amount, sale.state) == (DUE, InternalState.INVOICED)
    assert set(Charge.objects.values_list("state", "internal_sale")) == {(ChargeState.BILLED, sale.pk)}
    assert sum(Charge.objects.values_list("amount", flat=True)) == DUE
    expect(main).to_contain_text(str(sale.number))


def _reads(walker: Walker) -> None:
    """What was billed, line by line, then the invoice itself."""
    page, sale = walker.page, InternalSale.objects.get()
    page.goto("/mes-lieux/")
    walker.judge("Mes lieux")
    main = page.locator("main")
    expect(main).to_contain_text("2 h comprises, puis 16,00")
    walker.press_link(str(sale.number))
    walker.judge("La Ruche · juin 2027")
    for text in ("196,00", "Carnet de dix jours", "Salle bleue"):
        expect(main).to_contain_text(text)
